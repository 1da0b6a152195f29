namespace GeoAlign.Grpo;

/// <summary>What a centred reward is divided by.</summary>
public enum AdvantageScale
{
    /// <summary>The largest group standard deviation of the whole batch over all ranks, per reward (LongCat-Video, arXiv 2510.22200).</summary>
    MaxGroupStd,

    /// <summary>The group's own standard deviation (GRPO, MixGRPO; Geo-Align's equation 5 as printed).</summary>
    GroupStd,

    /// <summary>The standard deviation of all rewards of the batch over all ranks (Flow-GRPO's default).</summary>
    GlobalStd,

    /// <summary>Nothing (Dr.GRPO).</summary>
    None,
}
