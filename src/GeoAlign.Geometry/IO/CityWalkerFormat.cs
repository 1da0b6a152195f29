namespace GeoAlign.Geometry;

/// <summary>
/// CityWalker pose text: the odometry of a walking video, rows <c>stamp tx ty tz qx qy qz qw</c> at 5 Hz, camera-to-world, without metric
/// scale.
/// </summary>
/// <remarks>The odometry may fail before the video ends: the file then closes with rows of NaN.</remarks>
public static class CityWalkerFormat
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dropNaNTail">
    /// Whether NaN rows at the end are dropped; otherwise they are refused. NaN rows before a pose always are.
    /// </param>
    /// <exception cref="TrajectoryFormatException">
    /// The file breaks the format; the message names file, line and what was expected.
    /// </exception>
    public static RecordedTrajectory Read(string path, bool dropNaNTail = false) => Parse(File.ReadAllBytes(path), path, dropNaNTail);

    /// <summary>Reads a stream to its end.</summary>
    /// <inheritdoc cref="Parse"/>
    public static RecordedTrajectory Read(Stream stream, string name, bool dropNaNTail = false) =>
        Parse(SourceBytes.ReadAll(stream).Span, name, dropNaNTail);

    /// <summary>Reads UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <param name="dropNaNTail">
    /// Whether NaN rows at the end are dropped; otherwise they are refused. NaN rows before a pose always are.
    /// </param>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> utf8, string name, bool dropNaNTail = false) =>
        new(TumRows.Parse(utf8, name, dropNaNTail), hasMetricScale: false);
}
