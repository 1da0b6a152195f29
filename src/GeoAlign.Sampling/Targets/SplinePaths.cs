using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Smooth walking paths made up from the key: a random walk of control poses within bounds, and a cubic B-spline through the room between them.</summary>
/// <remarks>
/// Ours; for material that needs no data set. The walk turns by a uniform angle at every control pose; a step over a bound is mirrored there, and
/// the camera's yaw follows the walking direction by at most the largest turn, plus a glance to the side. Position and rotation run on
/// independent cubic B-splines (<see cref="SplitPose"/>) with extrapolated ends. Positions are weighted means of the control positions, with
/// weights that are not negative, so the path never leaves the bounds. It starts at the identity, in motion; metres.
/// </remarks>
public sealed class SplinePaths : IRawPathSource
{
    private const int FirstStream = 16;
    private readonly SplinePathOptions _options;

    /// <summary>Makes paths with these settings; the defaults when null.</summary>
    /// <exception cref="ArgumentException">Bad options.</exception>
    public SplinePaths(SplinePathOptions? options = null) => _options = (options ?? new SplinePathOptions()).Validated();

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => ["spline"];

    /// <inheritdoc/>
    public RawPath Draw(PathKey key, int frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 2);
        CubicBSpline<SplitPose, SE3Tangent> curve = new(ControlPoses(key), SplineEnds.Extrapolated);
        SE3[] poses = new SE3[frameCount];
        for (int i = 0; i < frameCount; i++) poses[i] = curve.At((double)i / (frameCount - 1) * curve.SegmentCount).ToSE3();
        return new RawPath { Id = "spline", Trajectory = new CameraTrajectory(poses).RelativeToFirst(), IsMetric = false };
    }

    // The first control pose is the identity: looking along +z, the walking direction too.
    private SplitPose[] ControlPoses(PathKey key)
    {
        double turn = double.DegreesToRadians(_options.MaximumTurnDegrees), glance = double.DegreesToRadians(_options.MaximumGlanceDegrees), tilt = double.DegreesToRadians(_options.MaximumTiltDegrees);
        SplitPose[] control = new SplitPose[_options.ControlPoses];
        control[0] = SplitPose.Identity;
        double heading = 0, yaw = 0, x = 0, z = 0;
        for (int i = 1; i < control.Length; i++)
        {
            double Signed(int number) => 2 * key.Uniform(FirstStream + number, (uint)i) - 1;
            heading += turn * Signed(0);
            double step = _options.StepMetres * (1 + 0.25 * Signed(1));
            double dx = step * Math.Sin(heading), dz = step * Math.Cos(heading);
            (x, dx) = Mirrored(x, dx, _options.SidewaysBoundMetres);
            (z, dz) = Mirrored(z, dz, _options.ForwardBoundMetres);
            heading = Math.Atan2(dx, dz);
            double towards = Math.IEEERemainder(heading - yaw, 2 * Math.PI);
            yaw += Math.Clamp(towards, -turn, turn);
            SO3 look = SO3.Exp(new(0, yaw + glance * Signed(2), 0)) * SO3.Exp(new(tilt * Signed(3), 0, 0));
            control[i] = new(look, new Vector3d(x, _options.HeightBoundMetres * Signed(4), z));
        }

        return control;
    }

    // A step that would leave [−bound, bound] is mirrored at the bound; no step is longer than the bound is wide.
    private static (double Place, double Step) Mirrored(double place, double step, double bound)
    {
        double next = place + step;
        return next > bound ? (2 * bound - next, -step) : next < -bound ? (-2 * bound - next, -step) : (next, step);
    }
}
