using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class ScriptedPathsTests
{
    public static TheoryData<int, string, double[], double> LastPoses => new()
    {
        // Number, name, camera centre of the last pose, and the angle it looks to the right, degrees. y points down.
        { 0, "pan left", [0, 0, 0], -25 }, { 1, "pan right", [0, 0, 0], 25 },
        { 2, "dolly in", [0, 0, 1.1], 0 }, { 3, "dolly out", [0, 0, -0.65], 0 },
        { 4, "truck left", [-1, 0, 0], 0 }, { 5, "truck right", [1, 0, 0], 0 },
        { 6, "pedestal up", [0, -0.55, 0], 0 }, { 7, "pedestal down", [0, 0.55, 0], 0 },
        { 8, "arc left", [-0.760712871, 0, 0.168645983], 25 }, { 9, "arc right", [0.760712871, 0, 0.168645983], -25 },
    };

    [Theory, MemberData(nameof(LastPoses))]
    public void Moves_end_where_their_names_say(int move, string name, double[] centre, double degreesRight)
    {
        CameraTrajectory path = ScriptedPaths.PathOf(move);

        Vector3d end = path[5].Translation, forward = path[5].Rotation * new Vector3d(0, 0, 1);
        Assert.Equal(name, ScriptedPaths.NameOf(move));
        Near.Equal(centre, (ReadOnlySpan<double>)[end.X, end.Y, end.Z], 1e-8);
        Assert.Equal(degreesRight, double.RadiansToDegrees(Math.Atan2(forward.X, forward.Z)), 1e-9);
        Assert.Equal(SE3.Identity, path[0]);
    }

    [Fact]
    public void Arcs_keep_the_point_ahead_in_the_middle_of_the_picture()
    {
        Vector3d point = new(0, 0, 1.8);
        foreach (int arc in new[] { 8, 9 })
        {
            foreach (SE3 pose in ScriptedPaths.PathOf(arc))
                Assert.Equal(0, Vector3d.Distance(pose.Inverse() * point, point), 1e-12);
        }
    }

    [Fact]
    public void The_scripted_set_runs_all_moves_from_each_start()
    {
        MiniatureCase[] cases = [.. Enumerable.Range(0, 80).Select(i => MiniatureWorld.Draw(1, MiniatureSet.HeldOutScripted, i))];

        Assert.Equal(8, cases.Select(c => c.StartCameraToWorld).Distinct().Count());
        for (int i = 0; i < 80; i++)
        {
            Assert.Equal(cases[i / 10 * 10].StartCameraToWorld, cases[i].StartCameraToWorld);
            Assert.Equal(ScriptedPaths.PathOf(i % 10), cases[i].Requested);
        }
    }
}
