using System.Text.Json;
using GeoAlign.Geometry;
using GeoAlign.Reporting.Tests.Html;

namespace GeoAlign.Reporting.Tests.Paths;

public class PathView3DTests
{
    [Fact]
    public async Task Poses_come_back_from_the_page_as_centre_and_camera_to_world_quaternion()
    {
        SE3[] poses = [SE3.Identity, new(SO3.Exp(new(0.1, -0.7, 0.3)), new(1.5, -2.25, 0.125))];

        JsonElement path = PageText.Data(await PageText.Of(new PathView3D(new PathCase("c", new CameraPath("target", new(poses), SeriesColour.Target)))))[0].GetProperty("cases")[0].GetProperty("paths")[0];
        double[] n = path.GetProperty("poses").Numbers();

        Assert.Equal(14, n.Length);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0], n[..7]);
        Assert.Equal([1.5, -2.25, 0.125], n[7..10]);
        Assert.True(SO3.GeodesicDistance(poses[1].Rotation, SO3.FromQuaternionWxyz(n[10], n[11], n[12], n[13])) < 1e-6);
        Assert.Equal("tone-target", path.GetProperty("tone").GetString());
    }

    [Fact]
    public async Task Boxes_are_corners_in_the_world_of_the_paths()
    {
        SE3 boxToWorld = new(SO3.Exp(new(0, Math.PI / 2, 0)), new(10, 0, 0));
        PathCase one = new("c", new CameraPath("p", new([SE3.Identity]))) { Boxes = [new(new(0, 0, 0), new(1, 2, 3)) { BoxToWorld = boxToWorld }] };

        JsonElement corners = PageText.Data(await PageText.Of(new PathView3D(one)))[0].GetProperty("cases")[0].GetProperty("boxes")[0];

        Vector3d last = boxToWorld * new Vector3d(1, 2, 3);
        Near.Equal([last.X, last.Y, last.Z], corners[7].Numbers(), 1e-6, 0, "the last corner");
        Assert.Equal(8, corners.GetArrayLength());
    }

    [Fact]
    public async Task A_view_without_cases_says_so() => Assert.Contains("no camera paths", await PageText.Of(new PathView3D()), StringComparison.Ordinal);

    [Fact]
    public async Task A_case_without_a_path_is_refused() =>
        Assert.Contains("'c'", (await Assert.ThrowsAsync<ArgumentException>(() => PageText.Of(new PathView3D(new PathCase("c"))))).Message, StringComparison.Ordinal);
}
