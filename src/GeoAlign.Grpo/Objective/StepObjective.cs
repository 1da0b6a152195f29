using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>The policy loss of one rollout at one stochastic step and its exact derivative with respect to the predicted velocity.</summary>
/// <remarks>
/// The loss depends on the weights through v only: <c>ln ρ</c> is quadratic in v, so d(loss)/dv is a sum of three vectors, x' − μ, v − v_old and v − v_ref,
/// with scalar factors. One pass finds the factors, one adds the gradient; no automatic differentiation is needed.
/// </remarks>
/// <param name="options">Settings, checked.</param>
public sealed class StepObjective(ObjectiveOptions options)
{
    /// <summary>Settings.</summary>
    public ObjectiveOptions Options => options;

    /// <summary>Loss and gradient factors of one sample.</summary>
    /// <param name="step">The stochastic step.</param>
    /// <param name="weight">Its step weight w_t.</param>
    /// <param name="sample">The rollout at this step.</param>
    public StepLoss Evaluate<T>(FlowStep step, double weight, in StepSample<T> sample)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int elements = sample.Velocity.Length;
        double logProb = step.LogProb(sample.State, sample.Velocity, sample.Next, options.LogProb);
        double measured = logProb - sample.OldLogProb;

        // How far the transition has moved since the rollout; a pinned sample has not moved.
        bool moved = options.NeedsOldVelocity && !sample.Pinned;
        double shift = moved ? step.MeanSquaredShift(sample.Velocity, sample.OldVelocity) : 0;
        bool guard = options.Kind == ObjectiveKind.Guard;
        double terms = options.LogProb is LogProbKind.Sum or LogProbKind.UnnormalizedSum ? 1 : elements;      // what the reduction divides by
        double logRatio = sample.Pinned ? 0 : measured;
        if (guard) logRatio = step.Std * (logRatio + shift * elements / terms / (2 * step.Std * step.Std));
        double ratio = Math.Exp(logRatio);

        double loss = 0, slope = 0;                                      // slope: dL/d(ln ρ)
        foreach (double advantage in sample.Advantages)
        {
            (double oneLoss, double oneSlope) = Scalar(ratio, advantage, shift / (2 * step.Std * step.Std));
            loss += oneLoss;
            slope += oneSlope;
        }

        double factor = guard ? weight / step.StepSize : weight;
        double logProbSlope = factor * slope * (guard ? step.Std : 1);
        double klFactor = options.KlWeight * (options.ReweightKl ? weight * weight : 1);
        double kl = options.KlWeight > 0 ? step.MeanKl(sample.Velocity, sample.ReferenceVelocity) : 0;
        bool clips = options.Kind is ObjectiveKind.Clipped or ObjectiveKind.Guard;
        return new StepLoss(factor * loss + klFactor * kl, logProb, measured, ratio, kl,
            clips && ratio - 1 > options.ClipHigh, clips && 1 - ratio > options.ClipLow)
        {
            ResidualSlope = logProbSlope == 0 ? 0 : logProbSlope * step.ResidualFactor(options.LogProb, elements),
            OldSlope = guard && moved ? logProbSlope * step.B * step.B / (terms * step.Std * step.Std) : 0,
            ReferenceSlope = options.KlWeight > 0 ? klFactor * step.B * step.B / (elements * step.Std * step.Std) : 0,
        };
    }

    private (double Loss, double Slope) Scalar(double ratio, double advantage, double movedKl)
    {
        double followed = -advantage * ratio;
        return options.Kind switch
        {
            ObjectiveKind.Clipped or ObjectiveKind.Guard => ClippedObjective.At(ratio, advantage, options.ClipLow, options.ClipHigh),
            ObjectiveKind.Unclipped => (followed, followed),
            ObjectiveKind.Dppo => movedKl >= options.DppoThreshold && (ratio > 1 && advantage > 0 || ratio < 1 && advantage < 0) ? (0, 0) : (followed, followed),
            _ => throw new InvalidOperationException($"Unknown objective {options.Kind}."),
        };
    }
}
