namespace GeoAlign.Grpo;

/// <summary>How rewards become advantages. The defaults are ours for Geo-Align: LongCat-Video's rule, which the paper names, with an unbiased deviation.</summary>
public sealed record AdvantageOptions
{
    /// <summary>Geo-Align's text: LongCat-Video's largest group deviation. The deviation is unbiased and ε 10⁻⁸ outside the maximum; both are ours, the papers do not say.</summary>
    public static AdvantageOptions GeoAlign { get; } = new();

    /// <summary>Geo-Align's equation 5 as printed: (r − μ_k) / max(σ_k, ε) with the group's own σ_k. The paper does not give ε; 10⁻⁴ is ours, and so is the
    /// bound of the sum (<see cref="Clip"/>).</summary>
    public static AdvantageOptions GeoAlignEquation5 { get; } = new() { Scale = AdvantageScale.GroupStd, Epsilon = 1e-4, FloorByEpsilon = true };

    /// <summary>MixGRPO's advantage aggregation: unbiased deviation, ε 10⁻⁸, weights made to sum to 1, |A| ≤ 5.</summary>
    public static AdvantageOptions MixGrpo { get; } = new() { Scale = AdvantageScale.GroupStd, NormalizeWeights = true };

    /// <summary>MixGRPO's reward aggregation.</summary>
    public static AdvantageOptions MixGrpoRewardSum { get; } = MixGrpo with { Space = AdvantageSpace.Reward };

    /// <summary>DanceGRPO: each reward has its own clamped advantage and its own clipped loss.</summary>
    public static AdvantageOptions DanceGrpo { get; } = new() { Scale = AdvantageScale.GroupStd, Clip = null, ClipPerDimension = 5, SeparateLosses = true };

    /// <summary>Flow-GRPO with a deviation per prompt: population deviation of the weighted reward sum, ε 10⁻⁴.</summary>
    public static AdvantageOptions FlowGrpo { get; } = new() { Space = AdvantageSpace.Reward, Scale = AdvantageScale.GroupStd, PopulationStd = true, Epsilon = 1e-4 };

    /// <summary>Flow-GRPO's default: the deviation of the whole gathered batch.</summary>
    public static AdvantageOptions FlowGrpoGlobalStd { get; } = FlowGrpo with { Scale = AdvantageScale.GlobalStd };

    /// <summary>GenRL, an open implementation of LongCat-Video's rule: population deviation, ε 10⁻⁴.</summary>
    public static AdvantageOptions GenRl { get; } = new() { PopulationStd = true, Epsilon = 1e-4 };

    /// <summary>Dr.GRPO: centred rewards, not scaled.</summary>
    public static AdvantageOptions DrGrpo { get; } = new() { Scale = AdvantageScale.None };

    /// <summary>Where several rewards become one number.</summary>
    public AdvantageSpace Space { get; init; } = AdvantageSpace.Advantage;

    /// <summary>What centred rewards are divided by.</summary>
    public AdvantageScale Scale { get; init; } = AdvantageScale.MaxGroupStd;

    /// <summary>Divide by n instead of n − 1 in the variance.</summary>
    public bool PopulationStd { get; init; }

    /// <summary>Centre by the mean of the whole batch instead of the group's; with <see cref="AdvantageScale.GlobalStd"/> MixGRPO without groups.</summary>
    public bool GlobalMean { get; init; }

    /// <summary>ε of the denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The denominator is max(σ, ε) instead of σ + ε.</summary>
    public bool FloorByEpsilon { get; init; }

    /// <summary>λ_k by reward name; a reward not named here has weight 1, one of weight 0 is reported and trains nothing. The Geo-Align paper does not give its weights.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>Scale the weights to sum to 1.</summary>
    public bool NormalizeWeights { get; init; }

    /// <summary>Share of the lowest rewards of a group left out of mean and deviation (the advantage of all is still computed). Statistics of the whole batch are not trimmed.</summary>
    public double TrimLowest { get; init; }

    /// <summary>The summed advantage, with <see cref="SeparateLosses"/> each weighted one, is held in [−Clip, Clip]; null does not. 5 is MixGRPO's; the paper mentions no bound.</summary>
    public double? Clip { get; init; } = 5;

    /// <summary>As <see cref="Clip"/>, for each reward before weighting (DanceGRPO); null does not.</summary>
    public double? ClipPerDimension { get; init; }

    /// <summary>The objective is evaluated for each reward on its own and summed, instead of once for the summed advantage (DanceGRPO).</summary>
    public bool SeparateLosses { get; init; }

    /// <summary>What happens to rollouts that lack a reward of weight above 0.</summary>
    public MissingRewards Missing { get; init; } = MissingRewards.ExcludeMember;

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Epsilon >= 0 && double.IsFinite(Epsilon))) yield return $"Advantage.{nameof(Epsilon)} is {Epsilon}, must be ≥ 0";
        if (!(TrimLowest is >= 0 and < 1)) yield return $"Advantage.{nameof(TrimLowest)} is {TrimLowest}, must be in [0, 1)";
        if (Clip is double clip && !(clip > 0)) yield return $"Advantage.{nameof(Clip)} is {clip}, must be > 0 or absent";
        if (ClipPerDimension is double each && !(each > 0)) yield return $"Advantage.{nameof(ClipPerDimension)} is {each}, must be > 0 or absent";
        if (GlobalMean && Scale == AdvantageScale.GroupStd) yield return $"Advantage.{nameof(GlobalMean)} with {nameof(Scale)} = {nameof(AdvantageScale.GroupStd)} divides by the zero of a tied group; take {nameof(AdvantageScale.GlobalStd)}";
        if (!Enum.IsDefined(Space)) yield return $"Advantage.{nameof(Space)} is {Space}, which does not exist";
        if (!Enum.IsDefined(Scale)) yield return $"Advantage.{nameof(Scale)} is {Scale}, which does not exist";
        if (!Enum.IsDefined(Missing)) yield return $"Advantage.{nameof(Missing)} is {Missing}, which does not exist";
        if (SeparateLosses && Space == AdvantageSpace.Reward) yield return $"Advantage.{nameof(SeparateLosses)} needs {nameof(Space)} = {nameof(AdvantageSpace.Advantage)}";
        foreach ((string name, double weight) in Weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight))) yield return $"Advantage.{nameof(Weights)}[{name}] is {weight}, must be ≥ 0";
        }
    }
}
