namespace GeoAlign.Rewards;

/// <summary>The two rewards of one video: negated errors, 0 at best.</summary>
/// <param name="Translation">In −metres (−metres² for squared errors).</param>
/// <param name="Rotation">In −radians (−radians² for squared errors).</param>
public readonly record struct PoseRewards(double Translation, double Rotation)
{
    /// <summary>Reduces errors to rewards: <c>R = −Σ w_i e_i / Σ w_i</c>, or the sum alone.</summary>
    /// <param name="errors">Errors of the evaluated frames.</param>
    /// <param name="weights">One finite number that is not negative per error.</param>
    /// <param name="options">What to do with unknown errors, caps and powers.</param>
    /// <returns>Null when no error that counts has a weight above 0; under <see cref="MissingPosePolicy.Missing"/> also when an error of weight above 0 is unknown.</returns>
    /// <exception cref="PoseEstimationException">An error is unknown and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public static PoseRewards? From(PoseErrors errors, ReadOnlySpan<double> weights, GeometryRewardOptions options)
    {
        if (weights.Length != errors.Count) throw new ArgumentException($"{weights.Length} weights for {errors.Count} errors.", nameof(weights));

        int unknown = errors.Present.Count(false);
        if (unknown > 0 && options.MissingPoses == MissingPosePolicy.Throw)
            throw new PoseEstimationException($"{unknown} of {errors.Count} pose errors are unknown.");

        // Skipping needs something left to score; otherwise every frame is penalised.
        bool skip = options.MissingPoses == MissingPosePolicy.Skip && unknown < errors.Count;
        double total = 0, translation = 0, rotation = 0;
        for (int i = 0; i < errors.Count; i++)
        {
            double w = weights[i];
            if (!(w >= 0 && double.IsFinite(w))) throw new ArgumentException($"Weight {i} is {w}, expected a finite number that is not negative.", nameof(weights));
            if (w == 0) continue;
            double et = errors.TranslationMetres[i], er = errors.RotationRadians[i];
            if (!errors.Present[i])
            {
                if (options.MissingPoses == MissingPosePolicy.Missing) return null;
                if (skip) continue;
                (et, er) = (options.PenaltyTranslationMetres, options.PenaltyRotationRadians);
            }

            if (options.TranslationCapMetres is { } cap) et = Math.Min(et, cap);
            if (options.SquaredErrors) (et, er) = (et * et, er * er);
            total += w;
            translation += w * et;
            rotation += w * er;
        }

        if (total == 0) return null;
        double divisor = options.Reduction == ErrorReduction.WeightedMean ? total : 1;
        return new PoseRewards(Negated(translation / divisor), Negated(rotation / divisor));
    }

    // A perfect path scores 0, not −0.
    private static double Negated(double error) => error == 0 ? 0 : -error;
}
