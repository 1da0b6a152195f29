using System.Text;

namespace GeoAlign.Geometry;

/// <summary>Poses and intrinsics among the artefacts of ViPE: <c>pose/NAME.npz</c> and <c>intrinsics/NAME.npz</c>.</summary>
/// <remarks>
/// Pose <c>data</c> (N,4,4) is camera-to-world, OpenCV axes, metric; intrinsics <c>data</c> (N,4) is fx, fy, cx, cy in pixels;
/// <c>inds</c> (N) numbers the frames in both, and frames may be missing. The image size is not in these files.
/// </remarks>
public static class VipeFormat
{
    private const string PosesExpected = "data (N, 4, 4) and inds (N)", IntrinsicsExpected = "data (N, 4) and inds (N)";

    /// <summary>Reads a pose file, and the intrinsics file of the same name beside its folder when there is one.</summary>
    /// <param name="posePath">…/pose/NAME.npz</param>
    /// <exception cref="TrajectoryFormatException">A file breaks the format; the message says what was expected.</exception>
    public static RecordedTrajectory Read(string posePath)
    {
        byte[] poses = File.ReadAllBytes(posePath);
        (string intrinsicsPath, string cameraPath) = Companions(posePath);
        if (File.Exists(cameraPath)) CheckCameraModels(File.ReadAllBytes(cameraPath), cameraPath);
        return File.Exists(intrinsicsPath)
            ? Parse(poses, posePath, File.ReadAllBytes(intrinsicsPath), intrinsicsPath)
            : Parse(poses, posePath);
    }

    /// <summary>Reads the bytes of a pose file; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes break the format.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> poses, string name)
    {
        (CameraTrajectory trajectory, long[] frames) = ReadPoses(poses, name);
        return new RecordedTrajectory(trajectory, hasMetricScale: true, frameNumbers: frames);
    }

    /// <summary>Reads the bytes of a pose file and of an intrinsics file; the names stand for them in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes break the format, or the files number other frames.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> poses, string name, ReadOnlySpan<byte> intrinsics, string intrinsicsName)
    {
        (CameraTrajectory trajectory, long[] frames) = ReadPoses(poses, name);
        (RecordedIntrinsics[] cameras, long[] cameraFrames) = ReadIntrinsics(intrinsics, intrinsicsName);
        if (!frames.AsSpan().SequenceEqual(cameraFrames))
            throw new TrajectoryFormatException(
                intrinsicsName, 0, $"inds differ from those of {name}, expected intrinsics of the same {frames.Length} frames");
        return new RecordedTrajectory(trajectory, hasMetricScale: true, cameras, frames);
    }

    /// <summary>
    /// Writes a pose file and, when the path has intrinsics, <c>../intrinsics/NAME.npz</c> and <c>../intrinsics/NAME_camera.txt</c>.
    /// </summary>
    /// <param name="posePath">…/pose/NAME.npz; its folder is created.</param>
    /// <param name="recorded">Metric poses; intrinsics, if any, in pixels without distortion.</param>
    /// <exception cref="ArgumentException">The path is not metric, or intrinsics cannot be held by this format.</exception>
    public static void Write(string posePath, RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (!recorded.HasMetricScale) throw new ArgumentException("ViPE poses are metric; the path's scale is unknown.", nameof(recorded));
        for (int i = 0; i < recorded.Intrinsics.Count; i++)
        {
            if (recorded.Intrinsics[i].IsNormalised || recorded.Intrinsics[i].HasDistortion)
                throw new ArgumentException(
                    $"Intrinsics of pose {i} are {recorded.Intrinsics[i]}; expected pixels without distortion.", nameof(recorded));
        }

        int count = recorded.Trajectory.Count;
        long[] numbers = recorded.FrameNumbers.Count > 0 ? [.. recorded.FrameNumbers] : [.. Enumerable.Range(0, count)];
        NpyArray frames = NpyArray.Of([count], numbers);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(posePath))!);
        NpzArchive.Write(posePath, [new("data", PoseMatrices.Write(recorded.Trajectory)), new("inds", frames)]);
        if (recorded.Intrinsics.Count == 0) return;

        (string intrinsicsPath, string cameraPath) = Companions(posePath);
        Directory.CreateDirectory(Path.GetDirectoryName(intrinsicsPath)!);
        double[] values = [.. recorded.Intrinsics.SelectMany(k => (double[])[k.Fx, k.Fy, k.Cx, k.Cy])];
        NpzArchive.Write(intrinsicsPath, [new("data", NpyArray.Of([count, 4], values)), new("inds", frames)]);
        File.WriteAllText(cameraPath, string.Concat(frames.Integers.ToArray().Select(frame => $"{frame}: PINHOLE\n")));
    }

    private static (string Intrinsics, string CameraModels) Companions(string posePath)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(posePath))) ?? "", "intrinsics");
        string name = Path.GetFileNameWithoutExtension(posePath);
        return (Path.Combine(folder, name + ".npz"), Path.Combine(folder, name + "_camera.txt"));
    }

    private static (CameraTrajectory Trajectory, long[] Frames) ReadPoses(ReadOnlySpan<byte> bytes, string name)
    {
        (NpyArray data, NpyArray inds) = ReadMembers(bytes, name, PosesExpected);
        SE3[] poses = PoseMatrices.Read(data, name, only4x4: true);
        return (new CameraTrajectory(poses), ReadFrames(inds, poses.Length, name, PosesExpected));
    }

    private static (RecordedIntrinsics[] Intrinsics, long[] Frames) ReadIntrinsics(ReadOnlySpan<byte> bytes, string name)
    {
        (NpyArray data, NpyArray inds) = ReadMembers(bytes, name, IntrinsicsExpected);
        if (data.IsInteger || data.Shape is not [_, 4])
            throw new TrajectoryFormatException(name, 0, $"data are {data}, expected floats of shape (N, 4): fx fy cx cy in pixels");

        RecordedIntrinsics[] cameras = new RecordedIntrinsics[data.Shape[0]];
        for (int i = 0; i < cameras.Length; i++)
        {
            ReadOnlySpan<double> k = data.Floats.Slice(4 * i, 4);
            foreach (double value in k)
            {
                if (NumberToken.ProblemOf(value) is { } problem)
                    throw new TrajectoryFormatException(name, 0, $"a value of entry {i} {problem}, expected finite fx fy cx cy");
            }

            if (!(k[0] > 0 && k[1] > 0))
                throw new TrajectoryFormatException(name, 0, $"focal length of entry {i} is not positive, expected pixels above 0");
            cameras[i] = new(k[0], k[1], k[2], k[3]);
        }

        return (cameras, ReadFrames(inds, cameras.Length, name, IntrinsicsExpected));
    }

    private static (NpyArray Data, NpyArray Frames) ReadMembers(ReadOnlySpan<byte> bytes, string name, string expected)
    {
        NpzArchive archive = NpzArchive.Parse(bytes, name);
        if (!archive.Has("data") || !archive.Has("inds"))
            throw new TrajectoryFormatException(
                name, 0, $"no member '{(archive.Has("data") ? "inds" : "data")}', expected {expected}; the file has {SourceText.Names(archive.Names)}");
        return (archive["data"], archive["inds"]);
    }

    private static long[] ReadFrames(NpyArray inds, int count, string name, string expected)
    {
        if (!inds.IsInteger || inds.Shape is not [int length] || length != count)
            throw new TrajectoryFormatException(name, 0, $"inds are {inds}, expected {expected} with N = {count}");

        ReadOnlySpan<long> frames = inds.Integers;
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i] < 0 || (i > 0 && frames[i] <= frames[i - 1]))
                throw new TrajectoryFormatException(name, 0, $"entry {i} of inds is {frames[i]}, expected increasing frame numbers from 0");
        }

        return frames.ToArray();
    }

    /// <summary>Lines <c>idx: MODEL</c>; four intrinsics describe a pinhole only.</summary>
    private static void CheckCameraModels(ReadOnlySpan<byte> utf8, string name)
    {
        TextRows rows = new(utf8, name);
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            ReadOnlySpan<byte> number = TextRows.TakeToken(ref row);
            if (!number.EndsWith(":"u8) || !NumberToken.TryParseWhole(number[..^1], out _) || !row.SequenceEqual("PINHOLE"u8))
                throw rows.Broken($"{SourceText.Excerpt(number)} {SourceText.Excerpt(row)}, expected lines 'idx: PINHOLE'");
        }
    }
}
