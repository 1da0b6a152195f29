using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a umT5 text encoder. The defaults are those of the released XXL network: 5,680,910,336 parameters.</summary>
public sealed record Umt5Config
{
    /// <summary>The released umT5-XXL encoder.</summary>
    public static Umt5Config Release { get; } = new();

    /// <summary>The smallest useful network, for tests: 3 layers, width 24, 4 heads of 8, 96 embeddings.</summary>
    public static Umt5Config Tiny { get; } = new()
    {
        VocabularySize = 96, Width = 24, AttentionWidth = 32, Heads = 4, FeedForwardWidth = 48, Layers = 3,
    };

    /// <summary>Rows of the token embedding; the released tokenizer uses the first 256,000.</summary>
    public int VocabularySize { get; init; } = 256_384;

    /// <summary>Width of a token.</summary>
    public int Width { get; init; } = 4096;

    /// <summary>Width of queries, keys and values over all heads.</summary>
    public int AttentionWidth { get; init; } = 4096;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 64;

    /// <summary>Hidden width of the feed-forward layers.</summary>
    public int FeedForwardWidth { get; init; } = 10_240;

    /// <summary>Transformer blocks.</summary>
    public int Layers { get; init; } = 24;

    /// <summary>Classes of relative positions; half of them for keys before the query, half for keys after it.</summary>
    public int PositionBuckets { get; init; } = 32;

    /// <summary>Distance from which on all positions share the last class.</summary>
    public int MostDistance { get; init; } = 128;

    /// <summary>Most tokens of a prompt, its end mark among them.</summary>
    public int MostTokens { get; init; } = 512;

    /// <summary>ε of every normalisation.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => AttentionWidth / Heads;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public Umt5Config Validated()
    {
        List<string> errors = [];
        foreach ((string name, int value) in new[]
        {
            (nameof(VocabularySize), VocabularySize), (nameof(Width), Width), (nameof(AttentionWidth), AttentionWidth),
            (nameof(Heads), Heads), (nameof(FeedForwardWidth), FeedForwardWidth), (nameof(Layers), Layers), (nameof(MostTokens), MostTokens),
        })
        {
            if (value < 1) errors.Add(Text($"{name} is {value}, must be ≥ 1"));
        }

        if (Heads > 0 && AttentionWidth % Heads != 0)
            errors.Add(Text($"{nameof(AttentionWidth)} {AttentionWidth} is not a multiple of {nameof(Heads)} {Heads}"));
        if (PositionBuckets < 4 || PositionBuckets % 4 != 0)
            errors.Add(Text($"{nameof(PositionBuckets)} is {PositionBuckets}, must be a positive multiple of 4"));
        else if (MostDistance <= PositionBuckets / 4)
            errors.Add(Text($"{nameof(MostDistance)} is {MostDistance}, must be above {PositionBuckets / 4}"));
        if (!(Epsilon > 0 && Epsilon < 1)) errors.Add(Text($"{nameof(Epsilon)} is {Epsilon}, must be in (0, 1)"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(Umt5Config)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
