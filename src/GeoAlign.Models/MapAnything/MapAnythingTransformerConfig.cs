namespace GeoAlign.Models;

/// <summary>Sizes of one of MapAnything's two transformers.</summary>
public sealed record MapAnythingTransformerConfig
{
    /// <summary>Width of a token.</summary>
    public required int Width { get; init; }

    /// <summary>Attention heads. They cannot be seen from the weights; every released network has a head for each 64 of the width.</summary>
    public required int Heads { get; init; }

    /// <summary>Blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Kind of the feed-forward layers.</summary>
    public required MapAnythingFeedForward FeedForward { get; init; }

    /// <summary>Hidden width of the feed-forward layers.</summary>
    public required int FeedForwardWidth { get; init; }

    /// <summary>Whether each branch is scaled by a learned factor per channel before it is added (LayerScale, Touvron et al. 2021).</summary>
    public required bool LayerScale { get; init; }

    internal IEnumerable<string> Errors(string name)
    {
        foreach ((string size, int value) in new[]
        {
            (nameof(Width), Width), (nameof(Heads), Heads), (nameof(Layers), Layers), (nameof(FeedForwardWidth), FeedForwardWidth),
        })
        {
            if (value < 1) yield return FormattableString.Invariant($"{name}.{size} is {value}, must be ≥ 1");
        }

        if (Heads > 0 && Width % Heads != 0)
            yield return FormattableString.Invariant($"{name}.{nameof(Width)} {Width} is not a multiple of {name}.{nameof(Heads)} {Heads}");
    }
}
