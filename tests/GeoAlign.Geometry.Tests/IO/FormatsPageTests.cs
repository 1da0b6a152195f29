using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

/// <summary>The samples of docs/formats.md are files of their formats.</summary>
public class FormatsPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs", "formats.md"));

    [Theory]
    [InlineData("TUM", TrajectoryFormat.Tum, 4)]
    [InlineData("KITTI", TrajectoryFormat.Kitti, 5)]
    [InlineData("RealEstate10K, CameraCtrl", TrajectoryFormat.RealEstate10K, 4)]
    [InlineData("ReCamMaster, MultiCamVideo: `camera_extrinsics.json`", TrajectoryFormat.ReCamMaster, 2)]
    [InlineData("nerfstudio, instant-ngp: `transforms.json`", TrajectoryFormat.Nerfstudio, 2)]
    public void A_sample_is_recognised_and_read(string heading, TrajectoryFormat format, int poses)
    {
        byte[] sample = Encoding.UTF8.GetBytes(SampleOf(heading));

        Assert.Equal(format, TrajectoryFile.Detect(sample, heading));
        Assert.Equal(poses, TrajectoryFile.Parse(sample, heading, new() { CameraId = format == TrajectoryFormat.ReCamMaster ? "cam02" : null }).Trajectory.Count);
    }

    [Fact]
    public void The_sample_of_CityWalker_ends_in_NaN()
    {
        byte[] sample = Encoding.UTF8.GetBytes(SampleOf("CityWalker"));

        Assert.Equal(3, CityWalkerFormat.Parse(sample, "page", dropNaNTail: true).Trajectory.Count);
        Assert.Throws<TrajectoryFormatException>(() => CityWalkerFormat.Parse(sample, "page"));
        Assert.Equal(TrajectoryFormat.Tum, TrajectoryFile.Detect(Encoding.UTF8.GetBytes(SampleOf("TUM")), "page"));
    }

    [Fact]
    public void The_sample_of_COLMAP_is_a_model()
    {
        string[] lines = [.. SampleOf("COLMAP").Split('\n').Select(l => l.Length > 14 ? l[14..] : "")];

        ColmapModel model = ColmapModel.ParseText(Encoding.UTF8.GetBytes(lines[0]), "cameras.txt", Encoding.UTF8.GetBytes(string.Join('\n', lines[1..])), "images.txt");

        Assert.Equal(["frame 00000.png", "frame 00001.png"], model.Images.Select(image => image.Name));
    }

    [Fact]
    public void The_sample_of_OmniWorld_is_a_split()
    {
        string sample = SampleOf("OmniWorld-Game scene folder");
        string splits = sample[sample.IndexOf('{', StringComparison.Ordinal)..sample.IndexOf("fps.txt", StringComparison.Ordinal)];
        string cameras = sample[sample.LastIndexOf('{')..];
        IReadOnlyList<long[]> frames = OmniWorldFormat.ParseSplits(Encoding.UTF8.GetBytes(splits), "split_info.json");

        RecordedTrajectory split = OmniWorldFormat.ParseCameras(Encoding.UTF8.GetBytes(cameras), "split_1.json", frames[1], framesPerSecond: 24);

        Assert.Equal([3, 4], split.FrameNumbers);
        Assert.Equal(0.1, split.Trajectory[1].Translation.Length, 1e-12);
    }

    [Fact]
    public void A_complaint_reads_as_the_page_says()
    {
        string text = string.Concat(Enumerable.Range(0, 16).Select(i => $"{i} 0 0 0 0 0 0 1\n")) + "16 0 0 0 0 0 0\n";

        TrajectoryFormatException complaint = Assert.Throws<TrajectoryFormatException>(() => TumFormat.Parse(Encoding.UTF8.GetBytes(text), "poses.tum"));

        Assert.Contains($"`{complaint.Message}`", Page, StringComparison.Ordinal);
    }

    private static string SampleOf(string heading)
    {
        string section = Page[Page.IndexOf($"## {heading}\n", StringComparison.Ordinal)..];
        return section.Split("```\n")[1];
    }
}
