using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class CityWalkerFormatTests
{
    [Fact]
    public void Rows_are_camera_to_world_without_metric_scale()
    {
        RecordedTrajectory recorded = CityWalkerFormat.Read(FormatFixture.Path("citywalker", "valid_pose.txt"));

        // the sample is the TUM sample in six digits
        FormatFixture.AssertPoses("tum.c2w", recorded.Trajectory, 3e-6);
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8], recorded.Trajectory.TimestampsSeconds.ToArray());
        Assert.False(recorded.HasMetricScale);
    }

    [Fact]
    public void A_NaN_tail_is_dropped_on_request()
    {
        RecordedTrajectory whole = CityWalkerFormat.Read(FormatFixture.Path("citywalker", "valid_pose.txt"));

        RecordedTrajectory cut = CityWalkerFormat.Read(FormatFixture.Path("citywalker", "valid_with_nan_tail.txt"), dropNaNTail: true);

        Assert.Equal(whole.Trajectory, cut.Trajectory);
        Assert.Equal(5, cut.Trajectory.TimestampsSeconds.Length);
    }

    [Fact]
    public void A_NaN_tail_is_refused_by_default()
    {
        string path = FormatFixture.Path("citywalker", "valid_with_nan_tail.txt");

        FormatFixture.AssertRefused(path, 6, () => CityWalkerFormat.Read(path), "'nan' is not finite, expected 8 finite numbers");
    }

    [Theory]
    [InlineData("0 1 2 3 0 0 0 1\n1 nan nan nan nan nan nan nan\n2 1 2 3 0 0 0 1", 3, "a pose after the NaN row of line 2, expected NaN rows at the end only")]
    [InlineData("0 nan nan nan nan nan nan nan", 1, "no pose, expected rows of 8 numbers")]
    [InlineData("0 inf 2 3 0 0 0 1", 1, "'inf' is not")]
    public void NaN_elsewhere_is_refused_in_any_case(string text, int line, string problem) =>
        FormatFixture.AssertRefused("pose.txt", line, () => CityWalkerFormat.Parse(Encoding.UTF8.GetBytes(text), "pose.txt", dropNaNTail: true), problem);
}
