namespace GeoAlign.Grpo;

/// <summary>Which list of noise levels a sampler visits; see the factory of the same name in <see cref="SigmaSchedule"/>.</summary>
public enum ScheduleKind
{
    /// <summary><see cref="SigmaSchedule.Linspace"/>: also DiffSynth's, ReDirector's and ReCamMaster's numbers.</summary>
    Linspace,

    /// <summary><see cref="SigmaSchedule.LongCat"/>.</summary>
    LongCat,

    /// <summary><see cref="SigmaSchedule.DiffusersStatic"/>.</summary>
    DiffusersStatic,

    /// <summary><see cref="SigmaSchedule.UniPcOld"/>.</summary>
    UniPcOld,

    /// <summary><see cref="SigmaSchedule.UniPcNew"/>.</summary>
    UniPcNew,
}
