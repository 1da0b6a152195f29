using System.Globalization;
using System.Text;

namespace GeoAlign.Geometry;

/// <summary>RealEstate10K and CameraCtrl text: the video's URL, then rows <c>timestamp_us fx fy cx cy 0 0</c> and a 3×4 matrix.</summary>
/// <remarks>
/// The matrix in the file is world-to-camera, OpenCV axes, row-major; poses given out are camera-to-world. Intrinsics are
/// fractions of the image size. The scale is that of a reconstruction, not metres.
/// </remarks>
public static class RealEstate10KFormat
{
    private const string Layout = "timestamp_us fx fy cx cy 0 0 r00 r01 r02 tx r10 … tz";
    private const string UrlExpected = "expected the video's URL on the first line";
    private const int ShortestRow = 38;                         // 19 digits, 18 blanks, a line end

    // Above, two whole microseconds could become the same number of seconds; it is the year 2041 counted from 1970.
    private const long LatestMicroseconds = 1L << 51;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">
    /// The file breaks the format; the message names file, line and what was expected.
    /// </exception>
    public static RecordedTrajectory Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a stream to its end; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static RecordedTrajectory Read(Stream stream, string name) => Parse(SourceBytes.ReadAll(stream).Span, name);

    /// <summary>Reads UTF-8 text; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> utf8, string name)
    {
        TextRows rows = new(utf8, name);
        string url = ReadUrl(ref rows);
        int capacity = Math.Min(utf8.Count((byte)'\n') + 1, utf8.Length / ShortestRow + 1);
        SE3[] poses = new SE3[capacity];
        double[] seconds = new double[capacity];
        RecordedIntrinsics[] intrinsics = new RecordedIntrinsics[capacity];
        int count = 0;
        Span<double> values = stackalloc double[19];
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            rows.ReadNumbers(row, values, Layout);
            seconds[count] = Seconds(in rows, values[0]);
            if (count > 0 && !(seconds[count] > seconds[count - 1]))
                throw rows.Broken(
                    string.Create(CultureInfo.InvariantCulture, $"time stamp {values[0]} is not above the one before, expected strictly increasing times"));
            if (!(values[1] > 0 && values[2] > 0))
                throw rows.Broken("a focal length that is not positive, expected fractions of the image size above 0 (fx fy)");
            if (FilePose.ProblemOf(values[7..], out SE3 worldToCamera) is { } problem) throw rows.Broken(problem);
            poses[count] = worldToCamera.Inverse();
            intrinsics[count++] = new(values[1], values[2], values[3], values[4]) { IsNormalised = true };
        }

        if (count == 0) throw rows.Broken($"no pose, expected rows of 19 numbers ({Layout}) after the URL");
        CameraTrajectory trajectory = new(poses.AsSpan(0, count), seconds.AsSpan(0, count));
        return new RecordedTrajectory(trajectory, hasMetricScale: false, intrinsics[..count]) { Source = url };
    }

    /// <summary>Writes a file; an existing one is replaced.</summary>
    /// <exception cref="ArgumentException">
    /// Time stamps or intrinsics are missing, times are negative or closer than a microsecond, or the source is no URL line.
    /// </exception>
    public static void Write(string path, RecordedTrajectory recorded)
    {
        long[] microseconds = Check(recorded);
        using FileStream stream = File.Create(path);
        Write(stream, recorded, microseconds);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, RecordedTrajectory)"/>
    public static void Write(Stream stream, RecordedTrajectory recorded) => Write(stream, recorded, Check(recorded));

    private static void Write(Stream stream, RecordedTrajectory recorded, long[] microseconds)
    {
        using TextRowWriter rows = new(stream);
        rows.Add(recorded.Source).EndRow();
        for (int i = 0; i < microseconds.Length; i++)
        {
            NormalisedIntrinsics k = recorded.Intrinsics[i].Normalised();
            rows.Add(microseconds[i]).Add(k.Fx).Add(k.Fy).Add(k.Cx).Add(k.Cy).Add(0).Add(0).Add(recorded.Trajectory[i].Inverse()).EndRow();
        }
    }

    private static string ReadUrl(ref TextRows rows)
    {
        if (!rows.NextLine(out ReadOnlySpan<byte> line) || line.IsEmpty) throw rows.Broken($"an empty line, {UrlExpected}");
        ReadOnlySpan<byte> rest = line;
        if (NumberToken.TryParse(TextRows.TakeToken(ref rest), out _)) throw rows.Broken($"{SourceText.Excerpt(line)}, {UrlExpected}");
        return Encoding.UTF8.GetString(line);
    }

    /// <summary>
    /// Whether the text survives as the first line: not empty, no line end or blank at its ends, and not a row of numbers.
    /// </summary>
    private static bool IsUrl(string source)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(source);
        bool isOneLine = !line.IsEmpty && !line.ContainsAny("\r\n"u8) && line.Trim(" \t"u8).Length == line.Length;
        return isOneLine && !NumberToken.TryParse(TextRows.TakeToken(ref line), out _);
    }

    private static double Seconds(in TextRows rows, double microseconds) =>
        microseconds >= 0 && microseconds <= LatestMicroseconds && microseconds == Math.Truncate(microseconds)
            ? microseconds / 1e6
            : throw rows.Broken(
                string.Create(CultureInfo.InvariantCulture, $"time stamp {microseconds}, expected whole microseconds from 0 to {LatestMicroseconds}"));

    private static long[] Check(RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (!recorded.Trajectory.HasTimestamps || recorded.Intrinsics.Count == 0)
            throw new ArgumentException(
                "RealEstate10K rows hold a time stamp and intrinsics; the trajectory lacks one of them.", nameof(recorded));
        if (recorded.Intrinsics.Any(k => !k.IsNormalised && (k.WidthPixels is null || k.HeightPixels is null)))
            throw new ArgumentException(
                "RealEstate10K intrinsics are fractions of the image size, which the trajectory does not state; set WidthPixels and HeightPixels.", nameof(recorded));
        if (recorded.Intrinsics.Any(k => k.HasDistortion))
            throw new ArgumentException("A lens of the trajectory is distorted; its terms are not carried, so it cannot be written as a pinhole.", nameof(recorded));
        if (!IsUrl(recorded.Source))
            throw new ArgumentException(
                $"RealEstate10K files begin with the video's URL on one line; Source is '{recorded.Source}'.", nameof(recorded));

        long[] microseconds = new long[recorded.Trajectory.Count];
        for (int i = 0; i < microseconds.Length; i++)
        {
            double rounded = Math.Round(recorded.Trajectory.TimestampsSeconds[i] * 1e6);
            if (!(rounded >= 0 && rounded <= LatestMicroseconds) || (i > 0 && !(rounded > microseconds[i - 1])))
                throw new ArgumentException(
                    $"Time stamp {i} is not a new whole number of microseconds from 0 to {LatestMicroseconds}.", nameof(recorded));
            microseconds[i] = (long)rounded;
        }

        return microseconds;
    }
}
