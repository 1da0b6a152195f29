using System.Text.RegularExpressions;

namespace GeoAlign.Models;

/// <summary>Names of umT5's encoder in Hugging Face's releases, and those of Wan's, which this library uses.</summary>
/// <remarks>The tensors are the same, in shape and content. The token embedding may be stored under either of two names, or under both.</remarks>
public static partial class Umt5HuggingFaceKeys
{
    private const string Telltale = "encoder.final_layer_norm.weight";

    private static readonly Dictionary<string, string> Outside = new(StringComparer.Ordinal)
    {
        ["shared.weight"] = "token_embedding.weight",
        ["encoder.embed_tokens.weight"] = "token_embedding.weight",
        [Telltale] = "norm.weight",
    };

    private static readonly Dictionary<string, string> InBlock = new(StringComparer.Ordinal)
    {
        ["0.SelfAttention.q"] = "attn.q",
        ["0.SelfAttention.k"] = "attn.k",
        ["0.SelfAttention.v"] = "attn.v",
        ["0.SelfAttention.o"] = "attn.o",
        ["0.SelfAttention.relative_attention_bias"] = "pos_embedding.embedding",
        ["0.layer_norm"] = "norm1",
        ["1.DenseReluDense.wi_0"] = "ffn.gate.0",
        ["1.DenseReluDense.wi_1"] = "ffn.fc1",
        ["1.DenseReluDense.wo"] = "ffn.fc2",
        ["1.layer_norm"] = "norm2",
    };

    /// <summary>Whether a source has Hugging Face's names.</summary>
    public static bool AreIn(IWeightSource source) => source.Entries.ContainsKey(Telltale);

    /// <summary>A source under native names: a view of one with Hugging Face's names, or the source itself.</summary>
    /// <param name="source">Opened weights; disposing the view disposes them.</param>
    /// <exception cref="WeightFormatException">The token embedding is stored twice, in two shapes.</exception>
    public static IWeightSource Native(IWeightSource source) => AreIn(source) ? new RenamedWeights(source, ToNative, hasAliases: true) : source;

    /// <summary>The native name of a tensor. A name that the encoder does not have stays as it is, so that reports show it.</summary>
    public static string ToNative(string name)
    {
        if (Outside.TryGetValue(name, out string? native)) return native;
        return Block().Match(name) is { Success: true } block && InBlock.TryGetValue(block.Groups[2].Value, out string? inside)
            ? $"blocks.{block.Groups[1].ValueSpan}.{inside}.weight"
            : name;
    }

    [GeneratedRegex(@"^encoder\.block\.([0-9]+)\.layer\.(.+)\.weight$")]
    private static partial Regex Block();
}
