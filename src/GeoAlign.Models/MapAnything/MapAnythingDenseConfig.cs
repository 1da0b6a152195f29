namespace GeoAlign.Models;

/// <summary>Sizes of MapAnything's dense head, which gives rays, depth, confidence and a mask for every pixel. Poses do not need it.</summary>
public sealed record MapAnythingDenseConfig
{
    /// <summary>Channels of the first of the four feature maps, that of the encoder.</summary>
    public int FirstMapWidth { get; init; } = 96;

    /// <summary>Channels of the second, from the first tapped layer of the information sharing.</summary>
    public int SecondMapWidth { get; init; } = 192;

    /// <summary>Channels of the third, from the second tapped layer.</summary>
    public int ThirdMapWidth { get; init; } = 384;

    /// <summary>Channels of the fourth, from the end of the information sharing.</summary>
    public int FourthMapWidth { get; init; } = 768;

    /// <summary>Channels in which the four maps are joined.</summary>
    public int FeatureWidth { get; init; } = 256;

    /// <summary>Channels of the last convolutions.</summary>
    public int OutputWidth { get; init; } = 128;

    /// <summary>Channels of the four maps, finest first.</summary>
    internal int[] MapWidths => [FirstMapWidth, SecondMapWidth, ThirdMapWidth, FourthMapWidth];

    internal IEnumerable<string> Errors()
    {
        foreach ((string size, int value) in new[]
        {
            (nameof(FirstMapWidth), FirstMapWidth), (nameof(SecondMapWidth), SecondMapWidth), (nameof(ThirdMapWidth), ThirdMapWidth),
            (nameof(FourthMapWidth), FourthMapWidth), (nameof(FeatureWidth), FeatureWidth), (nameof(OutputWidth), OutputWidth),
        })
        {
            if (value < 1) yield return FormattableString.Invariant($"Dense.{size} is {value}, must be ≥ 1");
        }
    }
}
