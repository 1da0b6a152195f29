namespace GeoAlign.Models;

/// <summary>Names of Wan's diffusion transformer in the releases for diffusers, and the native ones this library uses.</summary>
/// <remarks>
/// The tensors are the same, in shape and content; only names differ. Note norm2 and norm3: diffusers numbers them in the order of use, Wan
/// does not, so the one norm with weights is <c>norm2</c> there and <c>norm3</c> here.
/// </remarks>
public static class WanDiffusersKeys
{
    private const string BlockPrefix = "blocks.";
    private const string Telltale = "condition_embedder.time_embedder.linear_1.weight";

    private static readonly Dictionary<string, string> Outside = new(StringComparer.Ordinal)
    {
        ["condition_embedder.time_embedder.linear_1"] = "time_embedding.0",
        ["condition_embedder.time_embedder.linear_2"] = "time_embedding.2",
        ["condition_embedder.text_embedder.linear_1"] = "text_embedding.0",
        ["condition_embedder.text_embedder.linear_2"] = "text_embedding.2",
        ["condition_embedder.time_proj"] = "time_projection.1",
        ["condition_embedder.image_embedder.norm1"] = "img_emb.proj.0",
        ["condition_embedder.image_embedder.ff.net.0.proj"] = "img_emb.proj.1",
        ["condition_embedder.image_embedder.ff.net.2"] = "img_emb.proj.3",
        ["condition_embedder.image_embedder.norm2"] = "img_emb.proj.4",
        ["proj_out"] = "head.head",
    };

    private static readonly Dictionary<string, string> InBlock = new(StringComparer.Ordinal)
    {
        ["attn1.to_q"] = "self_attn.q",
        ["attn1.to_k"] = "self_attn.k",
        ["attn1.to_v"] = "self_attn.v",
        ["attn1.to_out.0"] = "self_attn.o",
        ["attn1.norm_q"] = "self_attn.norm_q",
        ["attn1.norm_k"] = "self_attn.norm_k",
        ["attn2.to_q"] = "cross_attn.q",
        ["attn2.to_k"] = "cross_attn.k",
        ["attn2.to_v"] = "cross_attn.v",
        ["attn2.to_out.0"] = "cross_attn.o",
        ["attn2.norm_q"] = "cross_attn.norm_q",
        ["attn2.norm_k"] = "cross_attn.norm_k",
        ["attn2.add_k_proj"] = "cross_attn.k_img",
        ["attn2.add_v_proj"] = "cross_attn.v_img",
        ["attn2.norm_added_k"] = "cross_attn.norm_k_img",
        ["norm2"] = "norm3",
        ["ffn.net.0.proj"] = "ffn.0",
        ["ffn.net.2"] = "ffn.2",
    };

    /// <summary>Whether a source has diffusers' names.</summary>
    public static bool AreIn(IWeightSource source) => source.Entries.ContainsKey(Telltale);

    /// <summary>A source under native names: a view of one with diffusers' names, or the source itself.</summary>
    /// <param name="source">Opened weights; disposing the view disposes them.</param>
    public static IWeightSource Native(IWeightSource source) => AreIn(source) ? new RenamedWeights(source, ToNative) : source;

    /// <summary>The native name of a tensor. A name that diffusers' releases do not have stays as it is, so that reports show it.</summary>
    public static string ToNative(string name)
    {
        if (name == "scale_shift_table") return "head.modulation";
        if (!name.StartsWith(BlockPrefix, StringComparison.Ordinal)) return Translate(name, Outside);

        int rest = name.IndexOf('.', BlockPrefix.Length) + 1;
        if (rest == 0) return name;
        string inside = name[rest..];
        return name[..rest] + (inside == "scale_shift_table" ? "modulation" : Translate(inside, InBlock));
    }

    // The last part (weight, bias) stays.
    private static string Translate(string name, Dictionary<string, string> table)
    {
        int end = name.LastIndexOf('.');
        return end > 0 && table.TryGetValue(name[..end], out string? native) ? native + name[end..] : name;
    }
}
