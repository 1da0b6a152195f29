namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Cumulative cubic B-splines.</summary>
public class CubicBSplineTests
{
    private const double SplineTolerance = 1e-13;

    private static readonly FixtureTensors Golden = GoldenGroups.Load("bspline");

    private static SE3[] Control(int index)
    {
        SE3[] control = new SE3[4];
        for (int k = 0; k < 4; k++) control[k] = SE3.FromRowMajor3x4(Golden["control"].Row(index).Slice(16 * k, 16));
        return control;
    }

    private static SplitPose[] Split(SE3[] poses) => Array.ConvertAll(poses, p => new SplitPose(p));

    [Fact]
    public void Segment_passes_through_the_golden_poses_with_the_golden_velocity()
    {
        for (int i = 0; i < Golden["control"].Shape[0]; i++)
        {
            CubicBSpline<SE3, SE3Tangent> spline = new(Control(i));
            CubicBSpline<SplitPose, SE3Tangent> split = new(Split(Control(i)));
            for (int j = 0; j < Golden["u"].Values.Length; j++)
            {
                double u = Golden["u"].Values[j];
                double[] velocity = new double[6];
                spline.BodyVelocity(u).CopyTo(velocity);

                GoldenGroups.MatrixNear(Golden["pose_se3"].Row(i).Slice(16 * j, 16), spline.At(u).RowMajor4x4(), $"pose_se3[{i}], u = {u}", SplineTolerance);
                GoldenGroups.MatrixNear(Golden["pose_split"].Row(i).Slice(16 * j, 16), split.At(u).ToSE3().RowMajor4x4(), $"pose_split[{i}], u = {u}", SplineTolerance);
                GoldenGroups.MatrixNear(Golden["body_velocity_du"].Row(i).Slice(6 * j, 6), velocity, $"body_velocity_du[{i}], u = {u}", SplineTolerance);
            }
        }
    }

    [Fact]
    public void Pose_and_velocity_are_continuous_across_segments() => ForAll.Seeds(30, rng =>
    {
        SE3[] control = new SE3[6];
        for (int i = 0; i < control.Length; i++) control[i] = new(SO3.Exp(rng.NextRotationVector(0, 1)), rng.NextUniform(0, 2) * rng.NextUnitVector());
        CubicBSpline<SE3, SE3Tangent> spline = new(control);

        for (int knot = 1; knot < spline.SegmentCount; knot++)
        {
            CubicBSplineSegment<SE3, SE3Tangent> before = new(control[knot - 1], control[knot], control[knot + 1], control[knot + 2]);

            Assert.True((before.At(1).Inverse() * spline.At(knot)).Log().Length < SplineTolerance);
            Assert.True((before.BodyVelocity(1) - spline.BodyVelocity(knot)).Length < SplineTolerance);
        }
    });

    [Fact]
    public void Repeated_ends_start_and_stop_at_the_end_poses_at_rest() => ForAll.Seeds(30, rng =>
    {
        SE3[] control = [rng.NextPose(), rng.NextPose(), rng.NextPose()];
        CubicBSpline<SplitPose, SE3Tangent> spline = new(Split(control), SplineEnds.Repeated);

        Assert.Equal(4, spline.SegmentCount);
        AssertSame(control[0], spline.At(0).ToSE3());
        AssertSame(control[2], spline.At(4).ToSE3());
        Assert.True(spline.BodyVelocity(0).Length < SplineTolerance && spline.BodyVelocity(4).Length < SplineTolerance);
    });

    [Fact]
    public void Extrapolated_ends_pass_through_the_end_poses_in_motion() => ForAll.Seeds(30, rng =>
    {
        SE3 first = rng.NextPose();
        SE3Tangent step = new(rng.NextUnitVector(), rng.NextRotationVector(0.1, 1));
        SE3[] control = [first, first * SE3.Exp(step), first * SE3.Exp(2 * step)];
        CubicBSpline<SE3, SE3Tangent> spline = new(control, SplineEnds.Extrapolated);

        Assert.Equal(2, spline.SegmentCount);
        AssertSame(control[0], spline.At(0));
        AssertSame(control[1], spline.At(1));
        AssertSame(control[2], spline.At(2));
        Assert.True((spline.BodyVelocity(rng.NextUniform(0, 2)) - step).Length < 1e-12 * (1 + first.Translation.Length));
    });

    [Fact]
    public void Too_few_controls_and_parameters_off_the_curve_are_refused()
    {
        SE3[] three = [SE3.Identity, SE3.Identity, SE3.Identity];
        CubicBSpline<SE3, SE3Tangent> spline = new(three, SplineEnds.Extrapolated);

        Assert.Throws<ArgumentException>(() => new CubicBSpline<SE3, SE3Tangent>(three));
        Assert.Throws<ArgumentException>(() => new CubicBSpline<SE3, SE3Tangent>(three.AsSpan(0, 1), SplineEnds.Extrapolated));
        Assert.Throws<ArgumentException>(() => new CubicBSpline<SE3, SE3Tangent>([], SplineEnds.Repeated));
        Assert.Throws<ArgumentOutOfRangeException>(() => spline.At(-0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => spline.BodyVelocity(2.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => spline.At(double.NaN));
    }

    private static void AssertSame(SE3 expected, SE3 actual) =>
        GoldenGroups.MatrixNear(expected.RowMajor4x4(), actual.RowMajor4x4(), "pose", SplineTolerance);
}
