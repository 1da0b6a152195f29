namespace GeoAlign.Geometry;

/// <summary>A path with continuous velocity that passes through every key pose: a Catmull–Rom spline in SO(3) × R³.</summary>
/// <remarks>
/// Between keys 1 and 2 of four, with <c>Ω_j = log(R_{j−1}ᵀ R_j)</c>: <c>R(u) = R_0 exp(b₁Ω₁) exp(b₂Ω₂) exp(b₃Ω₃)</c>, centres alike with differences.
/// b_j are the cumulative sums of the Catmull–Rom weights, <c>b₁ = 1 + (u − 2u² + u³)/2</c>, <c>b₂ = (u + 3u² − 2u³)/2</c>, <c>b₃ = (u³ − u²)/2</c>, so
/// R(0) = R_1 and R(1) = R_2 exactly, and the body velocity at a key is the mean of its two increments. Beyond the ends the first and the last
/// increment are repeated. Rotation and centre are kept apart (not SE(3)) so that the path of the centres does not depend on the turning.
/// </remarks>
public sealed class KeyPoseSpline
{
    private readonly SE3[] _keys;

    /// <summary>Copies key poses.</summary>
    /// <param name="keyPoses">At least two; neighbours less than half a turn apart.</param>
    /// <exception cref="ArgumentException">Fewer than two key poses.</exception>
    public KeyPoseSpline(ReadOnlySpan<SE3> keyPoses)
    {
        if (keyPoses.Length < 2) throw new ArgumentException($"{keyPoses.Length} key pose, expected at least 2.", nameof(keyPoses));
        _keys = new CameraTrajectory(keyPoses).CameraToWorld.ToArray();                  // checks that all are rigid motions
    }

    /// <summary>Number of key poses.</summary>
    public int KeyCount => _keys.Length;

    /// <summary>The pose at a position: key i is at i, and positions between two whole numbers lie between two keys.</summary>
    /// <param name="position">In [0, KeyCount − 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is beyond the ends.</exception>
    public SE3 PoseAt(double position)
    {
        if (!(position >= 0 && position <= KeyCount - 1))
            throw new ArgumentOutOfRangeException(nameof(position), position, $"The spline is defined from 0 to {KeyCount - 1}.");
        int segment = Math.Min((int)position, KeyCount - 2);
        double u = position - segment;
        double b1 = 1 + 0.5 * u * (1 - u) * (1 - u), b2 = 0.5 * u * (1 + u * (3 - 2 * u)), b3 = 0.5 * u * u * (u - 1);

        (Vector3d turn1, Vector3d shift1) = Increment(segment - 1);
        (Vector3d turn2, Vector3d shift2) = Increment(segment);
        (Vector3d turn3, Vector3d shift3) = Increment(segment + 1);
        // R_0 exp(b₁Ω₁) = R_1 exp((b₁ − 1)Ω₁), and likewise for the centre: the key before the segment is not needed itself.
        return new(
            _keys[segment].Rotation * SO3.Exp((b1 - 1) * turn1) * SO3.Exp(b2 * turn2) * SO3.Exp(b3 * turn3),
            _keys[segment].Translation + (b1 - 1) * shift1 + b2 * shift2 + b3 * shift3);
    }

    private (Vector3d Turn, Vector3d Shift) Increment(int from)
    {
        int i = Math.Clamp(from, 0, KeyCount - 2);
        return ((_keys[i].Rotation.Inverse() * _keys[i + 1].Rotation).Log(), _keys[i + 1].Translation - _keys[i].Translation);
    }
}
