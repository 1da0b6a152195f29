using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>A moving average of weights held in plain arrays.</summary>
public static class Ema
{
    /// <summary><c>average += (1 − decay)·(weights − average)</c>.</summary>
    public static void Move<T>(Span<T> average, ReadOnlySpan<T> weights, double decay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (average.Length != weights.Length) throw new ArgumentException($"Average of {average.Length} weights, expected {weights.Length}.", nameof(average));
        for (int i = 0; i < average.Length; i++)
        {
            double old = double.CreateTruncating(average[i]);
            average[i] = T.CreateTruncating(old + (1 - decay) * (double.CreateTruncating(weights[i]) - old));
        }
    }
}
