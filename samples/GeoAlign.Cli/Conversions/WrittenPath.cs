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
/// <param name="LargestTimeSeconds">Largest difference of a time stamp; null where the file holds none.</param>
internal sealed record WrittenPath(string Path, string Name, string Format, int Frames, string[] Lost, double LargestDistance, double LargestAngleDegrees, double? LargestTimeSeconds)
{
    // A matrix passes through a quaternion: a few roundings of the largest coordinate.
    private const double Rounding = 1e-9;

    // Time stamps of RealEstate10K are whole microseconds, so half of one; later times have fewer digits of their own.
    private const double TimeRoundingSeconds = 1e-6;

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
        RecordedTrajectory recorded = named.Recorded, read = TrajectoryFile.Read(path, new TrajectoryReadOptions { Format = format });
        CameraTrajectory meant = recorded.Trajectory, held = read.Trajectory;
        if (held.Count != meant.Count) throw new InvalidDataException($"{path} holds {held.Count} poses after writing {meant.Count}.");
        double distance = 0, angle = 0, reach = 1;
        for (int i = 0; i < meant.Count; i++)
        {
            reach = Math.Max(reach, meant[i].Translation.Length);
            distance = Math.Max(distance, Vector3d.Distance(meant[i].Translation, held[i].Translation));
            angle = Math.Max(angle, SO3.GeodesicDistance(meant[i].Rotation, held[i].Rotation));
        }

        if (distance > Rounding * reach || angle > Rounding) throw new InvalidDataException($"{path} does not read back as written: {Figures.Of(distance)} and {Figures.Of(double.RadiansToDegrees(angle))}° off.");
        double? time = RequireTheRest(path, recorded, read, FormatFacts.Of(format).Holds);
        string[] dropped = lost == HeldData.Nothing ? [] : Conversion.InWords(lost).Split(", ");
        return new(path, named.Name, FormatNames.Of(format), meant.Count, dropped, distance, double.RadiansToDegrees(angle), time);
    }

    // What the format holds beside the poses must be there too; answers the largest difference of a time stamp.
    private static double? RequireTheRest(string path, RecordedTrajectory meant, RecordedTrajectory held, HeldData holds)
    {
        Require(!holds.HasFlag(HeldData.Intrinsics) || meant.Intrinsics.Count == 0 || meant.Intrinsics.Zip(held.Intrinsics).Count(pair => Same(pair.First, pair.Second)) == meant.Intrinsics.Count, "intrinsics");
        Require(!holds.HasFlag(HeldData.FrameNumbers) || meant.FrameNumbers.Count == 0 || meant.FrameNumbers.SequenceEqual(held.FrameNumbers), "frame numbers");
        Require(!holds.HasFlag(HeldData.ImageNames) || meant.ImageNames.Count == 0 || meant.ImageNames.SequenceEqual(held.ImageNames), "image names");
        Require(!holds.HasFlag(HeldData.Source) || meant.Source == held.Source, "the video's address");
        if (!holds.HasFlag(HeldData.Times)) return null;
        double largest = 0;
        for (int i = 0; i < meant.Trajectory.Count; i++)
        {
            double time = meant.Trajectory.TimestampsSeconds[i], off = Math.Abs(time - held.Trajectory.TimestampsSeconds[i]);
            Require(off <= Math.Max(TimeRoundingSeconds, 4 * Math.BitIncrement(Math.Abs(time)) - 4 * Math.Abs(time)), "time stamps");
            largest = Math.Max(largest, off);
        }

        return largest;

        void Require(bool isSame, string what)
        {
            if (!isSame) throw new InvalidDataException($"{path} does not read back as written: its {what} differ.");
        }
    }

    // Some formats hold them as shares of the image size, ViPE as 32-bit numbers.
    private static bool Same(RecordedIntrinsics meant, RecordedIntrinsics held)
    {
        if (meant.IsNormalised != held.IsNormalised) (meant, held) = (InPixels(meant, held), InPixels(held, meant));
        return Near(meant.Fx, held.Fx) && Near(meant.Fy, held.Fy) && Near(meant.Cx, held.Cx) && Near(meant.Cy, held.Cy);

        static RecordedIntrinsics InPixels(RecordedIntrinsics camera, RecordedIntrinsics other) =>
            camera.IsNormalised ? RecordedIntrinsics.From((camera with { WidthPixels = camera.WidthPixels ?? other.WidthPixels, HeightPixels = camera.HeightPixels ?? other.HeightPixels }).InPixels()) : camera;
        static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-6 * Math.Max(1, Math.Abs(a));
    }
}
