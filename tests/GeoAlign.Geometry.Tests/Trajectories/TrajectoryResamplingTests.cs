namespace GeoAlign.Geometry.Tests;

public class TrajectoryResamplingTests
{
    [Fact]
    public void Whole_positions_give_the_poses_as_they_are() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory path = rng.NextPath(9);

        Assert.Equal(path.CameraToWorld.ToArray(), path.Resample(9).CameraToWorld.ToArray());
        Assert.Equal([path[0], path[4], path[8]], path.Resample(3).CameraToWorld.ToArray());
        Assert.Equal([path[0], path[4], path[8]], path.EveryNth(4).CameraToWorld.ToArray());
    });

    [Fact]
    public void As_many_frames_as_there_are_give_the_poses_as_they_are()
    {
        for (int frames = 1; frames <= 300; frames++)
        {
            CameraTrajectory path = new([.. Enumerable.Range(0, frames).Select(i => new SE3(SO3.Exp(new(0.01 * i, 0.02 * i, 0)), new(0.1 * i, 0, 0)))],
                [.. Enumerable.Range(0, frames).Select(i => 7 + i / 30.0)]);

            Assert.Equal(path.CameraToWorld.ToArray(), path.Resample(frames).CameraToWorld.ToArray());
            Assert.Equal(path.TimestampsSeconds.ToArray(), path.Resample(frames).TimestampsSeconds.ToArray());
        }
    }

    [Fact]
    public void Between_two_frames_the_centre_moves_straight_and_the_rotation_on_the_shortest_arc()
    {
        CameraTrajectory path = new([SE3.Identity, new(SO3.Exp(new(0, 1, 0)), new(2, 0, 4))]);

        SE3 pose = path.AtPositions([0.25])[0];

        Assert.Equal(0.25, pose.Rotation.Log().Y, 1e-15);
        Assert.True(Vector3d.Distance(new(0.5, 0, 1), pose.Translation) < 1e-15);
    }

    [Fact]
    public void A_path_of_constant_speed_has_constant_speed_at_any_number_of_frames()
    {
        TrajectorySpeeds speeds = TrajectorySpeeds.Of(TrajectoryPresets.Dolly(7, 3).Resample(31));

        Assert.Equal(0.1, speeds.MaximumTranslationMetresPerFrame, 1e-14);
        Assert.Equal(0.1, speeds.MedianTranslationMetresPerFrame, 1e-14);
        Assert.Equal(3, speeds.PathLengthMetres, 1e-14);
    }

    [Fact]
    public void Times_between_time_stamps_are_interpolated()
    {
        CameraTrajectory path = new([new(SO3.Identity, new(0, 0, 0)), new(SO3.Identity, new(1, 0, 0)), new(SO3.Identity, new(3, 0, 0))], [0, 1, 5]);

        CameraTrajectory sampled = path.AtTimes([0.25, 1, 4, 5]);

        Near.Equal([0.25, 1, 2.5, 3], sampled.Select(pose => pose.Translation.X).ToArray(), 1e-15);
        Near.Equal([0.25, 1, 4, 5], sampled.TimestampsSeconds, 0);
        Near.Equal([0, 2, 5], path.AtPositions([0, 1.25, 2]).TimestampsSeconds, 1e-15);
    }

    [Fact]
    public void One_pose_can_be_held() => Assert.Equal(3, new CameraTrajectory([SE3.Identity]).Resample(3).Count);

    [Fact]
    public void Positions_and_times_beyond_the_ends_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Paths.Yaw(3, 0.1).AtPositions([2.5]));
        Assert.Throws<ArgumentException>(() => Paths.Yaw(3, 0.1).AtTimes([0]));
        Assert.Throws<ArgumentException>(() => new CameraTrajectory([SE3.Identity], [1]).AtTimes([1.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Paths.Yaw(3, 0.1).Resample(0));
    }
}
