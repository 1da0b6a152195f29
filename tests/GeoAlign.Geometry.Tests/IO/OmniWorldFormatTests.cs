using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class OmniWorldFormatTests
{
    private static readonly string Scene = Path.GetDirectoryName(FormatFixture.Path("omniworld", "b0000000000a", "split_info.json"))!;

    [Theory]
    [InlineData(0), InlineData(1)]
    public void Splits_give_camera_to_world_poses_focals_and_frames(int split)
    {
        RecordedTrajectory recorded = OmniWorldFormat.Read(Scene, split);

        string prefix = $"omniworld.split{split}.";
        FormatFixture.AssertPoses(prefix + "c2w", recorded.Trajectory);
        FormatFixture.AssertPoses(prefix + "w2c", recorded.Trajectory.Select(pose => pose.Inverse()));
        FormatFixture.AssertPoses(prefix + "rel_c2w", recorded.Trajectory.RelativeToFirst());
        Assert.Equal(FormatFixture.Expected[prefix + "fx_cx_cy"].Values, recorded.Intrinsics.SelectMany(k => (double[])[k.Fx, k.Cx, k.Cy]));
        Assert.All(recorded.Intrinsics, k => Assert.Equal(k.Fx, k.Fy));
        Assert.Equal(FormatFixture.Expected[prefix + "frame_ids"].Integers(), recorded.FrameNumbers);
        Assert.Equal(recorded.FrameNumbers.Select(frame => frame / 24.0), recorded.Trajectory.TimestampsSeconds.ToArray());
        Assert.False(recorded.HasMetricScale);
    }

    [Fact]
    public void Quaternions_of_length_two_and_lists_of_principal_points_give_the_same_poses()
    {
        string folder = Path.GetDirectoryName(FormatFixture.Path("omniworld", "valid_unnormalised_quats_list_cxcy", "split_info.json"))!;

        RecordedTrajectory recorded = OmniWorldFormat.Read(folder, 0);

        FormatFixture.AssertPoses("omniworld.split0.c2w", recorded.Trajectory);
        Assert.Equal(FormatFixture.Expected["omniworld.split0.fx_cx_cy"].Values, recorded.Intrinsics.SelectMany(k => (double[])[k.Fx, k.Cx, k.Cy]));
        Assert.False(recorded.Trajectory.HasTimestamps);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        RecordedTrajectory[] splits = [OmniWorldFormat.Read(Scene, 0), OmniWorldFormat.Read(Scene, 1)];
        using ScratchFolder folder = new();

        OmniWorldFormat.Write(folder["scene"], splits);

        for (int k = 0; k < 2; k++)
        {
            RecordedTrajectory back = OmniWorldFormat.Read(folder["scene"], k);
            Near.Equal(FormatFixture.Matrices(splits[k].Trajectory), FormatFixture.Matrices(back.Trajectory), 4e-15);
            Assert.Equal(splits[k].Intrinsics, back.Intrinsics);
            Assert.Equal(splits[k].FrameNumbers, back.FrameNumbers);
        }
    }

    [Fact]
    public void Two_focal_lengths_are_not_written()
    {
        RecordedTrajectory recorded = new(new CameraTrajectory([SE3.Identity]), false, [new(600, 601, 1, 1)]);

        Assert.Contains("one focal length in pixels (fx = fy)", Assert.Throws<ArgumentException>(() => OmniWorldFormat.Write("nowhere", [recorded])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad_len_mismatch", "4 quats, expected 5 as the split has frames")]
    [InlineData("bad_missing_focals", "no focals, expected an object with focals, cx, cy, quats and trans")]
    [InlineData("bad_nan", "'NaN' is not finite, expected a finite number")]
    [InlineData("bad_zero_quat", "quats: quaternion of length 0, expected a unit quaternion (at least 1E-06) (w x y z) at entry 0")]
    public void Broken_cameras_are_refused(string scene, string problem)
    {
        string path = FormatFixture.Path("omniworld", scene, "camera", "split_0.json");

        FormatFixture.AssertRefused(path, 1, () => OmniWorldFormat.Read(Path.GetDirectoryName(Path.GetDirectoryName(path))!, 0), problem);
    }

    [Fact]
    public void A_missing_split_file_is_named()
    {
        string folder = Path.GetDirectoryName(FormatFixture.Path("omniworld", "bad_no_split_file", "split_info.json"))!;

        FormatFixture.AssertRefused(Path.Combine(folder, "camera", "split_0.json"), 0, () => OmniWorldFormat.Read(folder, 0), "no such file, expected the cameras of split 0: split_info.json lists 2 splits");
    }

    [Fact]
    public void A_split_beyond_the_last_is_out_of_range() =>
        Assert.Contains("lists splits 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => OmniWorldFormat.Read(Scene, 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n\"split_num\": 2}", 2, "no split, expected an object with split")]
    [InlineData("{\"split\":\n[]}", 2, "no splits, expected at least one list")]
    [InlineData("{\"split\": [\n[]]}", 2, "split 0 is empty, expected frame numbers")]
    [InlineData("{\"split\": [[0, 1],\n[2,\n2]]}", 3, "frame 2 in split 1, expected increasing whole numbers from 0")]
    [InlineData("{\"split\": [[0.5]]}", 1, "frame 0.5 in split 0, expected increasing whole numbers from 0")]
    [InlineData("{\"split\": [3]}", 1, "split 0: a number, expected a list of frame numbers")]
    [InlineData("{\"split\": [[1]], \"split\": [[1]]}", 1, "'split' again, expected it once")]
    [InlineData("{\"split\": [[1]]}\n}", 2, "not valid JSON")]
    public void Broken_split_lists_are_refused_on_their_line(string text, int line, string problem) =>
        FormatFixture.AssertRefused("split_info.json", line, () => OmniWorldFormat.ParseSplits(Encoding.UTF8.GetBytes(text), "split_info.json"), problem);

    [Theory]
    [InlineData("\"focals\": [1,\n0]", 2, "focals: entry 1 is not positive, expected pixels above 0")]
    [InlineData("\"focals\": [1, 2, 3]", 1, "3 focals, expected 2 as the split has frames")]
    [InlineData("\"cx\": [1]", 1, "1 cx, expected 2 as the split has frames")]
    [InlineData("\"cx\": \"1\"", 1, "cx: a string, expected a number")]
    [InlineData("\"quats\": [\n[1, 0, 0]]", 2, "3 numbers in a quaternion of quats (w x y z), expected 4")]
    [InlineData("\"trans\": [[1, 0, 0, 0]]", 1, "4 numbers in a translation of trans, expected 3")]
    [InlineData("\"trans\": [[1, 0, 1e300]]", 1, "a translation of trans: '1e300' is beyond 1e100, expected a finite number")]
    [InlineData("\"trans\": 5", 1, "a number, expected trans as a list of translations")]
    public void Broken_values_are_refused_on_their_line(string entry, int line, string problem) =>
        FormatFixture.AssertRefused("split_0.json", line, () => OmniWorldFormat.ParseCameras(Encoding.UTF8.GetBytes("{" + entry + "}"), "split_0.json", [0, 1]), problem);
}
