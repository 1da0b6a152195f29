using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Training of low-rank additions to frozen weights. Hu et al. 2022, "LoRA: low-rank adaptation of large language models".</summary>
/// <remarks>Neither Geo-Align nor ReDirector uses it; ours, for machines that cannot hold the optimiser's state of whole layers.</remarks>
public sealed record LoraOptions
{
    /// <summary>Rank r.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>α: the addition is multiplied by α/r. Null for α = r.</summary>
    public double? Alpha { get; init; }

    /// <summary>
    /// The linear layers that get an addition: those whose weight is selected. q, k, v and o of self-attention by default.
    /// </summary>
    public WeightSelection Targets { get; init; } = WeightSelection.SelfAttention(withPhaseLayers: false);

    /// <summary>Seed of the starting values of A; B starts at zero, so that the network starts as it is.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public LoraOptions Validated()
    {
        List<string> errors = [];
        if (Rank < 1) errors.Add(Text($"{nameof(Rank)} is {Rank}, must be ≥ 1"));
        if (Alpha is double alpha && !(alpha > 0 && double.IsFinite(alpha))) errors.Add(Text($"{nameof(Alpha)} is {alpha}, must be positive"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(LoraOptions)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
