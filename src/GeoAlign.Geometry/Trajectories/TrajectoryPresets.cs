namespace GeoAlign.Geometry;

/// <summary>
/// Simple camera moves. All start at the identity; frame i stands at the share <c>i/(frames − 1)</c> of the move; metres, radians, OpenCV axes.
/// </summary>
public static class TrajectoryPresets
{
    /// <summary>A camera that does not move.</summary>
    public static CameraTrajectory Static(int frames) => Sampled(frames, _ => SE3.Identity);

    /// <summary>Turns on the spot about the vertical axis; positive turns right.</summary>
    public static CameraTrajectory Pan(int frames, double radiansRight) => Turn(frames, new(0, Finite(radiansRight), 0));

    /// <summary>Turns on the spot about the horizontal axis; positive turns up.</summary>
    public static CameraTrajectory Tilt(int frames, double radiansUp) => Turn(frames, new(Finite(radiansUp), 0, 0));

    /// <summary>Turns on the spot about the viewing axis; positive turns the camera clockwise.</summary>
    public static CameraTrajectory Roll(int frames, double radiansClockwise) => Turn(frames, new(0, 0, Finite(radiansClockwise)));

    /// <summary>Moves straight along the viewing axis; positive is forward.</summary>
    public static CameraTrajectory Dolly(int frames, double metresForward) => Line(frames, new(0, 0, Finite(metresForward)));

    /// <summary>Moves straight sideways; positive is to the right.</summary>
    public static CameraTrajectory Truck(int frames, double metresRight) => Line(frames, new(Finite(metresRight), 0, 0));

    /// <summary>Moves straight up or down; positive is up.</summary>
    public static CameraTrajectory Pedestal(int frames, double metresUp) => Line(frames, new(0, -Finite(metresUp), 0));

    /// <summary>
    /// Moves on a horizontal circular arc around a pivot straight ahead and keeps looking at it; positive moves to the right.
    /// </summary>
    /// <param name="frames">At least 2.</param>
    /// <param name="radiansRight">Angle of the arc as seen from the pivot.</param>
    /// <param name="pivotMetres">Distance of the pivot, positive.</param>
    public static CameraTrajectory Arc(int frames, double radiansRight, double pivotMetres)
    {
        if (!(pivotMetres > 0 && double.IsFinite(pivotMetres)))
            throw new ArgumentOutOfRangeException(nameof(pivotMetres), pivotMetres, "The pivot must be a positive, finite distance ahead.");
        Finite(radiansRight);
        return Sampled(frames, share =>
        {
            SO3 turned = SO3.Exp(new(0, -share * radiansRight, 0));
            return new(turned, new Vector3d(0, 0, pivotMetres) - turned * new Vector3d(0, 0, pivotMetres));
        });
    }

    /// <summary>Goes round a pivot straight ahead and keeps looking at it; positive starts to the right.</summary>
    public static CameraTrajectory Orbit(int frames, double turnsRight, double pivotMetres) => Arc(frames, 2 * Math.PI * turnsRight, pivotMetres);

    /// <summary>Moves on a circle in the image plane without turning; it starts to the right and passes above the start.</summary>
    public static CameraTrajectory Circle(int frames, double radiusMetres, double turns = 1)
    {
        Finite(radiusMetres);
        Finite(turns);
        return Sampled(frames, share =>
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * turns * share);
            return new(SO3.Identity, radiusMetres * new Vector3d(s, c - 1, 0));
        });
    }

    /// <summary>A smooth path through key poses that are spread evenly over the frames; see <see cref="KeyPoseSpline"/>.</summary>
    /// <param name="frames">At least 2.</param>
    /// <param name="keyPoses">At least 2 camera-to-world poses; the path starts at the first and ends at the last.</param>
    public static CameraTrajectory ThroughKeyPoses(int frames, ReadOnlySpan<SE3> keyPoses)
    {
        KeyPoseSpline spline = new(keyPoses);
        return Sampled(frames, share => spline.PoseAt(share * (spline.KeyCount - 1)));
    }

    internal static CameraTrajectory Sampled(int frames, Func<double, SE3> poseAtShare)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        SE3[] poses = new SE3[frames];
        for (int i = 0; i < frames; i++) poses[i] = poseAtShare((double)i / (frames - 1));
        return new CameraTrajectory(poses);
    }

    private static CameraTrajectory Turn(int frames, Vector3d omega) => Sampled(frames, share => new(SO3.Exp(share * omega), Vector3d.Zero));

    private static CameraTrajectory Line(int frames, Vector3d metres) => Sampled(frames, share => new(SO3.Identity, share * metres));

    private static double Finite(double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "The size of a move must be finite.");
}
