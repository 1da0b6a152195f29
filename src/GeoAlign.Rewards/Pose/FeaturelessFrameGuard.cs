using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>
/// Finds frames in which a camera cannot be seen: fog, a wall without texture, black. A pose network answers for them all the same. Such a frame
/// still goes through the network, so that frame counts agree, but its error does not count.
/// </summary>
/// <remarks>
/// Ours: Geo-Align (arXiv 2605.23903) names consecutive featureless frames as a failure of pose extraction and gives no test for them. The floors are
/// in grey levels of 8-bit luma and depend on the frames' size and content; measure real clips before setting them.
/// </remarks>
public sealed record FeaturelessFrameGuard
{
    /// <summary>Smallest <see cref="LumaStatistics.StandardDeviation"/> of a frame with content, grey levels.</summary>
    public double MinLumaStandardDeviation { get; init; } = 2;

    /// <summary>Smallest <see cref="LumaStatistics.GradientEnergy"/> of a frame with content, grey levels².</summary>
    public double MinGradientEnergy { get; init; } = 0.5;

    /// <summary>Smallest share of the evaluated frames that must have content, in (0, 1]; with fewer the score is missing.</summary>
    public double MinUsableShare { get; init; } = 0.5;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public FeaturelessFrameGuard Validated()
    {
        List<string> errors = [];
        if (!(MinLumaStandardDeviation >= 0)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(MinLumaStandardDeviation)} is {MinLumaStandardDeviation}, must be 0 or more"));
        if (!(MinGradientEnergy >= 0)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(MinGradientEnergy)} is {MinGradientEnergy}, must be 0 or more"));
        if (!(MinUsableShare > 0 && MinUsableShare <= 1)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(MinUsableShare)} is {MinUsableShare}, must be in (0, 1]"));
        return errors.Count == 0 ? this : throw new ArgumentException("FeaturelessFrameGuard: " + string.Join("; ", errors) + ".");
    }

    /// <summary>What a frame lacks; null when it has content.</summary>
    public string? Problem(LumaStatistics frame)
    {
        if (!(frame.StandardDeviation >= MinLumaStandardDeviation))
            return string.Create(CultureInfo.InvariantCulture, $"featureless: luma deviates by {frame.StandardDeviation:G3} grey levels, expected at least {MinLumaStandardDeviation:G3}");
        if (!(frame.GradientEnergy >= MinGradientEnergy))
            return string.Create(CultureInfo.InvariantCulture, $"featureless: gradient energy {frame.GradientEnergy:G3} grey levels², expected at least {MinGradientEnergy:G3}");
        return null;
    }
}
