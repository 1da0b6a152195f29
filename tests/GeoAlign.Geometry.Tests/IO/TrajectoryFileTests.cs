using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class TrajectoryFileTests
{
    private static readonly RecordedIntrinsics Lens = new(600, 600, 416, 240) { WidthPixels = 832, HeightPixels = 480 };

    [Theory]
    [InlineData("tum/valid.txt", TrajectoryFormat.Tum, "tum.c2w")]
    [InlineData("tum/valid_bom.txt", TrajectoryFormat.Tum, "tum.c2w")]
    [InlineData("kitti/valid.txt", TrajectoryFormat.Kitti, "kitti.c2w")]
    [InlineData("realestate10k/valid.txt", TrajectoryFormat.RealEstate10K, "re10k.c2w")]
    [InlineData("realestate10k/valid_crlf_trailing_space.txt", TrajectoryFormat.RealEstate10K, "re10k.c2w")]
    [InlineData("colmap/valid/images.txt", TrajectoryFormat.ColmapText, "colmap.c2w_by_image_id")]
    [InlineData("nerfstudio/valid.json", TrajectoryFormat.Nerfstudio, "nerfstudio.c2w_opencv")]
    [InlineData("nerfstudio/valid_per_frame_intrinsics.json", TrajectoryFormat.Nerfstudio, "nerfstudio.c2w_opencv")]
    [InlineData("vipe/valid_compressed_f64.npz", TrajectoryFormat.Vipe, "vipe.c2w_f64")]
    [InlineData("vipe/valid_fortran_order.npz", TrajectoryFormat.Vipe, "vipe.c2w_f64")]
    public void Formats_are_recognised_by_content_and_read(string file, TrajectoryFormat format, string tensor)
    {
        string path = FormatFixture.Path(file.Split('/'));

        Assert.Equal(format, TrajectoryFile.Detect(path));
        FormatFixture.AssertPoses(tensor, TrajectoryFile.Read(path).Trajectory);
    }

    [Fact]
    public void A_camera_is_chosen_by_name()
    {
        string path = FormatFixture.Path("recammaster", "valid.json");

        CameraTrajectory second = TrajectoryFile.Read(path, new() { CameraId = "cam02" }).Trajectory;

        Assert.Equal(TrajectoryFormat.ReCamMaster, TrajectoryFile.Detect(path));
        FormatFixture.AssertPoses("recammaster.cam02.rel_c2w", second.RelativeToFirst());
        Assert.Contains("holds the cameras cam01, cam02; choose one by CameraId", Assert.Throws<ArgumentException>(() => TrajectoryFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_is_chosen_by_number()
    {
        string info = FormatFixture.Path("omniworld", "b0000000000a", "split_info.json"), folder = Path.GetDirectoryName(info)!;

        Assert.Equal(TrajectoryFormat.OmniWorld, TrajectoryFile.Detect(info));
        Assert.Equal(TrajectoryFormat.OmniWorld, TrajectoryFile.Detect(folder));
        FormatFixture.AssertPoses("omniworld.split1.c2w", TrajectoryFile.Read(folder, new() { Split = 1 }).Trajectory);
        FormatFixture.AssertPoses("omniworld.split0.c2w", TrajectoryFile.Read(info, new() { Split = 0 }).Trajectory);
        Assert.Contains("lists splits 0 to 1; choose one by Split", Assert.Throws<ArgumentException>(() => TrajectoryFile.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Colmap_folders_are_recognised_in_both_forms()
    {
        string folder = Path.GetDirectoryName(FormatFixture.Path("colmap", "valid", "images.txt"))!;
        using ScratchFolder scratch = new();
        ColmapModel.Read(folder).WriteBinary(scratch["model"]);

        Assert.Equal(TrajectoryFormat.ColmapText, TrajectoryFile.Detect(folder));
        Assert.Equal(TrajectoryFormat.ColmapBinary, TrajectoryFile.Detect(scratch["model"]));
        Assert.Equal(TrajectoryFormat.ColmapBinary, TrajectoryFile.Detect(scratch["model/images.bin"]));
        FormatFixture.AssertPoses("colmap.c2w_by_image_id", TrajectoryFile.Read(scratch["model/images.bin"]).Trajectory);
        Assert.Equal("frame 00004.png", TrajectoryFile.Read(folder, new() { ColmapOrder = ColmapOrder.Name }).ImageNames[4]);
    }

    [Fact]
    public void Options_reach_their_formats()
    {
        FormatFixture.AssertPoses("nerfstudio.c2w_opencv",
            TrajectoryFile.Read(FormatFixture.Path("nerfstudio", "valid_applied_transform.json"), new() { UndoAppliedTransform = true }).Trajectory);
        string citywalker = FormatFixture.Path("citywalker", "valid_with_nan_tail.txt");
        Assert.Equal(5, TrajectoryFile.Read(citywalker, new() { DropNaNTail = true }).Trajectory.Count);
        Assert.False(TrajectoryFile.Read(citywalker, new() { DropNaNTail = true, Format = TrajectoryFormat.CityWalker }).HasMetricScale);
        Assert.Throws<TrajectoryFormatException>(() => TrajectoryFile.Read(citywalker));
    }

    [Theory]
    [InlineData(TrajectoryFormat.Tum), InlineData(TrajectoryFormat.Kitti), InlineData(TrajectoryFormat.RealEstate10K), InlineData(TrajectoryFormat.ReCamMaster)]
    [InlineData(TrajectoryFormat.OmniWorld), InlineData(TrajectoryFormat.ColmapText), InlineData(TrajectoryFormat.ColmapBinary)]
    [InlineData(TrajectoryFormat.Nerfstudio), InlineData(TrajectoryFormat.Vipe), InlineData(TrajectoryFormat.Numpy)]
    public void Every_written_format_is_recognised_and_read_back(TrajectoryFormat format) => ForAll.Seeds(10, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random, withTimes: true);
        RecordedIntrinsics lens = format == TrajectoryFormat.OmniWorld ? Lens with { WidthPixels = null, HeightPixels = null } : Lens;
        RecordedTrajectory recorded = new(path, true, [.. Enumerable.Repeat(lens, path.Count)]) { Source = "https://example.org/v" };
        using ScratchFolder scratch = new();
        string target = scratch["written"];

        TrajectoryFile.Write(target, recorded, format);

        Assert.Equal(format, TrajectoryFile.Detect(target));
        RecordedTrajectory back = TrajectoryFile.Read(target);

        // positions reach 100 m; formats that store the inverse rotate them twice: at most 45 roundings of 100·2⁻⁵³
        Near.Equal(FormatFixture.Matrices(path), FormatFixture.Matrices(back.Trajectory), 5e-13);
    });

    [Theory]
    [InlineData("TUM", TrajectoryFormat.Tum, 4)]
    [InlineData("KITTI", TrajectoryFormat.Kitti, 5)]
    [InlineData("RealEstate10K, CameraCtrl", TrajectoryFormat.RealEstate10K, 4)]
    [InlineData("CityWalker", TrajectoryFormat.Tum, 3)]
    [InlineData("ReCamMaster, MultiCamVideo: `camera_extrinsics.json`", TrajectoryFormat.ReCamMaster, 2)]
    [InlineData("nerfstudio, instant-ngp: `transforms.json`", TrajectoryFormat.Nerfstudio, 2)]
    public void The_examples_of_the_manual_are_read(string heading, TrajectoryFormat format, int count)
    {
        string manual = File.ReadAllText(Repository.File("docs", "formats.md"));
        string section = manual[manual.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..];
        byte[] example = Encoding.UTF8.GetBytes(section.Split("```")[1].TrimStart('\n'));

        Assert.Equal(format, TrajectoryFile.Detect(example, heading));
        Assert.Equal(count, TrajectoryFile.Parse(example, heading, new() { CameraId = "cam02", DropNaNTail = true }).Trajectory.Count);
    }

    [Fact]
    public void Streams_and_bytes_are_read_as_files_are()
    {
        byte[] bytes = File.ReadAllBytes(FormatFixture.Path("kitti", "valid.txt"));
        using MemoryStream stream = new(bytes);

        FormatFixture.AssertPoses("kitti.c2w", TrajectoryFile.Read(stream, "stream").Trajectory);
        FormatFixture.AssertPoses("kitti.c2w", TrajectoryFile.Parse(bytes, "bytes").Trajectory);
        Assert.Equal(TrajectoryFormat.Kitti, TrajectoryFile.Detect(bytes, "bytes"));
    }

    [Fact]
    public void Formats_of_several_files_are_not_read_from_one()
    {
        byte[] splits = File.ReadAllBytes(FormatFixture.Path("omniworld", "b0000000000a", "split_info.json"));

        Assert.Contains("spreads over several files; read it from its folder", Assert.Throws<NotSupportedException>(() => TrajectoryFile.Parse(splits, "split_info.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_that_are_only_read_are_not_written() =>
        Assert.Throws<NotSupportedException>(() => TrajectoryFile.Write("nowhere", new CameraTrajectory([SE3.Identity]), TrajectoryFormat.CityWalker));

    [Theory]
    [InlineData("", 1, "no rows, expected rows of 8 numbers (TUM), 12 (KITTI), or a URL and rows of 19 (RealEstate10K)")]
    [InlineData("# note\n\n1 2 3\n", 3, "'1 2 3' begins text of no known format")]
    [InlineData("https://x\n1 2 3\n", 1, "'https://x' begins text of no known format")]
    [InlineData("{\n\"a\": [1, {}]}", 2, "JSON of no known format, expected frames (nerfstudio), frame0, frame1, … (ReCamMaster) or split (OmniWorld)")]
    [InlineData("{\"quats\": []}", 1, "the cameras of one OmniWorld split, expected its scene folder")]
    [InlineData("{", 1, "not valid JSON")]
    public void Unknown_content_is_refused(string text, int line, string problem) =>
        FormatFixture.AssertRefused("x", line, () => TrajectoryFile.Detect(Encoding.UTF8.GetBytes(text), "x"), problem);

    [Fact]
    public void An_unknown_folder_is_refused_and_a_missing_file_is_not_found()
    {
        using ScratchFolder scratch = new();

        FormatFixture.AssertRefused(scratch["."], 0, () => TrajectoryFile.Detect(scratch["."]), "a folder of no known format, expected images.bin or images.txt (COLMAP) or split_info.json (OmniWorld)");
        Assert.Throws<FileNotFoundException>(() => TrajectoryFile.Read(scratch["nothing.txt"]));
    }
}
