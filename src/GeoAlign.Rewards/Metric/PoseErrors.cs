using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>Errors of an estimated path against its target, frame by frame, where some frames may have no pose. Immutable.</summary>
/// <remarks>Metres and radians. No scale is fitted: the right shape at half the speed is an error.</remarks>
public sealed class PoseErrors
{
    private readonly double[] _translation;
    private readonly double[] _rotation;
    private readonly bool[] _present;

    private PoseErrors(double[] translation, double[] rotation, bool[] present, bool isAnchored) =>
        (_translation, _rotation, _present, IsAnchored) = (translation, rotation, present, isAnchored);

    /// <summary>Number of errors.</summary>
    public int Count => _present.Length;

    /// <summary>Whether each error is known; the other two lists hold 0 where it is not.</summary>
    public ReadOnlySpan<bool> Present => _present;

    /// <summary>Distances, metres.</summary>
    public ReadOnlySpan<double> TranslationMetres => _translation;

    /// <summary>Angles in [0, π], radians.</summary>
    public ReadOnlySpan<double> RotationRadians => _rotation;

    /// <summary>Whether the first error is that of the frame the paths are seen from: 0 whatever the camera does.</summary>
    internal bool IsAnchored { get; }

    /// <summary>Errors of the poses seen from frame 0: <c>‖t(P̂_0⁻¹P̂_i) − t(P_0⁻¹P_i)‖</c> and the angle between the rotations.</summary>
    /// <param name="estimated">Camera-to-world poses in any world; null where there is none. Without a pose of frame 0 no error is known.</param>
    /// <param name="target">As many camera-to-world poses in any world.</param>
    /// <remarks>
    /// Geo-Align (arXiv 2605.23903) eq. 3 and 4, our reading, as in <see cref="TrajectoryError"/>: nothing but the first poses is aligned, and
    /// frame 0 has error 0 by construction.
    /// </remarks>
    public static PoseErrors Anchored(ReadOnlySpan<SE3?> estimated, ReadOnlySpan<SE3> target)
    {
        ThrowUnlessPaired(estimated.Length, target.Length);
        double[] translation = new double[target.Length], rotation = new double[target.Length];
        bool[] present = new bool[target.Length];
        if (estimated[0] is null) return new(translation, rotation, present, isAnchored: true);

        SE3 estimatedAnchor = estimated[0]!.Value.Inverse(), targetAnchor = target[0].Inverse();
        present[0] = true;
        for (int i = 1; i < target.Length; i++)
        {
            if (estimated[i] is not { } pose) continue;
            present[i] = true;
            Measure(estimatedAnchor * pose, targetAnchor * target[i], out translation[i], out rotation[i]);
        }

        return new(translation, rotation, present, isAnchored: true);
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
        ThrowUnlessSegment(spanFrames, target.Length);

        int count = target.Length - spanFrames;
        double[] translation = new double[count], rotation = new double[count];
        bool[] present = new bool[count];
        for (int i = 0; i < count; i++)
        {
            if (estimated[i] is not { } from || estimated[i + spanFrames] is not { } to) continue;
            present[i] = true;
            Measure(from.Inverse() * to, target[i].Inverse() * target[i + spanFrames], out translation[i], out rotation[i]);
        }

        return new(translation, rotation, present, isAnchored: false);
    }

    /// <summary>The two errors of one pose. Equal rotations give 0, not 1e-17.</summary>
    internal static void Measure(in SE3 estimated, in SE3 target, out double metres, out double radians)
    {
        metres = Vector3d.Distance(estimated.Translation, target.Translation);
        radians = estimated.Rotation == target.Rotation ? 0 : SO3.GeodesicDistance(estimated.Rotation, target.Rotation);
    }

    internal static void ThrowUnlessSegment(int spanFrames, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spanFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spanFrames, frames);
    }

    internal static void ThrowUnlessPaired(int estimated, int target)
    {
        if (target == 0) throw new ArgumentException("No pose to compare.", nameof(target));
        if (estimated != target)
            throw new ArgumentException($"{estimated} estimated poses for {target} target poses; pair them by frame before comparing.", nameof(estimated));
    }
}
