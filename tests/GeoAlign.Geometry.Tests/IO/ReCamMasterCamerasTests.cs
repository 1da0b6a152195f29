using System.Text;
using GeoAlign.Testing;

namespace GeoAlign.Geometry.Tests.IO;

public class ReCamMasterCamerasTests
{
    [Theory]
    [InlineData("cam01"), InlineData("cam02")]
    public void Paths_relative_to_the_first_frame_match_the_golden_poses(string cameraId)
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid.json"));

        FormatFixture.AssertPoses($"recammaster.{cameraId}.rel_c2w", cameras.Trajectory(cameraId));
        Assert.Equal(["cam01", "cam02"], cameras.CameraIds);
        Assert.Equal(5, cameras.FrameCount);
    }

    [Fact]
    public void Printed_matrices_match_the_reference_implementation_to_1e_9()
    {
        FixtureTensor expected = FixtureTensors.Load("models", "extrinsics_sample.expected.safetensors")["c2w_rel_first"];
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(Repository.Fixture("models", "extrinsics_sample.json"));

        for (int camera = 0; camera < 2; camera++)
        {
            string id = cameras.CameraIds[camera];
            double[] printed = cameras.PrintedMatrices3x4(id, id);
            for (int frame = 0; frame < 4; frame++)
                Near.Equal(expected.Row(camera).Slice(16 * frame, 12), printed.AsSpan(12 * frame, 12), 1e-9, what: $"{id} frame {frame}");
        }
    }

    [Fact]
    public void Projected_poses_stay_within_the_printed_digits()
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(Repository.Fixture("models", "extrinsics_sample.json"));

        // six digits: each entry is off by at most 5e-7, two matrices meet in a relative pose; translations here stay below 1 m
        Near.Equal(cameras.PrintedMatrices3x4("cam02", "cam02"), FormatFixture.Matrices(cameras.Trajectory("cam02")), 4e-6);
    }

    [Fact]
    public void The_forward_axis_is_z_right_is_x_and_down_is_y()
    {
        // a camera that looks along Unreal's X and moves 1 m forward, 2 m right and 3 m up
        ReCamMasterCameras cameras = Parse("""
            {"frame0": {"cam01": "[1 0 0 0] [0 1 0 0] [0 0 1 0] [10 20 30 1] "},
             "frame1": {"cam01": "[1 0 0 0] [0 1 0 0] [0 0 1 0] [110 220 330 1] "}}
            """);

        Vector3d moved = cameras.Trajectory("cam01")[1].Translation;

        Near.Equal([2, -3, 1], [moved.X, moved.Y, moved.Z], 1e-14);
    }

    [Fact]
    public void A_pan_to_the_right_turns_about_the_down_axis()
    {
        // Unreal yaw +30°: forward (cos, sin, 0), right (−sin, cos, 0); in OpenCV axes a turn of +30° about y (down)
        (double s, double c) = Math.SinCos(Math.PI / 6);
        ReCamMasterCameras cameras = Parse(FormattableString.Invariant($$$"""
            {"frame0": {"cam01": "[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 1] "},
             "frame1": {"cam01": "[{{{c}}} {{{s}}} 0 0] [{{{-s}}} {{{c}}} 0 0] [0 0 1 0] [0 0 0 1] "}}
            """));

        Vector3d turn = cameras.Trajectory("cam01")[1].Rotation.Log();

        Near.Equal([0, Math.PI / 6, 0], [turn.X, turn.Y, turn.Z], 1e-14);
    }

    [Fact]
    public void A_reference_camera_becomes_the_world()
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid.json"));

        CameraTrajectory seenFromSecond = cameras.Trajectory("cam01", "cam02", 3);

        SE3 reference = cameras.InScene("cam02")[3];
        for (int i = 0; i < cameras.FrameCount; i++)
            Near.Equal(FormatFixture.Matrices([cameras.InScene("cam01")[i]]), FormatFixture.Matrices([reference * seenFromSecond[i]]), 1e-13);
        Near.Equal(cameras.PrintedMatrices3x4("cam01", "cam02", 3), FormatFixture.Matrices(seenFromSecond), 1e-8);
        Near.Equal(FormatFixture.Matrices([SE3.Identity]), FormatFixture.Matrices([cameras.Trajectory("cam02", "cam02", 3)[3]]), 1e-14);
    }

    [Fact]
    public void Minus_zero_tiny_exponents_and_rows_of_three_numbers_are_read()
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid_minus_zero_exponent_and_3col_rows.json"));

        CameraTrajectory path = cameras.InScene("cam01");

        Near.Equal([13.80, -2.40, 33.90], Position(path[1]), 1e-14);
        Near.Equal([13.815, -2.40, 33.90], Position(path[2]), 1e-14);
        Assert.Equal(5, path.Count);
        FormatFixture.AssertPoses("recammaster.cam02.rel_c2w", cameras.Trajectory("cam02"));
        CameraTrajectory same = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid.json")).InScene("cam01");
        foreach (int frame in (int[])[0, 3, 4]) Assert.Equal(same[frame], path[frame]);
    }

    [Fact]
    public void Frames_may_come_in_any_order()
    {
        ReCamMasterCameras cameras = Parse("""
            {"frame1": {"a": "[1 0 0 0] [0 1 0 0] [0 0 1 0] [100 0 0 1] "},
             "frame0": {"a": "[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 1] "}}
            """);

        Assert.Equal(1, cameras.Trajectory("a")[1].Translation.Z);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid.json"));
        using MemoryStream stream = new();

        ReCamMasterCameras.Write(stream, cameras.CameraIds.Select(id => KeyValuePair.Create(id, cameras.InScene(id))));

        stream.Position = 0;
        ReCamMasterCameras back = ReCamMasterCameras.Read(stream, "memory");
        Assert.Equal(cameras.CameraIds, back.CameraIds);
        foreach (string id in cameras.CameraIds)
            Near.Equal(FormatFixture.Matrices(cameras.InScene(id)), FormatFixture.Matrices(back.InScene(id)), 4e-15);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.DoesNotContain('\r', text);
        Assert.Contains("\"cam01\": \"[", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_file_is_read_from_its_path()
    {
        using ScratchFolder folder = new();
        string path = folder["camera_extrinsics.json"];
        CameraTrajectory path3 = new([SE3.Identity, new(SO3.Exp(new(0.1, 0.2, 0.3)), new(1, 2, 3))]);

        ReCamMasterCameras.Write(path, [KeyValuePair.Create("cam07", path3)]);

        Near.Equal(FormatFixture.Matrices(path3), FormatFixture.Matrices(ReCamMasterCameras.Read(path).InScene("cam07")), 4e-15);
    }

    [Fact]
    public void Paths_of_different_lengths_are_not_written()
    {
        CameraTrajectory one = new([SE3.Identity]), two = new([SE3.Identity, SE3.Identity]);

        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            ReCamMasterCameras.Write(Stream.Null, [KeyValuePair.Create("a", one), KeyValuePair.Create("b", two)]));

        Assert.Contains("b has 2 poses, expected 1 as a", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_camera_names_those_that_exist()
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(FormatFixture.Path("recammaster", "valid.json"));

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => cameras.Trajectory("cam11"));

        Assert.Contains("No camera 'cam11', the file has cam01, cam02.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad_empty_object.json", 1, "no frames, expected an object with the frames frame0, frame1, …")]
    [InlineData("bad_missing_cam02_in_frame3.json", 1, "frame3 has no cam02, expected cam01, cam02 in every frame")]
    [InlineData("bad_missing_frame2.json", 1, "frame3 without frame2, expected frames 0 to 4 without a gap")]
    [InlineData("bad_nan.json", 1, "frame1 cam01: 'nan' is not finite in row 1, expected four rows like [a b c 0]")]
    [InlineData("bad_not_a_rotation.json", 1, "frame1 cam01: not a rotation: RᵀR differs from the identity by 3, expected less than 0.001")]
    [InlineData("bad_three_rows.json", 1, "frame1 cam01: 3 rows, expected four rows like [a b c 0]")]
    [InlineData("bad_token.json", 1, "frame1 cam01: 'zz' is not a number in row 2, expected four rows like [a b c 0]")]
    [InlineData("bad_truncated.json", 1, "not valid JSON", "expected a complete JSON document")]
    public void Broken_files_are_refused(string file, int line, params string[] pieces)
    {
        string path = FormatFixture.Path("recammaster", file);

        FormatFixture.AssertRefused(path, line, () => ReCamMasterCameras.Read(path), pieces);
    }

    [Theory]
    [InlineData("[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 1 5] ", "5 numbers in row 4")]
    [InlineData("[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 2] ", "row 4 ends in '2'")]
    [InlineData("[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 1] x", "'x' after the fourth row")]
    [InlineData("[1 0 0 0] [0 1 0 0] [0 0 1 0] [0 0 0 1", "row 4 has no closing bracket")]
    [InlineData("1 0 0 0", "'1 0 0 0' where row 1 begins")]
    [InlineData("[1 0 0 0] [0 1 0 0] [0 0 -1 0] [0 0 0 1]", "a reflection (determinant -1), expected a rotation")]
    public void A_broken_pose_is_refused_on_its_own_line(string pose, string problem)
    {
        string text = "{\n\"frame0\": {\n\"cam01\":\n\"" + pose + "\"}}";

        FormatFixture.AssertRefused("x.json", 4, () => Parse(text, "x.json"), "frame0 cam01: " + problem, "expected");
    }

    [Theory]
    [InlineData("{\n\"clip0\": {}}", 2, "'clip0', expected an object with the frames frame0")]
    [InlineData("{\n\n\"frame0\": 3}", 3, "a number, expected the cameras of frame0 as an object")]
    [InlineData("{\"frame0\":\n{\"cam01\": [1]}}", 2, "frame0 cam01: an array, expected a text of four bracketed rows")]
    [InlineData("[1]", 1, "an array, expected an object with the frames frame0")]
    [InlineData("", 1, "not valid JSON")]
    [InlineData("{\"frame0\":\n\n{\"cam01\": \"[1 0 0] [0 1 0] [0 0 1] [0 0 0]\", \"cam01\": \"[1 0 0] [0 1 0] [0 0 1] [0 0 0]\"}}", 3, "frame0 holds cam01 twice, expected it once")]
    public void A_broken_layout_is_refused_on_its_line(string text, int line, string problem)
    {
        FormatFixture.AssertRefused("x.json", line, () => Parse(text, "x.json"), problem);
    }

    private static ReCamMasterCameras Parse(string text, string name = "test.json") => ReCamMasterCameras.Parse(Encoding.UTF8.GetBytes(text), name);

    private static double[] Position(SE3 pose) => [pose.Translation.X, pose.Translation.Y, pose.Translation.Z];
}
