using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>AdamW with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) on plain arrays, for policies without a tensor library.</summary>
/// <typeparam name="T">Element type of the weights; moments are kept in the same type.</typeparam>
/// <param name="size">Number of weights.</param>
/// <param name="beta1">Decay of the first moment.</param>
/// <param name="beta2">Decay of the second moment.</param>
/// <param name="epsilon">Added to the root of the second moment.</param>
/// <param name="weightDecay">Decay of the weights, times the learning rate.</param>
public sealed class AdamW<T>(int size, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-4)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _beta1 = beta1 is >= 0 and < 1 ? beta1 : throw new ArgumentOutOfRangeException(nameof(beta1), beta1, "Must be in [0, 1).");
    private readonly double _beta2 = beta2 is >= 0 and < 1 ? beta2 : throw new ArgumentOutOfRangeException(nameof(beta2), beta2, "Must be in [0, 1).");
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Must be > 0.");
    private readonly double _weightDecay = weightDecay >= 0 ? weightDecay : throw new ArgumentOutOfRangeException(nameof(weightDecay), weightDecay, "Must be ≥ 0.");
    private readonly T[] _first = new T[size];
    private readonly T[] _second = new T[size];

    /// <summary>Updates made.</summary>
    public int Updates { get; private set; }

    /// <summary>Running mean of gradients.</summary>
    public ReadOnlySpan<T> FirstMoment => _first;

    /// <summary>Running mean of squared gradients.</summary>
    public ReadOnlySpan<T> SecondMoment => _second;

    /// <summary><c>p ← p·(1 − lr·wd)</c>, <c>p ← p − lr·m̂ / (√v̂ + ε)</c>.</summary>
    /// <param name="weights">The weights, updated in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="gradientScale">Factor on the gradients, from clipping.</param>
    public void Update(Span<T> weights, ReadOnlySpan<T> gradients, double learningRate, double gradientScale = 1)
    {
        if (weights.Length != _first.Length || gradients.Length != _first.Length)
            throw new ArgumentException($"{weights.Length} weights and {gradients.Length} gradients, expected {_first.Length} of each.");
        Updates++;
        double correction1 = 1 - Math.Pow(_beta1, Updates), correction2 = 1 - Math.Pow(_beta2, Updates);
        for (int i = 0; i < weights.Length; i++)
        {
            double g = gradientScale * double.CreateTruncating(gradients[i]);
            double m = _beta1 * double.CreateTruncating(_first[i]) + (1 - _beta1) * g;
            double v = _beta2 * double.CreateTruncating(_second[i]) + (1 - _beta2) * g * g;
            (_first[i], _second[i]) = (T.CreateTruncating(m), T.CreateTruncating(v));
            double p = double.CreateTruncating(weights[i]) * (1 - learningRate * _weightDecay);
            weights[i] = T.CreateTruncating(p - learningRate * (m / correction1) / (Math.Sqrt(v / correction2) + _epsilon));
        }
    }

    /// <summary>Takes over saved moments, to resume exactly.</summary>
    public void Restore(ReadOnlySpan<T> firstMoment, ReadOnlySpan<T> secondMoment, int updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        if (firstMoment.Length != _first.Length || secondMoment.Length != _first.Length)
            throw new ArgumentException($"Moments of {firstMoment.Length} and {secondMoment.Length} weights, expected {_first.Length}.");
        firstMoment.CopyTo(_first);
        secondMoment.CopyTo(_second);
        Updates = updates;
    }
}
