namespace GeoAlign.Models;

/// <summary>The factor of a low-rank addition of rank r.</summary>
/// <param name="Alpha">α.</param>
/// <param name="IsRankStabilised">Whether α is divided by √r (Kalajdzievski 2023, rsLoRA) rather than by r (Hu et al. 2022, eq. 3).</param>
internal readonly record struct LoraScaling(double Alpha, bool IsRankStabilised)
{
    /// <summary>What VideoReward was trained with: α = 128, r = 64.</summary>
    public static LoraScaling VideoReward { get; } = new(128, false);

    /// <summary>The factor.</summary>
    public double Factor(long rank) => Alpha / (IsRankStabilised ? Math.Sqrt(rank) : rank);
}
