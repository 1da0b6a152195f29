using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class NerfstudioFormatTests
{
    private const string Matrix = "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]";
    private static readonly RecordedIntrinsics Lens = new(600.5, 601.5, 416, 240) { WidthPixels = 832, HeightPixels = 480 };

    [Theory]
    [InlineData("valid.json"), InlineData("valid_3x4_matrix_in_frame1.json"), InlineData("valid_per_frame_intrinsics.json")]
    public void Valid_files_give_opencv_poses_and_intrinsics(string file)
    {
        RecordedTrajectory recorded = NerfstudioFormat.Read(FormatFixture.Path("nerfstudio", file));

        FormatFixture.AssertPoses("nerfstudio.c2w_opencv", recorded.Trajectory);
        Assert.Equal(Enumerable.Repeat(Lens, 5), recorded.Intrinsics);
        Assert.Equal("images/frame_00001.png", recorded.ImageNames[0]);
        Assert.False(recorded.HasMetricScale);
    }

    [Fact]
    public void A_camera_angle_gives_the_focal_length_and_the_centre_of_the_image()
    {
        RecordedTrajectory recorded = NerfstudioFormat.Read(FormatFixture.Path("nerfstudio", "valid_camera_angle_x.json"));

        double focal = FormatFixture.Expected["nerfstudio.camera_angle_x_fl"].Scalar;
        foreach (RecordedIntrinsics k in recorded.Intrinsics) Near.Equal([focal, focal, 416, 240], [k.Fx, k.Fy, k.Cx, k.Cy], 1e-8);
        FormatFixture.AssertPoses("nerfstudio.c2w_opencv", recorded.Trajectory);
    }

    [Fact]
    public void An_applied_transform_is_kept_unless_it_shall_be_undone()
    {
        string path = FormatFixture.Path("nerfstudio", "valid_applied_transform.json");

        CameraTrajectory kept = NerfstudioFormat.Read(path).Trajectory, undone = NerfstudioFormat.Read(path, undoAppliedTransform: true).Trajectory;

        FormatFixture.AssertPoses("nerfstudio.c2w_opencv", undone);
        Near.Equal([0.86764372800757, -0.17212932444993023, -2.2298281184833497], [kept[0].Translation.X, kept[0].Translation.Y, kept[0].Translation.Z], 1e-15);
    }

    [Fact]
    public void A_frame_overrides_the_file()
    {
        RecordedTrajectory recorded = Parse($$"""
            {"fl_x": 10, "cx": 1, "cy": 2, "k1": 0, "frames": [
              {"file_path": "a", "transform_matrix": {{Matrix}}},
              {"file_path": "b", "fl_x": 20, "fl_y": 30, "cx": 3, "k1": 0.1, "transform_matrix": {{Matrix}}}]}
            """);

        Assert.Equal([new RecordedIntrinsics(10, 10, 1, 2), new RecordedIntrinsics(20, 30, 3, 2) { HasDistortion = true }], recorded.Intrinsics);
    }

    [Fact]
    public void A_camera_angle_of_a_frame_overrides_the_focal_length_of_the_file()
    {
        RecordedIntrinsics k = Parse($$"""
            {"fl_x": 10, "fl_y": 11, "w": 4, "h": 2, "frames": [
              {"file_path": "a", "camera_angle_x": 1.5707963267948966, "camera_angle_y": 1.5707963267948966, "transform_matrix": {{Matrix}}}]}
            """).Intrinsics[0];

        Near.Equal([2, 1, 2, 1], [k.Fx, k.Fy, k.Cx, k.Cy], 1e-15);
    }

    [Theory]
    [InlineData("\"camera_model\": \"SIMPLE_RADIAL\", \"k1\": 0", false), InlineData("\"camera_model\": \"RADIAL\"", false)]
    [InlineData("\"camera_model\": \"RADIAL\", \"k2\": 0.1", true), InlineData("\"camera_model\": \"OPENCV_FISHEYE\"", true)]
    [InlineData("\"distortion_params\": [0, 0, 0, 0, 0, 0]", false), InlineData("\"distortion_params\": [0, 0, 0, 0, 0, 1e-3]", true)]
    public void A_lens_is_distorted_when_a_term_is_not_zero_or_its_model_is_no_pinhole(string entries, bool distorted)
    {
        string text = $$"""{"fl_x": 10, "w": 4, "h": 2, {{entries}}, "frames": [{"file_path": "a", "transform_matrix": {{Matrix}}}]}""";
        string ofFrame = $$"""{"fl_x": 10, "w": 4, "h": 2, "frames": [{"file_path": "a", {{entries}}, "transform_matrix": {{Matrix}}}]}""";

        Assert.Equal(distorted, Parse(text).Intrinsics[0].HasDistortion);
        Assert.Equal(distorted, Parse(ofFrame).Intrinsics[0].HasDistortion);
    }

    [Fact]
    public void A_frame_without_a_matrix_is_named_with_the_line_it_begins_on() => FormatFixture.AssertRefused("transforms.json", 5, () => Parse($$"""
        {"fl_x": 10, "w": 4, "h": 2, "frames": [
          {"file_path": "a",
           "transform_matrix": {{Matrix}}},
          {"file_path": "b", "transform_matrix": {{Matrix}}},
          {"file_path":
             "c"}]}
        """), "frame 2 has no transform_matrix");

    [Fact]
    public void The_camera_looks_along_minus_z_of_its_opengl_axes()
    {
        // identity in OpenGL axes: y up, z backward; in OpenCV axes a half turn about x
        SE3 pose = Parse($$"""{"fl_x": 10, "w": 4, "h": 2, "frames": [{"file_path": "a", "transform_matrix": {{Matrix}}}]}""").Trajectory[0];

        Assert.Equal(new Vector3d(0, 0, -1), pose * new Vector3d(0, 0, 1));
        Assert.Equal(new Vector3d(0, -1, 0), pose * new Vector3d(0, 1, 0));
        Assert.Equal(new Vector3d(1, 0, 0), pose * new Vector3d(1, 0, 0));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void What_is_written_is_read_back(bool sharedLens) => ForAll.Seeds(20, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random);
        RecordedIntrinsics[] lenses = [.. Enumerable.Range(0, path.Count).Select(i => Lens with { Fx = 600 + (sharedLens ? 0 : i / 3.0) })];
        RecordedTrajectory recorded = new(path, false, lenses, imageNames: [.. Enumerable.Range(0, path.Count).Select(i => $"images/{i} \"ü\".png")]);
        using MemoryStream stream = new();

        NerfstudioFormat.Write(stream, recorded);

        stream.Position = 0;
        RecordedTrajectory back = NerfstudioFormat.Read(stream, "memory");
        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(back.Trajectory), 4e-15);
        Assert.Equal(recorded.Intrinsics, back.Intrinsics);
        Assert.Equal(recorded.ImageNames, back.ImageNames);
        Assert.False(stream.ToArray().Contains((byte)'\r'));
    });

    [Fact]
    public void Lenses_that_cannot_be_written_are_refused()
    {
        CameraTrajectory path = new([SE3.Identity]);

        Assert.Contains("the trajectory has none", Refusal(new RecordedTrajectory(path, false)), StringComparison.Ordinal);
        Assert.Contains("is distorted", Refusal(new RecordedTrajectory(path, false, [Lens with { HasDistortion = true }])), StringComparison.Ordinal);
        Assert.Contains("image of unknown size", Refusal(new RecordedTrajectory(path, false, [new(1, 1, 0.5, 0.5) { IsNormalised = true }])), StringComparison.Ordinal);

        static string Refusal(RecordedTrajectory recorded) => Assert.Throws<ArgumentException>(() => NerfstudioFormat.Write(Stream.Null, recorded)).Message;
    }

    [Theory]
    [InlineData("bad_no_focal.json", "frame 0: no focal length, expected fl_x, or camera_angle_x and w, in the frame or for the whole file")]
    [InlineData("bad_no_frames.json", "no frames, expected an object with frames, each with file_path and transform_matrix")]
    [InlineData("bad_no_matrix.json", "frame 0 has no transform_matrix, expected an object with frames")]
    public void Broken_files_are_refused(string file, string problem)
    {
        string path = FormatFixture.Path("nerfstudio", file);

        FormatFixture.AssertRefused(path, 1, () => NerfstudioFormat.Read(path), problem);
    }

    [Theory]
    [InlineData("\"transform_matrix\": [[1,0,0,0],\n[0,1,0,0]]", 2, "transform_matrix: 2 rows, expected 3 or 4 rows of 4 numbers")]
    [InlineData("\"transform_matrix\": [[1,0,0,0],[0,1,0,0],\n[0,0,1]]", 2, "3 numbers in a row of transform_matrix, expected 4")]
    [InlineData("\"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,1,0],\n[0,0,0,2]]", 2, "transform_matrix: last row 0 0 0 2, expected 0 0 0 1")]
    [InlineData("\"transform_matrix\": [[2,0,0,0],[0,1,0,0],[0,0,1,0]]", 1, "transform_matrix: not a rotation: RᵀR differs from the identity by 3")]
    [InlineData("\"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,-1,0]]", 1, "transform_matrix: a reflection (determinant -1)")]
    [InlineData("\n\"fl_x\": -1", 2, "fl_x is -1, expected pixels above 0")]
    [InlineData("\n\"w\": 1.5", 2, "w is 1.5, expected a whole number of pixels above 0")]
    [InlineData("\n\"camera_angle_x\": 4", 2, "camera_angle_x is 4, expected radians between 0 and π")]
    [InlineData("\n\"camera_model\": 4", 2, "camera_model: a number, expected a string")]
    [InlineData("\n\"file_path\": null", 2, "file_path: null, expected a string")]
    [InlineData("\"fl_x\": 1, \"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,1,0]]", 1, "frame 0 has no file_path")]
    [InlineData("\"fl_x\": 1, \"file_path\": \"a\", \"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,1,0]]", 1, "frame 0: no principal point, expected cx and cy, or w and h")]
    [InlineData("\"camera_angle_x\": 1, \"file_path\": \"a\", \"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,1,0]]", 1, "frame 0: no focal length, expected fl_x, or camera_angle_x and w")]
    public void Broken_frames_are_refused_on_their_line(string entries, int line, string problem) =>
        FormatFixture.AssertRefused("transforms.json", line, () => Parse("{\"frames\": [{" + entries + "}]}"), problem);

    [Fact]
    public void An_applied_transform_that_scales_cannot_be_undone()
    {
        string text = $$"""
            {"fl_x": 10, "w": 4, "h": 2, "frames": [{"file_path": "a", "transform_matrix": {{Matrix}}}],
            "applied_transform": [[2,0,0,0],[0,2,0,0],[0,0,2,0]]}
            """;

        Assert.Single(NerfstudioFormat.Parse(Encoding.UTF8.GetBytes(text), "t.json").Trajectory);
        FormatFixture.AssertRefused("t.json", 2, () => NerfstudioFormat.Parse(Encoding.UTF8.GetBytes(text), "t.json", undoAppliedTransform: true), "applied_transform: not a rotation");
    }

    private static RecordedTrajectory Parse(string text) => NerfstudioFormat.Parse(Encoding.UTF8.GetBytes(text), "transforms.json");
}
