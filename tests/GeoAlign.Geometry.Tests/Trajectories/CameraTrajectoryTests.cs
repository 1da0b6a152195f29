namespace GeoAlign.Geometry.Tests;

public class CameraTrajectoryTests
{
    [Fact]
    public void The_first_pose_relative_to_itself_is_exactly_the_identity() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory path = rng.NextPath(5), relative = path.RelativeToFirst();

        Assert.Equal(SE3.Identity, relative[0]);
        Near.Equal(Paths.Numbers(path), Paths.Numbers(relative.SeenFrom(path[0])), 1e-13);
    });

    [Fact]
    public void A_path_relative_to_another_camera_is_inverse_reference_times_pose()
    {
        CameraTrajectory path = new([new(SO3.Identity, new(1, 0, 0))]);
        SE3 reference = new(SO3.Exp(new(0, Math.PI / 2, 0)), new(0, 0, 1));              // looks along +x, stands at z = 1

        SE3 relative = path.RelativeTo(reference)[0];

        Near.Equal([1, 0, 1], [relative.Translation.X, relative.Translation.Y, relative.Translation.Z], 1e-15);   // 1 right, 1 ahead
    }

    [Fact]
    public void Reversal_keeps_the_distances_of_the_time_stamps()
    {
        CameraTrajectory reversed = new CameraTrajectory(Paths.Yaw(3, 0.1).CameraToWorld, [10, 11, 14]).Reversed();

        Near.Equal([10, 13, 14], reversed.TimestampsSeconds, 0);
        Assert.Equal(Paths.Yaw(3, 0.1)[2], reversed[0]);
        Assert.Equal(reversed.CameraToWorld.ToArray(), reversed.Reversed().Reversed().CameraToWorld.ToArray());
    }

    [Fact]
    public void Bad_poses_and_times_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CameraTrajectory([]));
        Assert.Contains("Pose 1", Assert.Throws<ArgumentException>(() => new CameraTrajectory([SE3.Identity, default])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CameraTrajectory([new(SO3.Identity, new(0, double.NaN, 0))]));
        Assert.Throws<ArgumentException>(() => new CameraTrajectory([SE3.Identity], [0, 1]));
        Assert.Throws<ArgumentException>(() => new CameraTrajectory([SE3.Identity, SE3.Identity], [1, 1]));
    }
}
