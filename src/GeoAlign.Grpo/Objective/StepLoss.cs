using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>The loss of one rollout at one step, and what its gradient is made of.</summary>
/// <param name="Loss">Weighted loss, KL penalty included; not divided by numbers of rollouts or steps.</param>
/// <param name="LogProb">Log density of the step under the current weights.</param>
/// <param name="LogRatio">Current minus rollout log density, as measured (also when the ratio is pinned).</param>
/// <param name="Ratio">ρ used in the loss.</param>
/// <param name="Kl">KL to the reference policy per element, before weighting; 0 without a penalty.</param>
/// <param name="ClippedHigh">ρ is above the clip range.</param>
/// <param name="ClippedLow">ρ is below the clip range.</param>
public readonly record struct StepLoss(double Loss, double LogProb, double LogRatio, double Ratio, double Kl, bool ClippedHigh, bool ClippedLow)
{
    /// <summary>d(loss)/dv per unit of x' − μ.</summary>
    internal double ResidualSlope { get; init; }

    /// <summary>d(loss)/dv per unit of v − v_old.</summary>
    internal double OldSlope { get; init; }

    /// <summary>d(loss)/dv per unit of v − v_ref.</summary>
    internal double ReferenceSlope { get; init; }

    /// <summary>Whether d(loss)/dv is zero everywhere: clipped, dropped or without advantage.</summary>
    public bool IsFlat => ResidualSlope == 0 && OldSlope == 0 && ReferenceSlope == 0;

    /// <summary>Adds <c>scale · d(loss)/dv</c> to a gradient.</summary>
    public void AddGradient<T>(FlowStep step, in StepSample<T> sample, double scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (ResidualSlope != 0)
        {
            double factor = scale * ResidualSlope;
            ReadOnlySpan<T> x = sample.State, v = sample.Velocity, next = sample.Next;
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = T.CreateTruncating(double.CreateTruncating(gradient[i]) + factor * step.Residual(x[i], v[i], next[i]));
        }

        if (OldSlope != 0) AddDifference(sample.Velocity, sample.OldVelocity, scale * OldSlope, gradient);
        if (ReferenceSlope != 0) AddDifference(sample.Velocity, sample.ReferenceVelocity, scale * ReferenceSlope, gradient);
    }

    private static void AddDifference<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, double factor, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = T.CreateTruncating(double.CreateTruncating(gradient[i]) + factor * (double.CreateTruncating(a[i]) - double.CreateTruncating(b[i])));
    }
}
