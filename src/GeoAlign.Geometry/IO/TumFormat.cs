namespace GeoAlign.Geometry;

/// <summary>TUM trajectory text: one row <c>timestamp tx ty tz qx qy qz qw</c> per pose, camera-to-world, metres, seconds.</summary>
/// <remarks>Comments (#), blank lines, CRLF, a byte order mark and runs of blanks are accepted; quaternions are normalised.</remarks>
public static class TumFormat
{
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
    public static CameraTrajectory Parse(ReadOnlySpan<byte> utf8, string name) => TumRows.Parse(utf8, name, dropNaNTail: false);

    /// <summary>Writes a file; an existing one is replaced.</summary>
    /// <exception cref="ArgumentException">The trajectory has no time stamps.</exception>
    public static void Write(string path, CameraTrajectory trajectory)
    {
        Check(trajectory);
        using FileStream stream = File.Create(path);
        Write(stream, trajectory);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <exception cref="ArgumentException">The trajectory has no time stamps.</exception>
    public static void Write(Stream stream, CameraTrajectory trajectory)
    {
        Check(trajectory);
        using TextRowWriter rows = new(stream);
        rows.Add("#").Add("timestamp tx ty tz qx qy qz qw").EndRow();
        for (int i = 0; i < trajectory.Count; i++)
        {
            SO3 r = trajectory[i].Rotation;
            rows.Add(trajectory.TimestampsSeconds[i]).Add(trajectory[i].Translation).Add(r.X).Add(r.Y).Add(r.Z).Add(r.W).EndRow();
        }
    }

    private static void Check(CameraTrajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        if (!trajectory.HasTimestamps)
            throw new ArgumentException("TUM rows begin with a time stamp; the trajectory has none.", nameof(trajectory));
    }
}
