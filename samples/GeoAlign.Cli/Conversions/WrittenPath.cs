using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>A file that was written, read again and compared.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Name">The path's name.</param>
/// <param name="Format">Its format.</param>
/// <param name="Frames">Poses in it.</param>
/// <param name="Lost">What it does not hold of the path.</param>
/// <param name="LargestDistance">Largest distance of a camera centre between what was meant and what the file holds, in the path's unit.</param>
/// <param name="LargestAngleDegrees">Largest angle between them.</param>
internal sealed record WrittenPath(string Path, string Name, string Format, int Frames, string[] Lost, double LargestDistance, double LargestAngleDegrees)
{
    // A matrix passes through a quaternion: a few roundings of the largest coordinate.
    private const double Rounding = 1e-9;

    /// <summary>Writes a path and reads it back.</summary>
    /// <param name="path">File or folder; what is there is replaced.</param>
    /// <param name="named">As <see cref="Conversion.Prepare"/> made it.</param>
    /// <param name="format">Format.</param>
    /// <param name="lost">What is dropped.</param>
    /// <exception cref="InvalidDataException">The file does not hold what was written.</exception>
    public static WrittenPath Write(string path, NamedPath named, TrajectoryFormat format, HeldData lost)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        TrajectoryFile.Write(path, named.Recorded, format);
        CameraTrajectory meant = named.Recorded.Trajectory, held = TrajectoryFile.Read(path, new TrajectoryReadOptions { Format = format }).Trajectory;
        if (held.Count != meant.Count) throw new InvalidDataException($"{path} holds {held.Count} poses after writing {meant.Count}.");
        double distance = 0, angle = 0, reach = 1;
        for (int i = 0; i < meant.Count; i++)
        {
            reach = Math.Max(reach, meant[i].Translation.Length);
            distance = Math.Max(distance, Vector3d.Distance(meant[i].Translation, held[i].Translation));
            angle = Math.Max(angle, SO3.GeodesicDistance(meant[i].Rotation, held[i].Rotation));
        }

        if (distance > Rounding * reach || angle > Rounding) throw new InvalidDataException($"{path} does not read back as written: {Figures.Of(distance)} and {Figures.Of(double.RadiansToDegrees(angle))}° off.");
        string[] dropped = lost == HeldData.Nothing ? [] : Conversion.InWords(lost).Split(", ");
        return new(path, named.Name, FormatNames.Of(format), meant.Count, dropped, distance, double.RadiansToDegrees(angle));
    }
}
