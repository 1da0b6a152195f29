namespace GeoAlign.Geometry;

/// <summary>The three ways to scale the rotations of a first-frame-relative path.</summary>
internal static class ScaledRotations
{
    /// <summary>Angle (radians) below which the axis of a rotation is rounding: of printed or float32 matrices, not of doubles alone.</summary>
    private const double AngleWithoutAxis = 1e-5;

    public static SO3[] Of(CameraTrajectory relative, double factor, RotationScaling mode) => mode switch
    {
        RotationScaling.Increments => Increments(relative, factor),
        RotationScaling.RelativeLog => RelativeLog(relative, factor),
        RotationScaling.RelativeLogUnwrapped => RelativeLogUnwrapped(relative, factor),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No known way to scale rotations."),
    };

    private static SO3[] Increments(CameraTrajectory relative, double factor)
    {
        SO3[] scaled = new SO3[relative.Count];
        scaled[0] = SO3.Identity;
        for (int i = 1; i < scaled.Length; i++)
            scaled[i] = scaled[i - 1] * SO3.Exp(factor * (relative[i - 1].Rotation.Inverse() * relative[i].Rotation).Log());
        return scaled;
    }

    private static SO3[] RelativeLog(CameraTrajectory relative, double factor)
    {
        SO3[] scaled = new SO3[relative.Count];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = SO3.Exp(factor * relative[i].Rotation.Log());
        return scaled;
    }

    private static SO3[] RelativeLogUnwrapped(CameraTrajectory relative, double factor)
    {
        SO3[] scaled = new SO3[relative.Count];
        Vector3d previous = Vector3d.Zero;
        for (int i = 0; i < scaled.Length; i++)
        {
            previous = NearestBranch(relative[i].Rotation.Log(), previous);
            scaled[i] = SO3.Exp(factor * previous);
        }

        return scaled;
    }

    // Of all rotation vectors ω + 2πk·axis of one rotation, the one nearest to the previous frame's. After a whole turn the rotation is the
    // identity, which has every axis, and rounding makes one up: the previous frame's is taken, with the part of ω that is along it.
    private static Vector3d NearestBranch(Vector3d principal, Vector3d previous)
    {
        double angle = principal.Length, before = previous.Length;
        Vector3d axis = angle > 0 ? principal / angle : Vector3d.Zero;
        if (angle < AngleWithoutAxis && before > Math.PI)
        {
            axis = previous / before;
            angle = Vector3d.Dot(axis, principal);
        }

        double turns = Math.Round((Vector3d.Dot(axis, previous) - angle) / (2 * Math.PI));
        return (angle + 2 * Math.PI * turns) * axis;
    }
}
