namespace GeoAlign.Geometry;

/// <summary>KITTI odometry text: one row of twelve numbers per pose, the row-major 3×4 camera-to-world matrix, metres; no times.</summary>
/// <remarks>Comments (#), blank lines, CRLF, a byte order mark and runs of blanks are accepted.</remarks>
public static class KittiFormat
{
    private const string Layout = "r00 r01 r02 tx r10 r11 r12 ty r20 r21 r22 tz";
    private const int ShortestRow = 24;                         // twelve digits, eleven blanks, a line end

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">
    /// The file breaks the format; the message names file, line and what was expected.
    /// </exception>
    public static CameraTrajectory Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a stream to its end; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static CameraTrajectory Read(Stream stream, string name) => Parse(SourceBytes.ReadAll(stream).Span, name);

    /// <summary>Reads UTF-8 text; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static CameraTrajectory Parse(ReadOnlySpan<byte> utf8, string name)
    {
        TextRows rows = new(utf8, name);
        SE3[] poses = new SE3[Math.Min(utf8.Count((byte)'\n') + 1, utf8.Length / ShortestRow + 1)];
        int count = 0;
        Span<double> values = stackalloc double[12];
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            rows.ReadNumbers(row, values, Layout);
            if (FilePose.ProblemOf(values, out SE3 pose) is { } problem) throw rows.Broken(problem);
            poses[count++] = pose;
        }

        if (count == 0) throw rows.Broken($"no pose, expected rows of 12 numbers ({Layout})");
        return new CameraTrajectory(poses.AsSpan(0, count));
    }

    /// <summary>Writes a file; an existing one is replaced. Time stamps are not kept.</summary>
    public static void Write(string path, CameraTrajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        using FileStream stream = File.Create(path);
        Write(stream, trajectory);
    }

    /// <summary>Writes to a stream, which stays open. Time stamps are not kept.</summary>
    public static void Write(Stream stream, CameraTrajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        using TextRowWriter rows = new(stream);
        foreach (SE3 pose in trajectory) rows.Add(pose).EndRow();
    }
}
