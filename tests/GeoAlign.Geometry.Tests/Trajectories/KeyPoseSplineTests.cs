namespace GeoAlign.Geometry.Tests;

public class KeyPoseSplineTests
{
    private static SE3[] NextKeys(Random rng, int count) => [.. rng.NextPath(count, metresPerFrame: 1, radiansPerFrame: 0.8)];

    [Fact]
    public void The_path_passes_through_every_key() => ForAll.Seeds(50, rng =>
    {
        SE3[] keys = NextKeys(rng, 5);

        CameraTrajectory path = TrajectoryPresets.ThroughKeyPoses(17, keys);

        for (int k = 0; k < keys.Length; k++)
        {
            Assert.Equal(0, SO3.GeodesicDistance(keys[k].Rotation, path[4 * k].Rotation), 1e-14);
            Assert.True(Vector3d.Distance(keys[k].Translation, path[4 * k].Translation) < 1e-13);
        }
    });

    [Fact]
    public void Velocity_is_continuous_at_the_keys() => ForAll.Seeds(50, rng =>
    {
        const double h = 1e-5;
        KeyPoseSpline spline = new(NextKeys(rng, 4));
        SE3 before = spline.PoseAt(2 - h), at = spline.PoseAt(2), after = spline.PoseAt(2 + h);

        Vector3d turnIn = (before.Rotation.Inverse() * at.Rotation).Log() / h, turnOut = (at.Rotation.Inverse() * after.Rotation).Log() / h;
        Vector3d moveIn = (at.Translation - before.Translation) / h, moveOut = (after.Translation - at.Translation) / h;

        // Second derivatives are of order 10 here, so the two one-sided differences agree to about 10·h.
        Assert.True(Vector3d.Distance(turnIn, turnOut) < 50 * h, $"turning {turnIn} then {turnOut}");
        Assert.True(Vector3d.Distance(moveIn, moveOut) < 50 * h, $"moving {moveIn} then {moveOut}");
    });

    [Fact]
    public void Keys_on_a_uniform_motion_give_that_motion()
    {
        CameraTrajectory motion = TrajectoryPresets.Pan(5, 1);

        CameraTrajectory path = TrajectoryPresets.ThroughKeyPoses(21, motion.CameraToWorld);

        Near.Equal(Paths.Numbers(TrajectoryPresets.Pan(21, 1)), Paths.Numbers(path), 1e-14);
    }

    [Fact]
    public void The_spline_moves_with_its_world() => ForAll.Seeds(50, rng =>
    {
        SE3[] keys = NextKeys(rng, 4);
        SE3 world = rng.NextPose();

        CameraTrajectory here = TrajectoryPresets.ThroughKeyPoses(10, keys);
        CameraTrajectory there = TrajectoryPresets.ThroughKeyPoses(10, Array.ConvertAll(keys, key => world * key));

        Near.Equal(Paths.Numbers(here.SeenFrom(world)), Paths.Numbers(there), 1e-12);
    });

    [Fact]
    public void Bad_requests_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new KeyPoseSpline([SE3.Identity]));
        Assert.Throws<ArgumentException>(() => new KeyPoseSpline([SE3.Identity, default]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyPoseSpline([SE3.Identity, SE3.Identity]).PoseAt(1.5));
    }
}
