namespace GeoAlign.Geometry;

/// <summary>How fast a camera path moves: the size of each frame-to-frame step, in metres and in radians. Immutable.</summary>
/// <remarks>
/// Step i leads from frame i to frame i + 1; a path of N frames has N − 1 steps. Translation: <c>‖t_{i+1} − t_i‖</c> of
/// camera centres (Geo-Align, arXiv 2605.23903, eq. 8); rotation: <c>‖log(R_iᵀ R_{i+1})‖</c> (eq. 9). Both are the same for
/// every choice of the world frame; that holds for camera-to-world poses only.
/// </remarks>
public sealed class TrajectorySpeeds
{
    private readonly double[] _translation;
    private readonly double[] _rotation;

    private TrajectorySpeeds(double[] translation, double[] rotation)
    {
        (_translation, _rotation) = (translation, rotation);
        MaximumTranslationMetresPerFrame = translation.Max();
        MaximumRotationRadiansPerFrame = rotation.Max();
        MedianTranslationMetresPerFrame = TranslationQuantileMetresPerFrame(0.5);
        MedianRotationRadiansPerFrame = RotationQuantileRadiansPerFrame(0.5);
        PathLengthMetres = translation.Sum();
        TotalRotationRadians = rotation.Sum();
    }

    /// <summary>Length of each step, metres.</summary>
    public ReadOnlySpan<double> TranslationMetresPerFrame => _translation;

    /// <summary>Angle of each step in [0, π], radians.</summary>
    public ReadOnlySpan<double> RotationRadiansPerFrame => _rotation;

    /// <summary>v_trans, the longest step (eq. 8).</summary>
    public double MaximumTranslationMetresPerFrame { get; }

    /// <summary>v_rot, the step of largest angle (eq. 9).</summary>
    public double MaximumRotationRadiansPerFrame { get; }

    /// <summary>Median step length; the mean of the two middle ones when their number is even.</summary>
    public double MedianTranslationMetresPerFrame { get; }

    /// <summary>Median step angle; the mean of the two middle ones when their number is even.</summary>
    public double MedianRotationRadiansPerFrame { get; }

    /// <summary>Length of the path through all camera centres.</summary>
    public double PathLengthMetres { get; }

    /// <summary>Sum of all step angles; at least the angle between the first and the last camera.</summary>
    public double TotalRotationRadians { get; }

    /// <summary>Measures a path.</summary>
    /// <exception cref="ArgumentException">Fewer than two frames: there is no step.</exception>
    public static TrajectorySpeeds Of(CameraTrajectory trajectory)
    {
        if (trajectory.Count < 2)
            throw new ArgumentException($"A trajectory of {trajectory.Count} frame has no frame-to-frame step; expected at least 2 frames.", nameof(trajectory));

        ReadOnlySpan<SE3> poses = trajectory.CameraToWorld;
        double[] translation = new double[poses.Length - 1];
        double[] rotation = new double[poses.Length - 1];
        for (int i = 0; i < translation.Length; i++)
        {
            translation[i] = Vector3d.Distance(poses[i].Translation, poses[i + 1].Translation);
            rotation[i] = SO3.GeodesicDistance(poses[i].Rotation, poses[i + 1].Rotation);
        }

        return new(translation, rotation);
    }

    /// <summary>The step length that a share of all steps does not exceed; linear between neighbouring steps.</summary>
    /// <param name="share">0 gives the shortest step, 1 the longest.</param>
    public double TranslationQuantileMetresPerFrame(double share) => Quantile(_translation, share);

    /// <summary>The step angle that a share of all steps does not exceed; linear between neighbouring steps.</summary>
    /// <param name="share">0 gives the smallest step, 1 the largest.</param>
    public double RotationQuantileRadiansPerFrame(double share) => Quantile(_rotation, share);

    private static double Quantile(double[] values, double share)
    {
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A quantile is asked for with a share in [0, 1].");
        double[] sorted = [.. values.Order()];
        double position = share * (sorted.Length - 1);
        int below = Math.Min((int)position, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
