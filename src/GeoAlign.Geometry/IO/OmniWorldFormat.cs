using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Cameras of an OmniWorld-Game scene folder: <c>split_info.json</c> and <c>camera/split_K.json</c>.</summary>
/// <remarks>
/// Each split is one continuous shot. The file holds world-to-camera poses, OpenCV axes, quaternions (w, x, y, z), one focal
/// length in pixels per frame; poses given out are camera-to-world. The scale is not metric. The image size is not in these files.
/// </remarks>
public static class OmniWorldFormat
{
    /// <summary>Reads one split of a scene folder; when <c>fps.txt</c> is there, frame numbers become time stamps.</summary>
    /// <param name="folder">The scene folder.</param>
    /// <param name="split">Number of the split, from 0.</param>
    /// <exception cref="TrajectoryFormatException">
    /// A file breaks the format or the split's file is missing; the message names file, line and what was expected.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The scene has no such split.</exception>
    public static RecordedTrajectory Read(string folder, int split)
    {
        string infoPath = Path.Combine(folder, "split_info.json");
        IReadOnlyList<long[]> splits = ParseSplits(File.ReadAllBytes(infoPath), infoPath);
        if ((uint)split >= (uint)splits.Count)
            throw new ArgumentOutOfRangeException(nameof(split), split, $"{infoPath} lists splits 0 to {splits.Count - 1}.");

        string cameraPath = CameraPath(folder, split);
        if (!File.Exists(cameraPath))
            throw new TrajectoryFormatException(
                cameraPath, 0, $"no such file, expected the cameras of split {split}: split_info.json lists {splits.Count} splits");

        string ratePath = Path.Combine(folder, "fps.txt");
        double? framesPerSecond = File.Exists(ratePath) ? ParseFrameRate(File.ReadAllBytes(ratePath), ratePath) : null;
        return ParseCameras(File.ReadAllBytes(cameraPath), cameraPath, splits[split], framesPerSecond);
    }

    /// <summary>Reads <c>split_info.json</c>: the frame numbers of every split.</summary>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static IReadOnlyList<long[]> ParseSplits(ReadOnlySpan<byte> utf8, string name)
    {
        const string Expected = "an object with split, a list of lists of frame numbers";
        JsonCursor json = new(utf8, name);
        json.OpenObject(Expected);
        List<long[]>? splits = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (json.NextProperty(seen, out string key))
        {
            if (key == "split") splits = ReadSplits(ref json);
            else json.SkipValue();
        }

        if (splits is null) throw json.Broken($"no split, expected {Expected}");
        json.ExpectEnd();
        return splits;
    }

    /// <summary>Reads <c>camera/split_K.json</c>.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <param name="frameNumbers">Frames of the split, from <see cref="ParseSplits"/>.</param>
    /// <param name="framesPerSecond">Turns frame numbers into time stamps; null leaves the path without times.</param>
    /// <exception cref="TrajectoryFormatException">The text breaks the format.</exception>
    public static RecordedTrajectory ParseCameras(
        ReadOnlySpan<byte> utf8, string name, IReadOnlyList<long> frameNumbers, double? framesPerSecond = null)
    {
        ArgumentNullException.ThrowIfNull(frameNumbers);
        if (framesPerSecond is { } rate) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate, nameof(framesPerSecond));
        OmniWorldCameras cameras = OmniWorldCameras.Parse(utf8, name, frameNumbers.Count);
        double[] seconds = framesPerSecond is null ? [] : [.. frameNumbers.Select(frame => frame / framesPerSecond.Value)];
        return new RecordedTrajectory(
            new CameraTrajectory(Array.ConvertAll(cameras.WorldToCamera, pose => pose.Inverse()), seconds),
            hasMetricScale: false, cameras.Intrinsics, frameNumbers);
    }

    /// <summary>Writes a scene folder: <c>split_info.json</c> and a <c>camera/split_K.json</c> per path. The folder is created.</summary>
    /// <param name="folder">The scene folder.</param>
    /// <param name="splits">One path per split, with intrinsics in pixels and fx = fy; paths without frame numbers get 0, 1, ….</param>
    /// <exception cref="ArgumentException">No path, or intrinsics that this format cannot hold.</exception>
    public static void Write(string folder, IReadOnlyList<RecordedTrajectory> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        if (splits.Count == 0) throw new ArgumentException("No split to write, expected at least one.", nameof(splits));
        foreach (RecordedTrajectory recorded in splits) OmniWorldWriter.Check(recorded);

        Directory.CreateDirectory(Path.Combine(folder, "camera"));
        using FileStream info = File.Create(Path.Combine(folder, "split_info.json"));
        OmniWorldWriter.WriteSplits(info, splits);
        for (int k = 0; k < splits.Count; k++)
        {
            using FileStream cameras = File.Create(CameraPath(folder, k));
            OmniWorldWriter.WriteCameras(cameras, splits[k]);
        }
    }

    private static string CameraPath(string folder, int split) =>
        Path.Combine(folder, "camera", string.Create(CultureInfo.InvariantCulture, $"split_{split}.json"));

    private static List<long[]> ReadSplits(ref JsonCursor json)
    {
        const long LargestFrame = 1L << 52;
        json.OpenArray("split as a list of lists of frame numbers");
        List<long[]> splits = [];
        while (json.NextItem())
        {
            if (json.Token != JsonTokenType.StartArray)
                throw json.Broken($"split {splits.Count}: {json.Found()}, expected a list of frame numbers");
            List<long> frames = [];
            while (json.NextItem())
            {
                double frame = json.Number($"split {splits.Count}");
                if (!(frame >= 0 && frame <= LargestFrame && frame == Math.Truncate(frame)) || (frames.Count > 0 && frame <= frames[^1]))
                    throw json.Broken(
                        string.Create(CultureInfo.InvariantCulture, $"frame {frame} in split {splits.Count}, expected increasing whole numbers from 0"));
                frames.Add((long)frame);
            }

            if (frames.Count == 0) throw json.Broken($"split {splits.Count} is empty, expected frame numbers");
            splits.Add([.. frames]);
        }

        return splits.Count > 0 ? splits : throw json.Broken("no splits, expected at least one list of frame numbers");
    }

    private static double ParseFrameRate(ReadOnlySpan<byte> utf8, string name)
    {
        TextRows rows = new(utf8, name);
        if (!rows.NextRow(out ReadOnlySpan<byte> row)) throw rows.Broken("empty, expected the frames per second");
        Span<double> rate = stackalloc double[1];
        rows.ReadNumbers(row, rate, "frames per second");
        return rate[0] is >= 1e-3 and <= 1e6 ? rate[0] : throw rows.Broken($"{SourceText.Excerpt(row)}, expected the frames per second");
    }
}
