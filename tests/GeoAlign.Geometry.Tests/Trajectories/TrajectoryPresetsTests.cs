namespace GeoAlign.Geometry.Tests;

public class TrajectoryPresetsTests
{
    private static double[] Numbers(Vector3d v) => [v.X, v.Y, v.Z];

    [Fact]
    public void Moves_go_where_their_parameter_says()
    {
        Near.Equal([0, 0.3, 0], Numbers(TrajectoryPresets.Pan(5, 0.3)[4].Rotation.Log()), 1e-15);
        Near.Equal([0.3, 0, 0], Numbers(TrajectoryPresets.Tilt(5, 0.3)[4].Rotation.Log()), 1e-15);
        Near.Equal([0, 0, 0.3], Numbers(TrajectoryPresets.Roll(5, 0.3)[4].Rotation.Log()), 1e-15);
        Near.Equal([0, 0, 2], Numbers(TrajectoryPresets.Dolly(5, 2)[4].Translation), 1e-15);
        Near.Equal([2, 0, 0], Numbers(TrajectoryPresets.Truck(5, 2)[4].Translation), 1e-15);
        Near.Equal([0, -2, 0], Numbers(TrajectoryPresets.Pedestal(5, 2)[4].Translation), 1e-15);
        Assert.All(TrajectoryPresets.Static(5), pose => Assert.Equal(SE3.Identity, pose));
    }

    [Fact]
    public void A_pan_to_the_right_shows_what_was_on_the_right()
    {
        SE3 last = TrajectoryPresets.Pan(5, 0.3)[4];

        Assert.True((last.Rotation * new Vector3d(0, 0, 1)).X > 0);
        Assert.True((TrajectoryPresets.Tilt(5, 0.3)[4].Rotation * new Vector3d(0, 0, 1)).Y < 0, "up is −y");
    }

    [Fact]
    public void An_arc_keeps_its_distance_to_the_pivot_and_looks_at_it() => Assert.All(TrajectoryPresets.Arc(9, 1.2, 3), pose =>
    {
        Vector3d pivot = pose.Inverse() * new Vector3d(0, 0, 3);

        Near.Equal([0, 0, 3], Numbers(pivot), 1e-14);
    });

    [Fact]
    public void An_arc_to_the_right_moves_right_and_a_full_orbit_comes_back()
    {
        Assert.True(TrajectoryPresets.Arc(9, 0.5, 3)[8].Translation.X > 1);
        Near.Equal([0, 0, 0], Numbers(TrajectoryPresets.Orbit(9, 1, 3)[8].Translation), 1e-14);
        Near.Equal([0, 0, 6], Numbers(TrajectoryPresets.Orbit(9, 1, 3)[4].Translation), 1e-14);
        Near.Equal([3, 0, 3], Numbers(TrajectoryPresets.Orbit(9, 1, 3)[2].Translation), 1e-14);
    }

    [Fact]
    public void A_circle_comes_back_without_turning()
    {
        CameraTrajectory circle = TrajectoryPresets.Circle(9, 0.5);

        Near.Equal([0, -1, 0], Numbers(circle[4].Translation), 1e-15);
        Near.Equal([0, 0, 0], Numbers(circle[8].Translation), 1e-15);
        Assert.True(circle[1].Translation.X > 0);
        Assert.All(circle, pose => Assert.Equal(SO3.Identity, pose.Rotation));
    }

    [Fact]
    public void Bad_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TrajectoryPresets.Pan(1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrajectoryPresets.Dolly(5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrajectoryPresets.Arc(5, 1, 0));
    }
}
