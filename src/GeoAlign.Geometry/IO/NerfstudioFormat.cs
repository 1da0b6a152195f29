using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>nerfstudio's (and instant-ngp's) <c>transforms.json</c>: intrinsics and a camera-to-world matrix per image.</summary>
/// <remarks>
/// The file's cameras have OpenGL axes (x right, y up, z backward); poses given out have OpenCV axes: the second and third
/// column of the rotation change sign, the position stays. Poses keep the order of the file. The scale is not metric.
/// </remarks>
public static class NerfstudioFormat
{
    private const string Expected = "an object with frames, each with file_path and transform_matrix";

    private record struct Frame(int Line, string? ImageName, SE3? CameraToWorld, NerfstudioLens Lens);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="undoAppliedTransform">
    /// Whether <c>applied_transform</c>, which the file's poses already contain, is taken out again.
    /// </param>
    /// <exception cref="TrajectoryFormatException">
    /// The file breaks the format; the message names file, line and what was expected.
    /// </exception>
    public static RecordedTrajectory Read(string path, bool undoAppliedTransform = false) =>
        Parse(File.ReadAllBytes(path), path, undoAppliedTransform);

    /// <summary>Reads a stream to its end.</summary>
    /// <inheritdoc cref="Parse"/>
    public static RecordedTrajectory Read(Stream stream, string name, bool undoAppliedTransform = false) =>
        Parse(SourceBytes.ReadAll(stream).Span, name, undoAppliedTransform);

    /// <summary>Reads UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <param name="undoAppliedTransform">
    /// Whether <c>applied_transform</c>, which the file's poses already contain, is taken out again.
    /// </param>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> utf8, string name, bool undoAppliedTransform = false)
    {
        JsonCursor json = new(utf8, name);
        json.OpenObject(Expected);
        NerfstudioLens fileLens = default;
        List<Frame>? frames = null;
        SE3? appliedInverse = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (json.NextProperty(seen, out string key))
        {
            if (key == "frames") frames = ReadFrames(ref json);
            else if (key == "applied_transform" && undoAppliedTransform) appliedInverse = ReadMatrix(ref json, key).Inverse();
            else if (!fileLens.TryRead(ref json, key)) json.SkipValue();
        }

        if (frames is not { Count: > 0 }) throw json.Broken($"no frames, expected {Expected}");
        json.ExpectEnd();
        return Assemble(frames, in fileLens, appliedInverse, name);
    }

    /// <summary>Writes a file; an existing one is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recorded">
    /// Poses with intrinsics in pixels, or normalised with a known image size; unnamed images become images/frame_00000.png, ….
    /// </param>
    /// <exception cref="ArgumentException">Intrinsics are missing, have no pixel size or are distorted.</exception>
    public static void Write(string path, RecordedTrajectory recorded)
    {
        NerfstudioWriter.Check(recorded);
        using FileStream stream = File.Create(path);
        NerfstudioWriter.Write(stream, recorded);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, RecordedTrajectory)"/>
    public static void Write(Stream stream, RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NerfstudioWriter.Check(recorded);
        NerfstudioWriter.Write(stream, recorded);
    }

    private static RecordedTrajectory Assemble(List<Frame> frames, in NerfstudioLens fileLens, SE3? appliedInverse, string name)
    {
        SE3[] poses = new SE3[frames.Count];
        string[] images = new string[frames.Count];
        RecordedIntrinsics[] intrinsics = new RecordedIntrinsics[frames.Count];
        for (int i = 0; i < poses.Length; i++)
        {
            Frame frame = frames[i];
            if (frame.ImageName is null)
                throw new TrajectoryFormatException(name, frame.Line, $"frame {i} has no file_path, expected {Expected}");
            if (frame.CameraToWorld is not { } pose)
                throw new TrajectoryFormatException(name, frame.Line, $"frame {i} has no transform_matrix, expected {Expected}");
            if (frame.Lens.ProblemOf(in fileLens, out intrinsics[i]) is { } problem)
                throw new TrajectoryFormatException(name, frame.Line, $"frame {i}: {problem}, in the frame or for the whole file");
            poses[i] = appliedInverse is { } undo ? undo * pose : pose;
            images[i] = frame.ImageName;
        }

        return new RecordedTrajectory(new CameraTrajectory(poses), hasMetricScale: false, intrinsics, imageNames: images);
    }

    private static List<Frame> ReadFrames(ref JsonCursor json)
    {
        json.OpenArray("frames as a list");
        List<Frame> frames = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (json.NextItem())
        {
            if (json.Token != JsonTokenType.StartObject)
                throw json.Broken($"frame {frames.Count}: {json.Found()}, expected an object with file_path and transform_matrix");
            seen.Clear();
            Frame frame = new(json.NoteLine(), null, null, default);
            while (json.NextProperty(seen, out string key))
            {
                if (key == "file_path")
                {
                    json.Next();
                    frame.ImageName = json.String(key);
                }
                else if (key == "transform_matrix")
                {
                    frame.CameraToWorld = AxisConventions.OpenCvFromOpenGl(ReadMatrix(ref json, key));
                }
                else
                {
                    NerfstudioLens lens = frame.Lens;
                    if (!lens.TryRead(ref json, key)) json.SkipValue();
                    frame.Lens = lens;
                }
            }

            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Three rows of four numbers, and a fourth (0 0 0 1) if there is one.</summary>
    private static SE3 ReadMatrix(ref JsonCursor json, string key)
    {
        Span<double> matrix = stackalloc double[16];
        json.OpenArray($"{key} as a list of rows");
        int rows = 0;
        for (; json.NextItem(); rows++)
        {
            if (json.Token != JsonTokenType.StartArray || rows == 4)
                throw json.Broken($"{key}: {(rows == 4 ? "a fifth row" : json.Found())}, expected 3 or 4 rows of 4 numbers");
            json.FillNumbers(matrix.Slice(4 * rows, 4), $"a row of {key}");
        }

        if (rows < 3) throw json.Broken($"{key}: {rows} rows, expected 3 or 4 rows of 4 numbers");
        if (rows == 4 && FilePose.ProblemOfLastRow(matrix[12..]) is { } broken) throw json.Broken($"{key}: {broken}");
        return FilePose.ProblemOf(matrix[..12], out SE3 pose) is { } problem ? throw json.Broken($"{key}: {problem}") : pose;
    }
}
