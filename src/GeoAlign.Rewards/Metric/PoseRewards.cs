using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>The two rewards of one video: negated errors, 0 at best.</summary>
/// <param name="Translation">In −metres (−metres² for squared or Huber errors).</param>
/// <param name="Rotation">In −radians (−radians² for squared or Huber errors).</param>
public readonly record struct PoseRewards(double Translation, double Rotation)
{
    /// <summary>Reduces errors to rewards: <c>R = −Σ w_i e_i / Σ w_i</c>, or the sum alone.</summary>
    /// <param name="errors">Errors of the evaluated frames.</param>
    /// <param name="weights">One finite number that is not negative per error.</param>
    /// <param name="options">What to do with unknown errors, caps and powers.</param>
    /// <returns>
    /// Null when nothing is compared: no error that counts has a weight above 0, but for that of the frame the paths are seen from, which is 0 whatever the
    /// camera does. Under <see cref="MissingPosePolicy.Missing"/> also when an error of weight above 0 is unknown.
    /// </returns>
    /// <exception cref="PoseEstimationException">An error is unknown and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public static PoseRewards? From(PoseErrors errors, ReadOnlySpan<double> weights, GeometryRewardOptions options)
    {
        if (weights.Length != errors.Count) throw new ArgumentException($"{weights.Length} weights for {errors.Count} errors.", nameof(weights));

        int first = errors.IsAnchored ? 1 : 0;
        bool comparesKnown = false;
        for (int i = first; i < errors.Count; i++) comparesKnown |= PoseErrorSum.Counts(weights[i], errors.Present[i]);

        PoseErrorSum sum = new(options, errors.Present.Count(false), errors.Count, comparesKnown);
        for (int i = 0; i < errors.Count; i++)
        {
            PoseErrorSum.ThrowUnlessWeight(weights[i], i);
            sum.Add(weights[i], errors.TranslationMetres[i], errors.RotationRadians[i], errors.Present[i], isAnchor: i < first);
        }

        return sum.Result();
    }

    /// <summary>
    /// The rewards of an estimated path straight from its poses: what <see cref="From"/> says of <see cref="PoseErrors.Anchored"/>, or of
    /// <see cref="PoseErrors.OverSegments"/> where <see cref="GeometryRewardOptions.SegmentFrames"/> is set. Allocates nothing.
    /// </summary>
    /// <param name="estimated">Camera-to-world poses in any world, metres; null where there is none.</param>
    /// <param name="target">As many camera-to-world poses in any world, metres.</param>
    /// <param name="weights">One finite number that is not negative per error: N, or N − s for segments over s frames.</param>
    /// <param name="options">What to do with unknown errors, caps and powers; validated.</param>
    /// <returns>Null in the cases of <see cref="From"/>.</returns>
    /// <exception cref="ArgumentException">The numbers of poses and weights do not fit, or a weight is bad.</exception>
    /// <exception cref="PoseEstimationException">An error is unknown and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public static PoseRewards? Between(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target, ReadOnlySpan<double> weights, GeometryRewardOptions options)
    {
        PoseErrors.ThrowUnlessPaired(estimated.Length, target.Length);
        return options.SegmentFrames is { } span ? OverSegments(estimated, target, span, weights, options) : Anchored(estimated, target, weights, options);
    }

    private static PoseRewards? Anchored(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target, ReadOnlySpan<double> weights, GeometryRewardOptions options)
    {
        ThrowUnlessWeights(weights.Length, target.Length);
        bool anchored = estimated[0] is not null, comparesKnown = false;
        int unknown = 0;
        for (int i = 0; i < estimated.Length; i++)
        {
            bool known = anchored && estimated[i].HasValue;
            unknown += known ? 0 : 1;
            comparesKnown |= i > 0 && PoseErrorSum.Counts(weights[i], known);
        }

        PoseErrorSum sum = new(options, unknown, target.Length, comparesKnown);
        SE3 estimatedAnchor = (estimated[0] ?? SE3.Identity).Inverse(), targetAnchor = target[0].Inverse();
        for (int i = 0; i < target.Length; i++)
        {
            PoseErrorSum.ThrowUnlessWeight(weights[i], i);
            bool known = anchored && estimated[i].HasValue;
            double metres = 0, radians = 0;
            if (i > 0 && PoseErrorSum.Counts(weights[i], known))
                PoseErrors.Measure(estimatedAnchor * estimated[i].GetValueOrDefault(), targetAnchor * target[i], out metres, out radians);
            sum.Add(weights[i], metres, radians, known, isAnchor: i == 0);
        }

        return sum.Result();
    }

    private static PoseRewards? OverSegments(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target, int span, ReadOnlySpan<double> weights, GeometryRewardOptions options)
    {
        PoseErrors.ThrowUnlessSegment(span, target.Length);
        int count = target.Length - span;
        ThrowUnlessWeights(weights.Length, count);
        int unknown = 0;
        bool comparesKnown = false;
        for (int i = 0; i < count; i++)
        {
            bool known = estimated[i].HasValue && estimated[i + span].HasValue;
            unknown += known ? 0 : 1;
            comparesKnown |= PoseErrorSum.Counts(weights[i], known);
        }

        PoseErrorSum sum = new(options, unknown, count, comparesKnown);
        for (int i = 0; i < count; i++)
        {
            PoseErrorSum.ThrowUnlessWeight(weights[i], i);
            bool known = estimated[i].HasValue && estimated[i + span].HasValue;
            double metres = 0, radians = 0;
            if (PoseErrorSum.Counts(weights[i], known))
            {
                SE3 motion = estimated[i].GetValueOrDefault().Inverse() * estimated[i + span].GetValueOrDefault();
                PoseErrors.Measure(motion, target[i].Inverse() * target[i + span], out metres, out radians);
            }

            sum.Add(weights[i], metres, radians, known, isAnchor: false);
        }

        return sum.Result();
    }

    private static void ThrowUnlessWeights(int weights, int errors)
    {
        if (weights != errors) throw new ArgumentException($"{weights} weights for {errors} errors.", nameof(weights));
    }
}
