namespace GeoAlign.Grpo;

/// <summary>What a run does after an iteration.</summary>
public enum TrainingAction
{
    /// <summary>Goes on.</summary>
    Continue,

    /// <summary>Saves and ends.</summary>
    Stop,

    /// <summary>Takes back everything since the newest checkpoint.</summary>
    RollBack,
}
