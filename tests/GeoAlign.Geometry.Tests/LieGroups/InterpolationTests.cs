namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Curves between two poses, means and splines against 60-digit values, and what they must obey.</summary>
public class InterpolationTests
{
    private static readonly FixtureTensors Golden = GoldenGroups.Load("interp");

    [Fact]
    public void Screw_motion_and_split_curve_pass_through_the_golden_poses()
    {
        for (int i = 0; i < Golden["T0"].Shape[0]; i++)
        {
            SE3 a = SE3.FromRowMajor3x4(Golden["T0"].Row(i)), b = SE3.FromRowMajor3x4(Golden["T1"].Row(i));
            // Next to a half turn the axis is ill determined by the stored matrices: an error of 1e-16 there moves the curve by 1e-16/(π − θ).
            double tolerance = Math.PI - SO3.GeodesicDistance(a.Rotation, b.Rotation) < 1e-5 ? 1e-9 : GoldenGroups.MatrixTolerance;

            for (int j = 0; j < Golden["t"].Values.Length; j++)
            {
                double t = Golden["t"].Values[j];

                GoldenGroups.MatrixNear(Golden["geodesic_se3"].Row(i).Slice(16 * j, 16), SE3.InterpolateGeodesic(a, b, t).RowMajor4x4(), $"geodesic[{i}], t = {t}", tolerance);
                GoldenGroups.MatrixNear(Golden["split_so3xR3"].Row(i).Slice(16 * j, 16), SE3.InterpolateSplit(a, b, t).RowMajor4x4(), $"split[{i}], t = {t}", tolerance);
            }
        }
    }

    [Fact]
    public void Split_curve_moves_the_centre_straight() => ForAll.Seeds(100, rng =>
    {
        (SE3 a, SE3 b) = (rng.NextPose(), rng.NextPose());
        double t = rng.NextDouble();

        Vector3d expected = (1 - t) * a.Translation + t * b.Translation;

        Assert.True((SE3.InterpolateSplit(a, b, t).Translation - expected).Length <= 1e-15 * (a.Translation.Length + b.Translation.Length));
    });

    [Fact]
    public void Rotation_turns_at_a_constant_rate() => ForAll.Seeds(100, rng =>
    {
        (SO3 a, SO3 b) = (rng.NextRotation(), rng.NextRotation());
        double t = rng.NextDouble();

        Near.Equal([t * SO3.GeodesicDistance(a, b)], [SO3.GeodesicDistance(a, SO3.Interpolate(a, b, t))], 1e-15, 0, "angle");
    });

    [Fact]
    public void Fraction_that_is_not_finite_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SO3.Interpolate(SO3.Identity, SO3.Identity, double.NaN));
}
