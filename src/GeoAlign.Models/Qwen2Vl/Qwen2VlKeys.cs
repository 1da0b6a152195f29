namespace GeoAlign.Models;

/// <summary>Names under which Qwen2-VL's weights are stored, and the first releases' names, which this library uses.</summary>
/// <remarks>
/// Later releases put everything under <c>model.</c> (<c>model.visual.</c>, <c>model.language_model.</c>). PEFT puts <c>base_model.model.</c>
/// before all names, <c>base_layer.</c> before the last part of a frozen layer's, and the adapter's name (<c>default</c>) behind
/// <c>lora_A</c> and <c>lora_B</c>.
/// </remarks>
internal static class Qwen2VlKeys
{
    /// <summary>Ends of the names of a low-rank addition's two matrices.</summary>
    public const string LoraDown = ".lora_A.weight", LoraUp = ".lora_B.weight";

    private const string PeftPrefix = "base_model.model.", BaseLayer = ".base_layer.";

    private static readonly (string Found, string Native)[] Prefixes =
    [
        ("model.visual.", "visual."), ("model.language_model.", "model."), ("language_model.", "model."),
    ];

    /// <summary>A source under native names; disposing it disposes the other.</summary>
    public static IWeightSource Native(IWeightSource source) => new RenamedWeights(source, ToNative);

    /// <summary>The native name of a tensor; a name that is none of the known ones stays, so that reports show it.</summary>
    public static string ToNative(string name)
    {
        string bare = name.StartsWith(PeftPrefix, StringComparison.Ordinal) ? name[PeftPrefix.Length..] : name;
        bare = bare.Replace(BaseLayer, ".", StringComparison.Ordinal)
            .Replace(".lora_A.default.", ".lora_A.", StringComparison.Ordinal)
            .Replace(".lora_B.default.", ".lora_B.", StringComparison.Ordinal);
        foreach ((string found, string native) in Prefixes)
        {
            if (bare.StartsWith(found, StringComparison.Ordinal)) return native + bare[found.Length..];
        }

        return bare;
    }

    /// <summary>Whether a native name is known and not needed: the layer that turns features into words.</summary>
    public static bool IsUnneeded(string name) => name == "lm_head.weight";

    /// <summary>Whether a native name is one half of a low-rank addition.</summary>
    public static bool IsLora(string name) =>
        name.EndsWith(LoraDown, StringComparison.Ordinal) || name.EndsWith(LoraUp, StringComparison.Ordinal);
}
