using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>
/// One deterministic step of DPM-Solver++ (arXiv 2211.01095) in data prediction for flow matching: <c>x' = X·x + M0·m_i + M1·m_(i−1) + M2·m_(i−2)</c>
/// with <c>m = x − σ·v</c>, the predicted data.
/// </summary>
/// <param name="X">Factor of the state.</param>
/// <param name="M0">Factor of the current prediction.</param>
/// <param name="M1">Factor of the prediction one step before; 0 at order 1.</param>
/// <param name="M2">Factor of the prediction two steps before; 0 below order 3.</param>
public readonly record struct MultistepStep(double X, double M0, double M1, double M2)
{
    private const int ShortSchedule = 15;      // below it the second-last step of order 3 falls back to order 2, as the reference solvers do

    /// <summary>The step from σ_i to σ_(i+1).</summary>
    /// <param name="schedule">Noise levels visited.</param>
    /// <param name="index">i.</param>
    /// <param name="order">1 to 3. The last step is always of order 1, and no step is of a higher order than it has earlier predictions plus one.</param>
    /// <param name="variant">Form of the second order.</param>
    /// <remarks>
    /// λ(σ) = ln(1 − σ) − ln σ, H = λ(σ') − λ(σ), E = e^(−H) − 1, α = 1 − σ'. A prediction made at σ = 1 lies infinitely far back in λ; its differences
    /// vanish, which lowers the order. Order 3 is the form of the published solvers, D2 = (d0 − d1)/(r0 + r1); the Taylor expansion asks for twice that, so it
    /// converges with order 2. It is kept because published runs used it.
    /// </remarks>
    public static MultistepStep Create(SigmaSchedule schedule, int index, int order, MultistepVariant variant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 3);
        double s = schedule[index], n = schedule[index + 1];
        if (n == 0) return new MultistepStep(0, 1, 0, 0);
        order = Math.Min(order, index + 1);
        if (order == 3 && index == schedule.Steps - 2 && schedule.Steps < ShortSchedule) order = 2;
        double alpha = 1 - n;
        if (s >= 1) return new MultistepStep(n, alpha, 0, 0);                // E = −1

        double h = Lambda(n) - Lambda(s), e = Math.Exp(-h) - 1;
        MultistepStep first = new(n / s, -alpha * e, 0, 0);
        if (order == 1 || schedule[index - 1] >= 1) return first;

        // x' = first + b·D1 + c·D2, with the differences D written in terms of predictions.
        double r0 = (Lambda(s) - Lambda(schedule[index - 1])) / h;
        double integral = alpha * (e / h + 1);
        if (order == 2)
        {
            double b = (variant == MultistepVariant.Midpoint ? -0.5 * alpha * e : integral) / r0;
            return first with { M0 = first.M0 + b, M1 = -b };
        }

        double c = -alpha * ((e + h) / (h * h) - 0.5);
        if (schedule[index - 2] >= 1) return first with { M0 = first.M0 + integral / r0, M1 = -integral / r0 };
        double r1 = (Lambda(schedule[index - 1]) - Lambda(schedule[index - 2])) / h;
        double d0 = integral * (1 + r0 / (r0 + r1)) + c / (r0 + r1);          // factor of d0 = (m_i − m_(i−1))/r0
        double d1 = -integral * r0 / (r0 + r1) - c / (r0 + r1);               // factor of d1 = (m_(i−1) − m_(i−2))/r1
        return first with { M0 = first.M0 + d0 / r0, M1 = -d0 / r0 + d1 / r1, M2 = -d1 / r1 };
    }

    /// <summary>Earlier predictions the step uses: 0, 1 or 2.</summary>
    public int History => M2 != 0 ? 2 : M1 != 0 ? 1 : 0;

    /// <summary>Writes m = x − σ·v.</summary>
    public static void Predict<T>(double sigma, ReadOnlySpan<T> x, ReadOnlySpan<T> v, Span<T> prediction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < prediction.Length; i++)
            prediction[i] = T.CreateTruncating(double.CreateTruncating(x[i]) - sigma * double.CreateTruncating(v[i]));
    }

    /// <summary>Writes x'. Predictions the step does not use may be empty.</summary>
    public void Advance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> current, ReadOnlySpan<T> before, ReadOnlySpan<T> beforeThat, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < next.Length; i++)
        {
            double value = X * double.CreateTruncating(x[i]) + M0 * double.CreateTruncating(current[i]);
            if (M1 != 0) value += M1 * double.CreateTruncating(before[i]);
            if (M2 != 0) value += M2 * double.CreateTruncating(beforeThat[i]);
            next[i] = T.CreateTruncating(value);
        }
    }

    private static double Lambda(double sigma) => Math.Log(1 - sigma) - Math.Log(sigma);
}
