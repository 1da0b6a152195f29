using System.Globalization;
using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class TumFormatTests
{
    private const string Layout = "timestamp tx ty tz qx qy qz qw";

    [Theory]
    [InlineData("valid.txt"), InlineData("valid_bom.txt")]
    public void Valid_files_give_the_golden_poses_and_times(string file)
    {
        CameraTrajectory path = TumFormat.Read(FormatFixture.Path("tum", file));

        FormatFixture.AssertPoses("tum.c2w", path);
        Assert.Equal(FormatFixture.Expected["tum.timestamp"].Values, path.TimestampsSeconds.ToArray());
    }

    [Fact]
    public void Quaternions_of_any_length_are_normalised()
    {
        CameraTrajectory path = TumFormat.Read(FormatFixture.Path("tum", "valid_unnormalised_quat.txt"));

        Assert.Equal(SO3.Identity, path[0].Rotation);
        Assert.Equal(0.02 / 2, Math.Tan(path[1].Rotation.Log().Length / 2), 1e-15);
        Assert.Equal(new Vector3d(1, 2, 3), path[1].Translation);
    }

    [Fact]
    public void Carriage_returns_comments_blank_lines_and_runs_of_blanks_are_accepted()
    {
        CameraTrajectory path = Parse("# a comment\r\n\r\n  0 \t1  2 3   0 0 0 1  \r\n#\r\n1 4 5 6 0 0 1 0");

        Assert.Equal([0, 1], path.TimestampsSeconds.ToArray());
        Assert.Equal(new Vector3d(4, 5, 6), path[1].Translation);
        Assert.Equal(1, Math.Abs(path[1].Rotation.Z));
    }

    [Fact]
    public void Numbers_are_read_as_the_runtime_reads_them()
    {
        Random random = new(7);
        List<string> tokens = ["0", "-0", "+1.5", "1e-7", "-1.25E+3", ".5", "5.", "9007199254740993", "0.1", "123456789012345678", "1234567890123456789", "8.41e-322", "0.00000000000000000000000000012345"];
        for (int i = 0; i < 20_000; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 8));
            int digits = random.Next(1, 18);
            tokens.Add(value.ToString("G" + digits, CultureInfo.InvariantCulture));
            tokens.Add(value.ToString("F" + random.Next(0, 18), CultureInfo.InvariantCulture));
        }

        // halfway between two doubles, and next to it
        for (int i = 0; i < 2000; i++)
        {
            long odd = (1L << 53) + 2 * random.Next() + 1;
            tokens.Add(odd.ToString(CultureInfo.InvariantCulture));
            tokens.Add(odd.ToString(CultureInfo.InvariantCulture) + ".01");
            tokens.Add(odd.ToString(CultureInfo.InvariantCulture) + ".5e-3");
        }

        foreach (string token in tokens)
        {
            double read = Parse($"0 {token} 0 0 0 0 0 1")[0].Translation.X;

            double expected = double.Parse(token, CultureInfo.InvariantCulture);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(read), $"{token} is read as {read:G17}, expected {expected:G17}");
        }
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_last_bit() => ForAll.Seeds(50, random =>
    {
        CameraTrajectory path = RandomPaths.Next(random, withTimes: true);
        using MemoryStream stream = new();

        TumFormat.Write(stream, path);

        CameraTrajectory back = TumFormat.Parse(stream.ToArray(), "memory");
        Assert.Equal(path.TimestampsSeconds.ToArray(), back.TimestampsSeconds.ToArray());
        for (int i = 0; i < path.Count; i++)
        {
            Assert.Equal(path[i].Translation, back[i].Translation);
            Assert.True(SO3.GeodesicDistance(path[i].Rotation, back[i].Rotation) < 1e-15);
        }
    });

    [Fact]
    public void Files_are_written_with_line_feeds_and_no_byte_order_mark()
    {
        using ScratchFolder folder = new();
        string file = folder["poses.tum"];

        TumFormat.Write(file, new CameraTrajectory([new(SO3.Identity, new(0.1, 2, 3))], [0.25]));

        Assert.Equal("# timestamp tx ty tz qx qy qz qw\n0.25 0.10000000000000001 2 3 0 0 0 1\n", Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }

    [Fact]
    public void A_path_without_times_is_not_written()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => TumFormat.Write(Stream.Null, new CameraTrajectory([SE3.Identity])));

        Assert.Contains("TUM rows begin with a time stamp; the trajectory has none.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad_7_columns.txt", 3, $"7 values, expected 8 ({Layout}) separated by blanks")]
    [InlineData("bad_comma_separated.txt", 2, $"1 values, expected 8 ({Layout}) separated by blanks")]
    [InlineData("bad_duplicate_timestamp.txt", 2, "time stamp 0 after 0, expected strictly increasing times")]
    [InlineData("bad_empty.txt", 1, $"no pose, expected rows of 8 numbers ({Layout})")]
    [InlineData("bad_zero_quat.txt", 1, "quaternion of length 0, expected a unit quaternion (at least 1E-06) in qx qy qz qw")]
    public void Broken_files_are_refused(string file, int line, string problem)
    {
        string path = FormatFixture.Path("tum", file);

        FormatFixture.AssertRefused(path, line, () => TumFormat.Read(path), problem);
    }

    [Theory]
    [InlineData("0 nan 0 0 0 0 0 1", 1, "'nan' is not finite, expected 8 finite numbers")]
    [InlineData("0 0 0 0 0 0 0 1\n1 0 -Infinity 0 0 0 0 1", 2, "'-Infinity' is not finite")]
    [InlineData("0 0 1e999 0 0 0 0 1", 1, "'1e999' is not finite")]
    [InlineData("0 0 1e101 0 0 0 0 1", 1, "'1e101' is beyond 1e100")]
    [InlineData("\n\n0 0 1,5 0 0 0 0 1", 3, "'1,5' is not a number")]
    [InlineData("0 0 0 0 0 0 0 1 0", 1, "9 values, expected 8")]
    [InlineData("0 0 0 0 0 0 1e-7 0", 1, "quaternion of length 1E-07")]
    [InlineData("1 0 0 0 0 0 0 1\n0.5 0 0 0 0 0 0 1", 2, "time stamp 0.5 after 1")]
    [InlineData("# only a comment\n\n", 2, "no pose")]
    public void Broken_rows_are_refused_on_their_line(string text, int line, string problem) =>
        FormatFixture.AssertRefused("poses.txt", line, () => Parse(text), problem, "expected");

    private static CameraTrajectory Parse(string text) => TumFormat.Parse(Encoding.UTF8.GetBytes(text), "poses.txt");
}
