namespace GeoAlign.Grpo;

/// <summary>Where several rewards become one number.</summary>
public enum AdvantageSpace
{
    /// <summary>Each reward is normalised, then the weighted advantages are summed: scales of raw rewards do not matter.</summary>
    Advantage,

    /// <summary>Weighted raw rewards are summed, then normalised.</summary>
    Reward,
}
