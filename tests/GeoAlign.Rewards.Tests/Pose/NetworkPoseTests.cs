using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;

namespace GeoAlign.Rewards.Tests.Pose;

public class NetworkPoseTests
{
    [Fact]
    public void Quaternion_within_the_bound_is_renormalised()
    {
        NetworkPose pose = NetworkPose.FromQuaternionWxyz(0.995 * 0.6, 0, 0.995 * 0.8, 0, new(1, 2, 3), 1e-2);

        Assert.Null(pose.Problem);
        Assert.Equal(0.6, pose.Pose.Rotation.W, 1e-15);
        Assert.Equal(0.8, pose.Pose.Rotation.Y, 1e-15);
        Assert.Equal(new Vector3d(1, 2, 3), pose.Pose.Translation);
    }

    [Theory]
    [InlineData(0.98, 0)]
    [InlineData(1.02, 0)]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(1, double.PositiveInfinity)]
    public void Quaternion_of_another_length_or_not_finite_is_a_problem(double w, double translation) =>
        Assert.NotNull(NetworkPose.FromQuaternionWxyz(w, 0, 0, 0, new(translation, 0, 0), 1e-2).Problem);

    [Fact]
    public void Matrix_is_read_back() => ForAll.Seeds(100, rng =>
    {
        SE3 motion = rng.NextMotion(3, 5);
        double[] values = new double[16];
        motion.CopyToRowMajor3x4(values);
        values[15] = 1;

        foreach (NetworkPose pose in new[] { NetworkPose.FromMatrix(values, 0.1), NetworkPose.FromMatrix(values.AsSpan(0, 12), 0.1) })
        {
            Assert.Null(pose.Problem);
            Assert.Equal(0, SO3.GeodesicDistance(motion.Rotation, pose.Pose.Rotation), 1e-14);
            Assert.Equal(motion.Translation, pose.Pose.Translation);
        }
    });

    [Fact]
    public void Disturbed_rotation_comes_back_as_the_nearest_one() => ForAll.Seeds(100, rng =>
    {
        // R·S with S symmetric and near the identity has R as its orthogonal polar factor.
        SE3 motion = rng.NextMotion(3, 5);
        Vector3d a = rng.NextVector(0.02), b = rng.NextVector(0.02);
        Matrix3d s = new(1 + a.X, b.X, b.Y, b.X, 1 + a.Y, b.Z, b.Y, b.Z, 1 + a.Z);
        Matrix3d m = motion.Rotation.ToMatrix() * s;

        NetworkPose pose = NetworkPose.FromMatrix([m.M00, m.M01, m.M02, 0, m.M10, m.M11, m.M12, 0, m.M20, m.M21, m.M22, 0], 0.1);

        Assert.Null(pose.Problem);
        Assert.Equal(0, SO3.GeodesicDistance(motion.Rotation, pose.Pose.Rotation), 1e-13);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(1.2)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Matrix_that_is_no_rotation_is_a_problem(double last) =>
        Assert.NotNull(NetworkPose.FromMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, last, 0], 0.1).Problem);

    [Fact]
    public void Wrong_last_row_is_a_problem() =>
        Assert.Contains("last row", NetworkPose.FromMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0.5, 0, 0, 1], 0.1).Problem, StringComparison.Ordinal);
}
