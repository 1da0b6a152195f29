using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>Errors of an estimated path against its target, frame by frame, where some frames may have no pose. Immutable.</summary>
/// <remarks>Metres and radians. No scale is fitted: the right shape at half the speed is an error.</remarks>
public sealed class PoseErrors
{
    private readonly double[] _translation;
    private readonly double[] _rotation;
    private readonly bool[] _present;

    private PoseErrors(double[] translation, double[] rotation, bool[] present) => (_translation, _rotation, _present) = (translation, rotation, present);

    /// <summary>Number of errors.</summary>
    public int Count => _present.Length;

    /// <summary>Whether each error is known; the other two lists hold 0 where it is not.</summary>
    public ReadOnlySpan<bool> Present => _present;

    /// <summary>Distances, metres.</summary>
    public ReadOnlySpan<double> TranslationMetres => _translation;

    /// <summary>Angles in [0, π], radians.</summary>
    public ReadOnlySpan<double> RotationRadians => _rotation;

    /// <summary>Errors of the poses seen from frame 0: <c>‖t(P̂_0⁻¹P̂_i) − t(P_0⁻¹P_i)‖</c> and the angle between the rotations.</summary>
    /// <param name="estimated">Camera-to-world poses in any world; null where there is none. Without a pose of frame 0 no error is known.</param>
    /// <param name="target">As many camera-to-world poses in any world.</param>
    /// <remarks>Geo-Align (arXiv 2605.23903) eq. 3 and 4, our reading; see <see cref="TrajectoryError"/>.</remarks>
    public static PoseErrors Anchored(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target)
    {
        ThrowUnlessPaired(estimated.Length, target.Length);
        double[] translation = new double[target.Length], rotation = new double[target.Length];
        bool[] present = new bool[target.Length];
        if (estimated[0] is null) return new(translation, rotation, present);

        List<SE3> foundEstimated = [], foundTarget = [];
        for (int i = 0; i < target.Length; i++)
        {
            present[i] = estimated[i] is not null;
            if (!present[i]) continue;
            foundEstimated.Add(estimated[i]!.Value);
            foundTarget.Add(target[i]);
        }

        TrajectoryError error = TrajectoryError.Between(
            new CameraTrajectory([.. foundEstimated]), new CameraTrajectory([.. foundTarget]), FrameWeights.Uniform(foundTarget.Count));
        for (int i = 0, k = 0; i < target.Length; i++)
        {
            if (!present[i]) continue;
            (translation[i], rotation[i]) = (error.FrameTranslationMetres[k], error.FrameRotationRadians[k]);
            k++;
        }

        return new(translation, rotation, present);
    }

    /// <summary>
    /// Errors of the motions over segments: <c>S_i = P_i⁻¹P_{i+s}</c> for i = 0 … N − 1 − s. A span of 1 is the frame-to-frame error
    /// of GrndCtrl (arXiv 2512.01952); drift does not accumulate in it.
    /// </summary>
    /// <param name="estimated">Camera-to-world poses; null where there is none. A segment needs both its ends.</param>
    /// <param name="target">As many camera-to-world poses.</param>
    /// <param name="spanFrames">s, from 1 to N − 1.</param>
    public static PoseErrors OverSegments(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target, int spanFrames)
    {
        ThrowUnlessPaired(estimated.Length, target.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spanFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spanFrames, target.Length);

        int count = target.Length - spanFrames;
        double[] translation = new double[count], rotation = new double[count];
        bool[] present = new bool[count];
        for (int i = 0; i < count; i++)
        {
            if (estimated[i] is not { } from || estimated[i + spanFrames] is not { } to) continue;
            present[i] = true;
            SE3 e = from.Inverse() * to, t = target[i].Inverse() * target[i + spanFrames];
            translation[i] = Vector3d.Distance(e.Translation, t.Translation);
            rotation[i] = e.Rotation == t.Rotation ? 0 : SO3.GeodesicDistance(e.Rotation, t.Rotation);
        }

        return new(translation, rotation, present);
    }

    private static void ThrowUnlessPaired(int estimated, int target)
    {
        if (target == 0) throw new ArgumentException("No pose to compare.", nameof(target));
        if (estimated != target)
            throw new ArgumentException($"{estimated} estimated poses for {target} target poses; pair them by frame before comparing.", nameof(estimated));
    }
}
