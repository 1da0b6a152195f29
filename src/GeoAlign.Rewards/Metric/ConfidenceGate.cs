using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>Leaves out frames the pose network does not trust. A frame counts or it does not: the confidence never multiplies a reward, since a policy could learn to raise it.</summary>
/// <remarks>Ours. The confidence is not calibrated, so the bounds belong to one checkpoint.</remarks>
public sealed record ConfidenceGate
{
    /// <summary>Smallest <see cref="FrameConfidence.MeanLogConfidence"/> of a frame that counts.</summary>
    public double MinMeanLogConfidence { get; init; } = double.NegativeInfinity;

    /// <summary>Smallest <see cref="FrameConfidence.ValidFraction"/> of a frame that counts, in [0, 1].</summary>
    public double MinValidFraction { get; init; }

    /// <summary>Smallest share of the evaluated frames that must count, in (0, 1]; with fewer the score is missing.</summary>
    public double MinUsableShare { get; init; } = 0.5;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public ConfidenceGate Validated()
    {
        List<string> errors = [];
        if (double.IsNaN(MinMeanLogConfidence)) errors.Add($"{nameof(MinMeanLogConfidence)} is NaN");
        if (!(MinValidFraction >= 0 && MinValidFraction <= 1)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(MinValidFraction)} is {MinValidFraction}, must be in [0, 1]"));
        if (!(MinUsableShare > 0 && MinUsableShare <= 1)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(MinUsableShare)} is {MinUsableShare}, must be in (0, 1]"));
        return errors.Count == 0 ? this : throw new ArgumentException("ConfidenceGate: " + string.Join("; ", errors) + ".");
    }

    /// <summary>Whether a frame counts. What the network does not give is not asked for.</summary>
    public bool Accepts(FrameConfidence frame) =>
        (frame.MeanLogConfidence is not { } mean || mean >= MinMeanLogConfidence) &&
        (frame.ValidFraction is not { } valid || valid >= MinValidFraction);
}
