using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;

namespace GeoAlign.Rewards.Tests.Pose;

public class PoseGuardsTests
{
    private static readonly SE3[] Path = new Random(3).NextPath(4);

    [Fact]
    public void Estimate_is_seen_from_the_first_view_and_keeps_the_residual()
    {
        PoseEstimate estimate = new PoseGuards().Judge(Poses(Path), isMetric: true, metricScale: 2.5).Estimate!;

        Assert.Equal(SE3.Identity, estimate.Trajectory[0]);
        Assert.Equal(Path[0].Translation, estimate.ReferenceResidual.Translation);
        Assert.Equal(0, SO3.GeodesicDistance(Path[0].Rotation, estimate.ReferenceResidual.Rotation), 1e-15);
        Assert.Equal<int>([0, 1, 2, 3], estimate.Frames);
        Assert.Equal(2.5, estimate.MetricScale);
        SE3 expected = Path[0].Inverse() * Path[2];
        Assert.Equal(0, Vector3d.Distance(expected.Translation, estimate.Trajectory[2].Translation), 1e-14);
        Assert.Equal(0, SO3.GeodesicDistance(expected.Rotation, estimate.Trajectory[2].Rotation), 1e-14);
    }

    [Fact]
    public void Frame_with_a_problem_is_left_out_and_named()
    {
        NetworkPose[] poses = Poses(Path);
        poses[2] = NetworkPose.FromQuaternionWxyz(double.NaN, 0, 0, 0, default, 1e-2);

        PoseEstimate estimate = new PoseGuards().Judge(poses, isMetric: true).Estimate!;

        Assert.Equal<int>([0, 1, 3], estimate.Frames);
        Assert.Equal<FrameRejection>([new FrameRejection(2, "pose not finite")], estimate.Rejections);
    }

    [Fact]
    public void Problem_of_the_reference_view_is_a_failure()
    {
        NetworkPose[] poses = Poses(Path);
        poses[0] = NetworkPose.FromQuaternionWxyz(2, 0, 0, 0, default, 1e-2);

        Assert.Contains("reference view", new PoseGuards().Judge(poses, isMetric: true).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9e-4)]
    [InlineData(1001)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Incredible_scale_is_a_failure(double scale) =>
        Assert.Contains("scale factor", new PoseGuards().Judge(Poses(Path), isMetric: true, metricScale: scale).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e3)]
    public void Scale_at_the_bound_is_accepted(double scale) => Assert.True(new PoseGuards().Judge(Poses(Path), isMetric: true, metricScale: scale).Succeeded);

    [Fact]
    public void Turned_reference_view_is_a_failure_beyond_the_bound()
    {
        SE3[] turned = [new(SO3.Exp(new(0, 0.3, 0)), Vector3d.Zero), Path[1]];

        Assert.True(new PoseGuards { MaxReferenceRotationRadians = 0.31 }.Judge(Poses(turned), true).Succeeded);
        Assert.Contains("0.3 rad", new PoseGuards { MaxReferenceRotationRadians = 0.29 }.Judge(Poses(turned), true).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Shifted_reference_view_is_a_failure_beyond_the_share_of_the_path()
    {
        SE3[] shifted = [new(SO3.Identity, new(0, 0, 1)), new(SO3.Identity, new(0, 0, 3)), new(SO3.Identity, new(0, 2, 3))];      // length 4, distance 1

        Assert.True(new PoseGuards { MaxReferenceTranslationRatio = 0.26 }.Judge(Poses(shifted), true).Succeeded);
        Assert.False(new PoseGuards { MaxReferenceTranslationRatio = 0.24 }.Judge(Poses(shifted), true).Succeeded);
        Assert.False(new PoseGuards { MaxReferenceTranslationRatio = 0.24 }.Judge(Poses(shifted[..1]), true).Succeeded);
    }

    [Fact]
    public void Bad_bounds_are_listed_together()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PoseGuards { MinMetricScale = 0, MaxQuaternionNormError = double.NaN }.Validated());

        Assert.Contains("MinMetricScale", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxQuaternionNormError", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Glitch_beyond_the_speed_bound_costs_one_view_and_is_named()
    {
        SE3[] path = [.. Enumerable.Range(0, 6).Select(i => new SE3(SO3.Identity, new(0, 0, 0.1 * i)))];
        SE3[] glitch = [.. path], turned = [.. path];
        glitch[3] = new SE3(SO3.Identity, new(2, 0, 0.3));
        turned[2] = new SE3(SO3.Exp(new(0, 0.5, 0)), new(0, 0, 0.2));
        PoseGuards guards = new() { MaxTranslationMetresPerView = 0.11, MaxRotationRadiansPerView = 0.2 };

        PoseEstimate jumped = guards.Judge(Poses(glitch), isMetric: true).Estimate!, spun = guards.Judge(Poses(turned), isMetric: true).Estimate!;

        Assert.Empty(guards.Judge(Poses(path), isMetric: true).Estimate!.Rejections);
        Assert.Equal<int>([0, 1, 2, 4, 5], jumped.Frames);
        Assert.Contains("m a view", Assert.Single(jumped.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal<int>([0, 1, 3, 4, 5], spun.Frames);
        Assert.Contains("rad a view", Assert.Single(spun.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Camera_that_stays_away_is_rejected_until_the_bound_allows_it()
    {
        SE3[] path = [.. Enumerable.Range(0, 6).Select(i => new SE3(SO3.Identity, new(i >= 2 ? 0.25 : 0, 0, 0)))];

        PoseEstimate estimate = new PoseGuards { MaxTranslationMetresPerView = 0.1 }.Judge(Poses(path), isMetric: true).Estimate!;

        Assert.Equal<int>([0, 1, 4, 5], estimate.Frames);        // 0.25 m in three views
        Assert.Equal([2, 3], estimate.Rejections.Select(r => r.Frame));
    }

    [Fact]
    public void Bound_in_metres_needs_metres() =>
        Assert.Throws<ArgumentException>(() => new PoseGuards { MaxTranslationMetresPerView = 0.1 }.Judge(Poses(Path), isMetric: false));

    private static NetworkPose[] Poses(SE3[] path) => Array.ConvertAll(path, p =>
        NetworkPose.FromQuaternionWxyz(p.Rotation.W, p.Rotation.X, p.Rotation.Y, p.Rotation.Z, p.Translation, 1e-2));
}
