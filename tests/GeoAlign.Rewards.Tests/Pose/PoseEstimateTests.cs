using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Pose;

public class PoseEstimateTests
{
    [Fact]
    public void The_spread_of_the_frames_is_the_deviation_of_their_centres_and_knows_no_world()
    {
        // Centres 0, 3 and 6 m along a line: mean 3, squares 9, 0, 9.
        SE3 world = new(SO3.Exp(new Vector3d(0.3, -0.2, 0.1)), new Vector3d(5, 6, 7));
        PoseEstimate estimate = Estimate([.. new[] { 0.0, 3, 6 }.Select(z => world * new SE3(SO3.Identity, new Vector3d(0, 0, z)))]);

        Assert.Equal(Math.Sqrt(6), estimate.FrameSpread, 1e-12);
    }

    [Fact]
    public void A_camera_that_only_turns_has_no_spread() =>
        Assert.Equal(0, Estimate([.. Enumerable.Range(0, 4).Select(i => new SE3(SO3.Exp(new Vector3d(0, 0.1 * i, 0)), new Vector3d(1, 2, 3)))]).FrameSpread, 1e-12);

    private static PoseEstimate Estimate(ImmutableArray<SE3> poses) => new(new CameraTrajectory([.. poses]), [.. Enumerable.Range(0, poses.Length)], isMetric: true);
}
