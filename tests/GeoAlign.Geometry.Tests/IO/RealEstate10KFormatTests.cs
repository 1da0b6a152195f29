using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class RealEstate10KFormatTests
{
    [Theory]
    [InlineData("valid.txt"), InlineData("valid_crlf_trailing_space.txt")]
    public void Valid_files_give_camera_to_world_poses_times_and_intrinsics(string file)
    {
        RecordedTrajectory recorded = RealEstate10KFormat.Read(FormatFixture.Path("realestate10k", file));

        FormatFixture.AssertPoses("re10k.c2w", recorded.Trajectory);
        FormatFixture.AssertPoses("re10k.w2c", recorded.Trajectory.Select(pose => pose.Inverse()));
        Assert.Equal(FormatFixture.Expected["re10k.timestamp_us"].Values.Select(us => us / 1e6), recorded.Trajectory.TimestampsSeconds.ToArray());
        double[] k = FormatFixture.Expected["re10k.intrinsics_norm"].Values;
        Assert.Equal(Enumerable.Repeat(new RecordedIntrinsics(k[0], k[1], k[2], k[3]) { IsNormalised = true }, 5), recorded.Intrinsics);
        Assert.Equal("https://www.youtube.com/watch?v=AAAAAAAAAAA", recorded.Source);
        Assert.False(recorded.HasMetricScale);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        RecordedTrajectory recorded = RealEstate10KFormat.Read(FormatFixture.Path("realestate10k", "valid.txt"));
        using ScratchFolder folder = new();
        string file = folder["clip.txt"];

        RealEstate10KFormat.Write(file, recorded);

        RecordedTrajectory back = RealEstate10KFormat.Read(file);
        Near.Equal(FormatFixture.Matrices(recorded.Trajectory), FormatFixture.Matrices(back.Trajectory), 2e-15);
        Assert.Equal(recorded.Trajectory.TimestampsSeconds.ToArray(), back.Trajectory.TimestampsSeconds.ToArray());
        Assert.Equal(recorded.Intrinsics, back.Intrinsics);
        Assert.Equal(recorded.Source, back.Source);
        Assert.StartsWith("https://www.youtube.com/watch?v=AAAAAAAAAAA\n158692025 0.47481246", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("two\nlines"), InlineData("17 a number"), InlineData(" blank first")]
    public void A_source_that_is_no_url_line_is_not_written(string source)
    {
        RecordedIntrinsics k = new(0.5, 0.5, 0.5, 0.5) { IsNormalised = true };
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity], [1]), false, [k]) { Source = source };

        Assert.Throws<ArgumentException>(() => RealEstate10KFormat.Write(Stream.Null, recorded));
    }

    [Fact]
    public void Pixels_of_an_image_of_unknown_size_are_not_written_and_no_file_is_begun()
    {
        using ScratchFolder folder = new();
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity], [1]), false, [new(600, 600, 416, 240)]) { Source = "https://x" };

        Assert.Throws<ArgumentException>(() => RealEstate10KFormat.Write(folder["clip.txt"], recorded));

        Assert.False(File.Exists(folder["clip.txt"]));
    }

    [Fact]
    public void Times_closer_than_a_microsecond_are_not_written()
    {
        RecordedIntrinsics k = new(0.5, 0.5, 0.5, 0.5) { IsNormalised = true };
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity, SE3.Identity], [1, 1.0000001]), false, [k, k]) { Source = "https://x" };

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => RealEstate10KFormat.Write(Stream.Null, recorded));

        Assert.Contains("Time stamp 1 is not a new whole number of microseconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distorted_lens_is_not_written_as_a_pinhole()
    {
        RecordedIntrinsics k = new(0.5, 0.5, 0.5, 0.5) { IsNormalised = true };
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity, SE3.Identity], [1, 2]), false, [k, k with { HasDistortion = true }]) { Source = "https://x" };

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => RealEstate10KFormat.Write(Stream.Null, recorded));

        Assert.Contains("is distorted", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad_18_columns.txt", 3, "18 values, expected 19 (timestamp_us fx fy cx cy 0 0 r00 r01 r02 tx r10 … tz)")]
    [InlineData("bad_no_url_line.txt", 1, "expected the video's URL on the first line")]
    [InlineData("bad_number.txt", 2, "'0.47x' is not a number, expected 19 finite numbers")]
    [InlineData("bad_only_url.txt", 1, "no pose, expected rows of 19 numbers")]
    [InlineData("bad_timestamps_decrease.txt", 3, "time stamp 158692025 is not above the one before, expected strictly increasing times")]
    public void Broken_files_are_refused(string file, int line, string problem)
    {
        string path = FormatFixture.Path("realestate10k", file);

        FormatFixture.AssertRefused(path, line, () => RealEstate10KFormat.Read(path), problem);
    }

    [Theory]
    [InlineData("", 1, "an empty line, expected the video's URL")]
    [InlineData("url\n0.5 1 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0", 2, "time stamp 0.5, expected whole microseconds")]
    [InlineData("url\n0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0", 2, "a focal length that is not positive, expected fractions of the image size")]
    [InlineData("url\n0 1 1 0 0 0 0 2 0 0 0 0 1 0 0 0 0 1 0", 2, "not a rotation")]
    public void Broken_rows_are_refused_on_their_line(string text, int line, string problem) =>
        FormatFixture.AssertRefused("x.txt", line, () => RealEstate10KFormat.Parse(Encoding.UTF8.GetBytes(text), "x.txt"), problem);
}
