using System.Text.RegularExpressions;

namespace GeoAlign.Models;

/// <summary>Names of MapAnything's weights: aliases, and what image-only inference leaves alone.</summary>
internal static partial class MapAnythingKeys
{
    /// <summary>The constant added to the reference view: a buffer of the reference, which a file may lack.</summary>
    public const string ReferencePosition = "info_sharing.view_pos_table";

    private static readonly string[] GeometricInputs =
    [
        "ray_dirs_encoder.", "depth_encoder.", "depth_scale_encoder.", "cam_rot_encoder.", "cam_trans_encoder.", "cam_trans_scale_encoder.",
    ];

    /// <summary>
    /// The name a tensor has in the released safetensors files. The reference registers its dense head twice and the convolutions
    /// <c>layer_rn</c> three times; a <c>.pth</c> has a tensor under each name.
    /// </summary>
    public static string Canonical(string name)
    {
        if (name.StartsWith("dpt_feature_head.", StringComparison.Ordinal)) name = "dense_head.0." + name["dpt_feature_head.".Length..];
        else if (name.StartsWith("dpt_regressor_head.", StringComparison.Ordinal)) name = "dense_head.1." + name["dpt_regressor_head.".Length..];
        if (ListedMap().Match(name) is { Success: true } listed) return $"dense_head.0.input_process.{listed.Groups[1].ValueSpan}.1.weight";
        if (NumberedMap().Match(name) is { Success: true } numbered)
            return $"dense_head.0.input_process.{(char)(numbered.Groups[1].ValueSpan[0] - 1)}.1.weight";
        return name;
    }

    /// <summary>The weights under their canonical names. The source stays its owner's as long as the view is not disposed.</summary>
    public static IWeightSource Canonical(IWeightSource weights) => new RenamedWeights(weights, Canonical, hasAliases: true);

    /// <summary>Whether a tensor serves only inputs other than images, or is used in training only.</summary>
    public static bool IsUnneeded(string name) =>
        name == "encoder.model.mask_token" || Array.Exists(GeometricInputs, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a tensor belongs to the dense head.</summary>
    public static bool IsDense(string name) => name.StartsWith("dense_head.", StringComparison.Ordinal);

    [GeneratedRegex(@"^dense_head\.0\.scratch\.layer_rn\.([0-3])\.weight$")]
    private static partial Regex ListedMap();

    [GeneratedRegex(@"^dense_head\.0\.scratch\.layer([1-4])_rn\.weight$")]
    private static partial Regex NumberedMap();
}
