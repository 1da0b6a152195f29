using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>
/// One solver step σ → σ': <c>x' = A·x + B·v + Std·z</c>, z ~ N(0, I). The same value draws the step during a rollout and scores it
/// during training. A step with Std = 0 is deterministic and has no density.
/// </summary>
/// <param name="Sigma">Noise level before the step.</param>
/// <param name="SigmaNext">Noise level after the step, below <paramref name="Sigma"/>.</param>
/// <param name="A">Factor of the state x in the mean μ.</param>
/// <param name="B">Factor of the velocity v in the mean: ∂μ/∂v, negative.</param>
/// <param name="Std">Total standard deviation S of the step (√h included).</param>
/// <remarks>Elements are read as T, computed in double and rounded once when written; sums run in double. No method allocates.</remarks>
public readonly record struct FlowStep(double Sigma, double SigmaNext, double A, double B, double Std)
{
    /// <summary>h = σ − σ' &gt; 0.</summary>
    public double StepSize => Sigma - SigmaNext;

    /// <summary>Whether the step adds noise and so has a density.</summary>
    public bool IsStochastic => Std > 0;

    /// <summary>Writes μ = A·x + B·v: the step without its noise.</summary>
    public void Mean<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, Span<T> mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, v.Length, mean.Length);
        for (int i = 0; i < mean.Length; i++)
            mean[i] = T.CreateTruncating(A * double.CreateTruncating(x[i]) + B * double.CreateTruncating(v[i]));
    }

    /// <summary>Writes x' = A·x + B·v + Std·noise.</summary>
    public void Draw<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, ReadOnlySpan<T> noise, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, v.Length, next.Length);
        Require(x.Length, noise.Length, next.Length);
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = T.CreateTruncating(A * double.CreateTruncating(x[i]) + B * double.CreateTruncating(v[i])
                                       + Std * double.CreateTruncating(noise[i]));
        }
    }

    /// <summary>Log density of having moved from x to <paramref name="next"/> under velocity v.</summary>
    /// <remarks><c>ℓ_d = −(x'_d − μ_d)² / (2S²) − ln S − ½ ln 2π</c>, reduced as <paramref name="kind"/> says.</remarks>
    /// <exception cref="InvalidOperationException">The step is deterministic.</exception>
    public double LogProb<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, ReadOnlySpan<T> next, LogProbKind kind = LogProbKind.Mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireDensity();
        Require(x.Length, v.Length, next.Length);
        double sum = SquaredResiduals(x, v, next);
        double constant = -Math.Log(Std) - 0.5 * Math.Log(2 * Math.PI);
        return kind switch
        {
            LogProbKind.Mean => -0.5 * sum / (Std * Std) / next.Length + constant,
            LogProbKind.Sum => -0.5 * sum / (Std * Std) + constant * next.Length,
            LogProbKind.UnnormalizedMean => -sum / next.Length,
            LogProbKind.UnnormalizedSum => -sum,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Adds <c>scale · ∂logprob/∂v</c> to a gradient. x' is a constant; the velocity acts through μ only.</summary>
    /// <exception cref="InvalidOperationException">The step is deterministic.</exception>
    public void AddLogProbGradient<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> v, ReadOnlySpan<T> next, LogProbKind kind, double scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, v.Length, next.Length);
        Require(x.Length, v.Length, gradient.Length);
        double factor = scale * ResidualFactor(kind, next.Length);
        for (int i = 0; i < next.Length; i++)
            gradient[i] = T.CreateTruncating(double.CreateTruncating(gradient[i]) + factor * Residual(x[i], v[i], next[i]));
    }

    /// <summary>∂logprob/∂v divided by the residual x' − μ: the same number for every element.</summary>
    internal double ResidualFactor(LogProbKind kind, int elements)
    {
        RequireDensity();
        return kind switch
        {
            LogProbKind.Mean => B / (Std * Std) / elements,
            LogProbKind.Sum => B / (Std * Std),
            LogProbKind.UnnormalizedMean => 2 * B / elements,
            LogProbKind.UnnormalizedSum => 2 * B,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Mean over elements of (μ − μ')² for two velocities at the same state: B²·mean((v − v')²).</summary>
    public double MeanSquaredShift<T>(ReadOnlySpan<T> v, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(v.Length, other.Length, v.Length);
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
        {
            double d = double.CreateTruncating(v[i]) - double.CreateTruncating(other[i]);
            sum += d * d;
        }

        return B * B * sum / v.Length;
    }

    /// <summary>KL divergence between the transitions of two velocities, per element: mean((μ − μ')²) / (2S²). The same covariance cancels the rest.</summary>
    /// <exception cref="InvalidOperationException">The step is deterministic.</exception>
    public double MeanKl<T>(ReadOnlySpan<T> v, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireDensity();
        return MeanSquaredShift(v, other) / (2 * Std * Std);
    }

    internal void RequireDensity()
    {
        if (!IsStochastic) throw new InvalidOperationException("A deterministic step has no density; score only steps inside the stochastic window.");
    }

    // Four sums side by side: a single one waits for its own last addition at every element.
    private double SquaredResiduals<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, ReadOnlySpan<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < next.Length; i += 4)
        {
            double d0 = Residual(x[i], v[i], next[i]), d1 = Residual(x[i + 1], v[i + 1], next[i + 1]);
            double d2 = Residual(x[i + 2], v[i + 2], next[i + 2]), d3 = Residual(x[i + 3], v[i + 3], next[i + 3]);
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }

        for (; i < next.Length; i++)
        {
            double d = Residual(x[i], v[i], next[i]);
            s0 += d * d;
        }

        return s0 + s1 + (s2 + s3);
    }

    // x' − μ of one element.
    internal double Residual<T>(T x, T v, T next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(next) - (A * double.CreateTruncating(x) + B * double.CreateTruncating(v));

    private static void Require(int x, int v, int other)
    {
        if (x != v || x != other) throw new ArgumentException($"State, velocity and result differ in length: {x}, {v}, {other}.");
    }
}
