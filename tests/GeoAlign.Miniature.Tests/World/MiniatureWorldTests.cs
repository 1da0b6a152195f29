using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class MiniatureWorldTests
{
    [Fact]
    public void Requested_paths_have_the_published_size()
    {
        // Means over 2,000 accepted draws of another implementation of the same recipe: 0.484 m, 0.737 m at the last frame, 9.6°.
        double all = 0, last = 0, degrees = 0;
        const int draws = 2000;
        for (int i = 0; i < draws; i++)
        {
            CameraTrajectory path = MiniatureWorld.Draw(1, MiniatureSet.Training, i).Requested;
            for (int k = 1; k <= 5; k++)
            {
                all += path[k].Translation.Length / (5 * draws);
                degrees += double.RadiansToDegrees(path[k].Rotation.Log().Length) / (5 * draws);
            }

            last += path[5].Translation.Length / draws;
        }

        Assert.InRange(all, 0.484 * 0.95, 0.484 * 1.05);
        Assert.InRange(last, 0.737 * 0.95, 0.737 * 1.05);
        Assert.InRange(degrees, 9.6 * 0.95, 9.6 * 1.05);
    }

    [Fact]
    public void Requested_speeds_follow_the_truncated_Gaussians()
    {
        double metres = 0, degrees = 0;
        for (int i = 0; i < 1000; i++)
        {
            TrajectorySpeeds speeds = TrajectorySpeeds.Of(MiniatureWorld.Draw(2, MiniatureSet.Training, i).Requested);
            Assert.InRange(speeds.MaximumTranslationMetresPerFrame, 0.08 - 1e-6, 0.36 + 1e-6);
            metres += speeds.MaximumTranslationMetresPerFrame / 1000;
            degrees += double.RadiansToDegrees(speeds.MaximumRotationRadiansPerFrame) / 1000;
        }

        // Rejection of paths that leave the room takes more of the fast ones.
        Assert.InRange(metres, 0.215, 0.24);
        Assert.InRange(degrees, 4.8, 5.2);
    }

    [Theory]
    [InlineData(MiniatureSet.Training)]
    [InlineData(MiniatureSet.Validation)]
    [InlineData(MiniatureSet.HeldOutRandom)]
    [InlineData(MiniatureSet.HeldOutScripted)]
    internal void All_paths_begin_at_the_start_and_stay_inside(MiniatureSet set)
    {
        for (int i = 0; i < 300; i++)
        {
            MiniatureCase drawn = MiniatureWorld.Draw(3, set, i, conditionFrames: 6);

            Assert.Equal((set, i, 6, 6), (drawn.Set, drawn.Index, drawn.Requested.Count, drawn.Source.Count));
            Assert.Equal(SE3.Identity, drawn.Requested[0]);
            Assert.Equal(SE3.Identity, drawn.Source[0]);
            Assert.True(MiniatureWorld.StaysInside(drawn.StartCameraToWorld, drawn.Requested), $"requested path {i}");
            Assert.True(MiniatureWorld.StaysInside(drawn.StartCameraToWorld, drawn.Source), $"source path {i}");
        }
    }

    [Fact]
    public void The_limits_are_those_of_the_camera_centre_in_the_world()
    {
        SE3 start = new(SO3.Exp(new(0, Math.PI / 2, 0)), new(0, 0, 0));
        CameraTrajectory Forward(double metres) => new([SE3.Identity, new(SO3.Identity, new(0, 0, metres))]);
        CameraTrajectory Down(double metres) => new([SE3.Identity, new(SO3.Identity, new(0, metres, 0))]);

        Assert.True(MiniatureWorld.StaysInside(start with { Translation = new(0.5, 0, 0) }, Forward(1.05)));
        Assert.False(MiniatureWorld.StaysInside(start with { Translation = new(0.5, 0, 0) }, Forward(1.15)));
        Assert.True(MiniatureWorld.StaysInside(start, Down(1.05)));
        Assert.False(MiniatureWorld.StaysInside(start, Down(1.15)));
    }

    [Fact]
    public void Starts_fill_their_box_and_look_forward()
    {
        Vector3d lowest = new(9, 9, 9), highest = new(-9, -9, -9);
        double widestYaw = 0, widestPitch = 0;
        for (int i = 0; i < 2000; i++)
        {
            SE3 start = MiniatureWorld.Draw(4, MiniatureSet.Training, i).StartCameraToWorld;
            Vector3d p = start.Translation, forward = start.Rotation * new Vector3d(0, 0, 1), right = start.Rotation * new Vector3d(1, 0, 0);
            lowest = new(Math.Min(lowest.X, p.X), Math.Min(lowest.Y, p.Y), Math.Min(lowest.Z, p.Z));
            highest = new(Math.Max(highest.X, p.X), Math.Max(highest.Y, p.Y), Math.Max(highest.Z, p.Z));
            widestYaw = Math.Max(widestYaw, Math.Abs(double.RadiansToDegrees(Math.Atan2(forward.X, forward.Z))));
            widestPitch = Math.Max(widestPitch, Math.Abs(double.RadiansToDegrees(Math.Asin(forward.Y))));
            Assert.Equal(0, right.Y, 1e-12);                                           // the horizon is level
        }

        Near.Equal([-0.4, -0.2, -0.8, 0.4, 0.2, -0.2], (ReadOnlySpan<double>)[lowest.X, lowest.Y, lowest.Z, highest.X, highest.Y, highest.Z], 0.02);
        Assert.InRange(widestYaw, 14.5, 15);
        Assert.InRange(widestPitch, 3.8, 4);
    }

    [Fact]
    public void Condition_clips_are_small_and_slow_and_of_the_length_asked_for()
    {
        double metres = 0, degrees = 0;
        for (int i = 0; i < 500; i++)
        {
            MiniatureCase drawn = MiniatureWorld.Draw(5, MiniatureSet.Training, i, conditionFrames: 2 + i % 5);
            TrajectorySpeeds speeds = TrajectorySpeeds.Of(drawn.Source);
            Assert.Equal(2 + i % 5, drawn.Source.Count);
            Assert.InRange(speeds.MaximumTranslationMetresPerFrame, 0.02 - 1e-6, 0.1 + 1e-6);
            metres += speeds.MaximumTranslationMetresPerFrame / 500;
            degrees += double.RadiansToDegrees(speeds.MaximumRotationRadiansPerFrame) / 500;
        }

        Assert.InRange(metres, 0.057, 0.063);
        Assert.InRange(degrees, 1.9, 2.2);
    }

    [Fact]
    public void The_length_of_the_condition_clip_changes_nothing_else()
    {
        MiniatureCase one = MiniatureWorld.Draw(6, MiniatureSet.Training, 3), six = MiniatureWorld.Draw(6, MiniatureSet.Training, 3, 6);

        Assert.Single(one.Source);
        Assert.Equal(one.StartCameraToWorld, six.StartCameraToWorld);
        Assert.Equal(one.Requested, six.Requested);
        Assert.Equal(one.Flaw, six.Flaw);
    }

    [Fact]
    public void The_same_address_gives_the_same_case_and_another_address_another()
    {
        MiniatureCase drawn = MiniatureWorld.Draw(7, MiniatureSet.Training, 5, 3), again = MiniatureWorld.Draw(7, MiniatureSet.Training, 5, 3);

        Assert.Equal(drawn.StartCameraToWorld, again.StartCameraToWorld);
        Assert.Equal(drawn.Requested, again.Requested);
        Assert.Equal(drawn.Source, again.Source);
        Assert.Equal(drawn.Flaw, again.Flaw);

        MiniatureCase[] others =
        [
            MiniatureWorld.Draw(8, MiniatureSet.Training, 5, 3), MiniatureWorld.Draw(7, MiniatureSet.Validation, 5, 3),
            MiniatureWorld.Draw(7, MiniatureSet.HeldOutRandom, 5, 3), MiniatureWorld.Draw(7, MiniatureSet.Training, 6, 3),
        ];
        foreach (MiniatureCase other in others)
        {
            Assert.NotEqual(drawn.StartCameraToWorld, other.StartCameraToWorld);
            Assert.NotEqual(drawn.Requested[5], other.Requested[5]);
            Assert.NotEqual(drawn.Source[2], other.Source[2]);
            Assert.NotEqual(drawn.Flaw, other.Flaw);
        }
    }
}
