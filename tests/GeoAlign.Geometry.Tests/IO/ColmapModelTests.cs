using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class ColmapModelTests
{
    private const string OneCamera = "1 PINHOLE 832 480 600 601 416 240\n";

    [Fact]
    public void A_valid_text_model_gives_the_golden_poses_by_image_number()
    {
        ColmapModel model = ColmapModel.Read(FormatFixture.Path("colmap", "valid", "images.txt")[..^"images.txt".Length]);

        FormatFixture.AssertPoses("colmap.c2w_by_image_id", model.Images.Select(image => image.CameraToWorld));
        FormatFixture.AssertPoses("colmap.w2c_by_image_id", model.Images.Select(image => image.CameraToWorld.Inverse()));
        Assert.Equal([1u, 2, 3, 4, 5], model.Images.Select(image => image.Id));
        Assert.Equal("frame 00000.png", model.Images[0].Name);
        Assert.Equal([1u, 2, 7], model.Cameras.Keys.Order().ToArray());
        Assert.Equal(new RecordedIntrinsics(600.5, 601.5, 416, 240) { WidthPixels = 832, HeightPixels = 480 }, model.Cameras[1].Intrinsics);
        Assert.Equal(new RecordedIntrinsics(600, 600, 416, 240) { WidthPixels = 832, HeightPixels = 480 }, model.Cameras[2].Intrinsics);
        Assert.Equal(new RecordedIntrinsics(900, 901, 640, 360) { WidthPixels = 1280, HeightPixels = 720, HasDistortion = true }, model.Cameras[7].Intrinsics);
        Assert.Equal([900, 901, 640, 360, 0.01, -0.02, 0.001, 0.0005], model.Cameras[7].Parameters.ToArray());
    }

    [Fact]
    public void Images_become_a_path_in_the_order_of_their_numbers_or_names()
    {
        ColmapModel model = Parse(OneCamera, "3 1 0 0 0 -3 0 0 1 b.png\n\n7 1 0 0 0 -7 0 0 1 a.png\n1 2 3\n5 1 0 0 0 -5 0 0 1 c.png\n");

        RecordedTrajectory byId = model.ToTrajectory(), byName = model.ToTrajectory(ColmapOrder.Name);

        Assert.Equal([3, 5, 7], byId.Trajectory.Select(pose => pose.Translation.X));
        Assert.Equal(["b.png", "c.png", "a.png"], byId.ImageNames);
        Assert.Equal([7, 3, 5], byName.Trajectory.Select(pose => pose.Translation.X));
        Assert.Equal(["a.png", "b.png", "c.png"], byName.ImageNames);
        Assert.False(byId.HasMetricScale);
    }

    [Theory]
    [InlineData("2 SIMPLE_RADIAL 10 20 5 1 2 0", 5, 5, false)]
    [InlineData("2 RADIAL 10 20 5 1 2 0 1", 5, 5, true)]
    [InlineData("2 FULL_OPENCV 10 20 5 6 1 2 0 0 0 0 0 0 0 0", 5, 6, false)]
    [InlineData("2 FOV 10 20 5 6 1 2 0", 5, 6, true)]
    [InlineData("2 RADIAL_FISHEYE 10 20 5 1 2 0 0", 5, 5, true)]
    [InlineData("2 THIN_PRISM_FISHEYE 10 20 5 6 1 2 0 0 0 0 0 0 0 0", 5, 6, true)]
    public void Every_camera_model_gives_its_focal_lengths_and_principal_point(string row, double fx, double fy, bool distorted)
    {
        ColmapModel model = Parse(row, "1 1 0 0 0 0 0 0 2 a");

        Assert.Equal(new RecordedIntrinsics(fx, fy, 1, 2) { WidthPixels = 10, HeightPixels = 20, HasDistortion = distorted }, model.Cameras[2].Intrinsics);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void What_is_written_is_read_back(bool binary)
    {
        ColmapModel model = Parse("3 OPENCV 1280 720 900 901 640 360 0.01 -0.02 0.001 0.0005\n9 SIMPLE_PINHOLE 10 20 5 1 2\n", "8 0.5 0.5 -0.5 0.5 1 2 3 9 naïve name.png\n\n4 1 0.1 0.2 0.3 0.1 0.2 0.3 3 a.png\n\n");
        using ScratchFolder folder = new();

        if (binary) model.WriteBinary(folder["model"]);
        else model.WriteText(folder["model"]);

        ColmapModel back = ColmapModel.Read(folder["model"]);
        Assert.Equal(model.Images.Select(image => (image.Id, image.CameraId, image.Name)), back.Images.Select(image => (image.Id, image.CameraId, image.Name)));
        Near.Equal(FormatFixture.Matrices(model.Images.Select(image => image.CameraToWorld)), FormatFixture.Matrices(back.Images.Select(image => image.CameraToWorld)), 4e-15);
        foreach (uint id in model.Cameras.Keys)
        {
            Assert.Equal(model.Cameras[id].Model, back.Cameras[id].Model);
            Assert.Equal(model.Cameras[id].Parameters.ToArray(), back.Cameras[id].Parameters.ToArray());
            Assert.Equal(model.Cameras[id].Intrinsics, back.Cameras[id].Intrinsics);
        }

        Assert.True(File.Exists(folder[binary ? "model/points3D.bin" : "model/points3D.txt"]));
    }

    [Fact]
    public void Binary_files_follow_the_documented_byte_layout()
    {
        byte[] cameras = Bytes(1UL, 4u, 1, 832UL, 480UL, 600.0, 601.0, 416.0, 240.0);
        byte[] images = Bytes(1UL, 12u, 0.0, 0.0, 0.0, 2.0, 1.0, 2.0, 3.0, 4u, "a b.png", 2UL, 1.0, 2.0, ulong.MaxValue, 3.0, 4.0, 5UL);

        ColmapModel model = ColmapModel.ParseBinary(cameras, "cameras.bin", images, "images.bin");

        // a half turn about z: c2w translation = −Rᵀt = (1, 2, −3)
        Assert.Equal(new SE3(SO3.FromQuaternionWxyz(0, 0, 0, 1), new(1, 2, -3)).Translation, model.Images[0].CameraToWorld.Translation);
        Assert.Equal("a b.png", model.Images[0].Name);
        Assert.Equal(new RecordedIntrinsics(600, 601, 416, 240) { WidthPixels = 832, HeightPixels = 480 }, model.Cameras[4].Intrinsics);
    }

    [Fact]
    public void Equal_intrinsics_share_a_camera_when_a_path_becomes_a_model()
    {
        RecordedIntrinsics wide = new(0.5, 0.6, 0.5, 0.5) { IsNormalised = true, WidthPixels = 100, HeightPixels = 50 }, tele = new(90, 91, 50, 25) { WidthPixels = 100, HeightPixels = 50 };
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity, SE3.Identity, SE3.Identity]), false, [wide, tele, wide]);

        ColmapModel model = ColmapModel.From(recorded);

        Assert.Equal([1u, 2, 1], model.Images.Select(image => image.CameraId));
        Assert.Equal([50, 30, 50, 25], model.Cameras[1].Parameters.ToArray());
        Assert.Equal("frame_000002.png", model.Images[2].Name);
    }

    [Fact]
    public void Paths_that_lack_what_a_model_holds_are_not_turned_into_one()
    {
        CameraTrajectory path = new([SE3.Identity]);
        RecordedIntrinsics k = new(1, 1, 1, 1) { WidthPixels = 2, HeightPixels = 2 };

        Assert.Contains("needs intrinsics", Refusal(new RecordedTrajectory(path, false)), StringComparison.Ordinal);
        Assert.Contains("state no image size", Refusal(new RecordedTrajectory(path, false, [k with { WidthPixels = null }])), StringComparison.Ordinal);
        Assert.Contains("is distorted", Refusal(new RecordedTrajectory(path, false, [k with { HasDistortion = true }])), StringComparison.Ordinal);
        Assert.Contains("Image name ' a'", Refusal(new RecordedTrajectory(path, false, [k], imageNames: [" a"])), StringComparison.Ordinal);

        static string Refusal(RecordedTrajectory recorded) => Assert.Throws<ArgumentException>(() => ColmapModel.From(recorded)).Message;
    }

    [Theory]
    [InlineData("bad_camera_id", "images.txt", 1, "camera 9 of image 1 does not exist, expected one of 1")]
    [InlineData("bad_missing_points_line", "images.txt", 6, "is no list of points, expected the points line (X Y POINT3D_ID …, may be empty) of image 5")]
    [InlineData("bad_param_count", "cameras.txt", 1, "5 values, expected 6 (WIDTH HEIGHT and 4 parameters of PINHOLE)")]
    [InlineData("bad_unknown_model", "cameras.txt", 1, "camera model 'MAGIC', expected one of SIMPLE_PINHOLE, PINHOLE, SIMPLE_RADIAL")]
    public void Broken_folders_are_refused(string folder, string file, int line, string problem)
    {
        string path = FormatFixture.Path("colmap", folder, file);

        FormatFixture.AssertRefused(path, line, () => ColmapModel.Read(Path.GetDirectoryName(path)!), problem);
    }

    [Theory]
    [InlineData("", "no camera, expected rows ID MODEL WIDTH HEIGHT PARAMS…")]
    [InlineData("1 PINHOLE 832", "3 values, expected ID MODEL WIDTH HEIGHT PARAMS…")]
    [InlineData("-1 PINHOLE 832 480 1 1 1 1", "camera number '-1', expected a whole number from 0")]
    [InlineData("1 PINHOLE 83.5 480 1 1 1 1", "an image size that is not whole, expected pixels")]
    [InlineData("1 PINHOLE 0 480 1 1 1 1", "an image of 0×480, expected positive sizes")]
    [InlineData("1 PINHOLE 10 480 1 0 1 1", "a focal length that is not positive, expected pixels above 0")]
    [InlineData("1 PINHOLE 10 480 1 nan 1 1", "'nan' is not finite")]
    [InlineData("1 PINHOLE 10 480 1 1 1 1\n1 PINHOLE 10 480 1 1 1 1", "camera 1 again, expected each number once")]
    public void Broken_camera_rows_are_refused(string text, string problem) =>
        FormatFixture.AssertRefused("cameras.txt", Math.Max(1, text.Split('\n').Length), () => Parse(text, ""), problem);

    [Theory]
    [InlineData("", 1, "no image, expected two lines per image")]
    [InlineData("1 1 0 0 0 0 0 0 1", 1, "9 values, expected an image line (ID QW QX QY QZ TX TY TZ CAMERA_ID NAME)")]
    [InlineData("1 0 0 0 0 0 0 0 1 a", 1, "quaternion of length 0, expected a unit quaternion (at least 1E-06) in QW QX QY QZ")]
    [InlineData("1 1 0 0 0 0 0 x 1 a", 1, "'x' is not a number, expected an image line")]
    [InlineData("# c\n1 1 0 0 0 0 0 0 1 a\n\n1 1 0 0 0 0 0 0 1 a\n", 4, "image 1 again, expected each number once")]
    [InlineData("1 1 0 0 0 0 0 0 1 a\n1 2\n", 2, "'1 2' is no list of points")]
    [InlineData("1 1 0 0 0 0 0 0 1 a\n1 2 3.5\n", 2, "'1 2 3.5' is no list of points")]
    [InlineData("1 1 0 0 0 0 0 0 1 a\n2 1 0 0 0 0 0 0 1 frame 0001 b.png\n", 2, "is no list of points")]
    public void Broken_image_rows_are_refused(string text, int line, string problem) =>
        FormatFixture.AssertRefused("images.txt", line, () => Parse(OneCamera, text), problem);

    [Fact]
    public void A_cut_binary_file_is_refused_wherever_it_ends()
    {
        byte[] cameras = Bytes(1UL, 4u, 1, 832UL, 480UL, 600.0, 601.0, 416.0, 240.0);
        byte[] images = Bytes(1UL, 12u, 0.0, 0.0, 0.0, 2.0, 1.0, 2.0, 3.0, 4u, "a.png", 1UL, 1.0, 2.0, 7UL);

        for (int length = 0; length < cameras.Length; length++)
            FormatFixture.AssertRefused("c", 0, () => ColmapModel.ParseBinary(cameras.AsSpan(0, length), "c", images, "i"), "at byte ", "expected");
        for (int length = 0; length < images.Length; length++)
            FormatFixture.AssertRefused("i", 0, () => ColmapModel.ParseBinary(cameras, "c", images.AsSpan(0, length), "i"), "at byte ", "expected");
        FormatFixture.AssertRefused("i", 0, () => ColmapModel.ParseBinary(cameras, "c", [.. images, 0], "i"), "1 bytes after the last image, expected the end of the file");
    }

    [Fact]
    public void A_binary_count_that_the_file_cannot_hold_is_refused_before_anything_is_allocated()
    {
        byte[] cameras = Bytes(ulong.MaxValue, 4u, 1, 832UL, 480UL, 600.0, 601.0, 416.0, 240.0);

        FormatFixture.AssertRefused("c", 0, () => ColmapModel.ParseBinary(cameras, "c", [], "i"), "18446744073709551615 cameras announced, expected at most 1 in the 56 bytes left");
    }

    [Fact]
    public void A_folder_without_a_model_is_not_found()
    {
        using ScratchFolder folder = new();

        Assert.Contains("expected images.bin or images.txt", Assert.Throws<FileNotFoundException>(() => ColmapModel.Read(folder["."])).Message, StringComparison.Ordinal);
    }

    private static ColmapModel Parse(string cameras, string images) =>
        ColmapModel.ParseText(Encoding.UTF8.GetBytes(cameras), "cameras.txt", Encoding.UTF8.GetBytes(images), "images.txt");

    private static byte[] Bytes(params object[] values)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        foreach (object value in values)
        {
            switch (value)
            {
                case ulong v: writer.Write(v); break;
                case uint v: writer.Write(v); break;
                case int v: writer.Write(v); break;
                case double v: writer.Write(v); break;
                case string v: writer.Write(Encoding.UTF8.GetBytes(v + "\0")); break;
            }
        }

        return stream.ToArray();
    }
}
