namespace GeoAlign.Grpo;

/// <summary>A run of one process: reductions give back what they got.</summary>
public sealed class SingleRank : IRankReduction
{
    /// <summary>The only instance.</summary>
    public static SingleRank Instance { get; } = new();

    private SingleRank()
    {
    }

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int RankCount => 1;

    /// <inheritdoc/>
    public double[] Max(ReadOnlySpan<double> values) => values.ToArray();

    /// <inheritdoc/>
    public double[][] Gather(ReadOnlySpan<double> values) => [values.ToArray()];
}
