using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>Settings of the weight-free perceptual reward. All ours: plain measures for runs without learned rewards.</summary>
public sealed record PerceptualRewardOptions
{
    /// <summary>The measures, in the order of the dimensions; each at most once.</summary>
    public ImmutableArray<PerceptualMeasure> Measures { get; init; } = [PerceptualMeasure.Flicker, PerceptualMeasure.Sharpness, PerceptualMeasure.Exposure, PerceptualMeasure.Colour];

    /// <summary>What colours are compared with.</summary>
    public ColourReference ColourReference { get; init; } = ColourReference.ConditionClip;

    /// <summary>Luma up to which a pixel counts as black.</summary>
    public byte DarkLuma { get; init; } = 2;

    /// <summary>Luma from which on a pixel counts as white.</summary>
    public byte BrightLuma { get; init; } = 253;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PerceptualRewardOptions Validated()
    {
        List<string> errors = [];
        if (Measures.IsDefaultOrEmpty) errors.Add($"{nameof(Measures)} is empty, must have at least one");
        else if (Measures.Distinct().Count() != Measures.Length || Measures.Any(m => !Enum.IsDefined(m))) errors.Add($"{nameof(Measures)} is {string.Join(", ", Measures)}, must be known measures, each once");
        if (!Enum.IsDefined(ColourReference)) errors.Add($"{nameof(ColourReference)} is {ColourReference}, must be a known one");
        if (BrightLuma <= DarkLuma) errors.Add($"{nameof(BrightLuma)} is {BrightLuma}, must be above {nameof(DarkLuma)} ({DarkLuma})");
        return errors.Count == 0 ? this : throw new ArgumentException("PerceptualRewardOptions: " + string.Join("; ", errors) + ".");
    }
}
