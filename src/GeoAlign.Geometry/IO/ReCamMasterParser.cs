using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Reads the text of a <c>camera_extrinsics.json</c>.</summary>
internal static class ReCamMasterParser
{
    private const string FramesExpected = "expected an object with the frames frame0, frame1, …";

    /// <summary>One frame: its number, the line it begins on, and 12 numbers and a pose per camera.</summary>
    private sealed record Frame(int Number, int Line, Dictionary<string, (double[] Matrix, SE3 Pose)> Cameras);

    public static ReCamMasterCameras Parse(ReadOnlySpan<byte> utf8, string name)
    {
        JsonCursor json = new(utf8, name);
        json.OpenObject("an object with the frames frame0, frame1, …");
        List<Frame> frames = [];
        List<string> cameraIds = [];
        HashSet<int> numbers = [];
        while (json.NextProperty(out string frameName))
        {
            if (!TryParseFrame(frameName, out int number)) throw json.Broken($"'{frameName}', {FramesExpected}");
            if (!numbers.Add(number)) throw json.Broken($"{frameName} occurs twice, expected it once");
            frames.Add(ReadFrame(ref json, number, frames.Count == 0 ? cameraIds : null));
        }

        if (frames.Count == 0) throw json.Broken($"no frames, {FramesExpected}");
        json.ExpectEnd();

        frames.Sort((a, b) => a.Number.CompareTo(b.Number));
        CheckFrames(frames, cameraIds, name);
        return Assemble(frames, cameraIds);
    }

    /// <summary>The number of a frame from its name (frame12); false when it is no such name.</summary>
    public static bool TryParseFrame(string name, out int number)
    {
        number = -1;
        return name.StartsWith("frame", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static Frame ReadFrame(ref JsonCursor json, int number, List<string>? order)
    {
        int line = json.NoteLine();
        json.OpenObject($"the cameras of frame{number} as an object");
        Dictionary<string, (double[], SE3)> cameras = new(StringComparer.Ordinal);
        while (json.NextProperty(out string cameraId))
        {
            (double[], SE3) pose = ReadPose(ref json, number, cameraId);
            if (!cameras.TryAdd(cameraId, pose)) throw json.Broken($"frame{number} holds {cameraId} twice, expected it once");
            order?.Add(cameraId);
        }

        if (cameras.Count == 0) throw json.Broken($"frame{number} has no cameras, expected at least one");
        return new Frame(number, line, cameras);
    }

    private static (double[] Matrix, SE3 Pose) ReadPose(ref JsonCursor json, int number, string cameraId)
    {
        if (json.Next() != JsonTokenType.String)
            throw json.Broken($"frame{number} {cameraId}: {json.Found()}, expected a text of four bracketed rows");

        double[] matrix = new double[12];
        string? problem = ReCamMasterMatrix.ProblemOf(json.Utf8Text(), matrix);
        SE3 pose = SE3.Identity;
        problem ??= FilePose.ProblemOf(matrix, out pose);
        if (problem is not null) throw json.Broken($"frame{number} {cameraId}: {problem}");
        return (matrix, pose);
    }

    private static void CheckFrames(List<Frame> frames, List<string> cameraIds, string name)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            Frame frame = frames[i];
            if (frame.Number != i)
                throw new TrajectoryFormatException(
                    name, frame.Line, $"frame{frame.Number} without frame{i}, expected frames 0 to {frames[^1].Number} without a gap");

            foreach (string cameraId in cameraIds)
            {
                if (!frame.Cameras.ContainsKey(cameraId))
                    throw new TrajectoryFormatException(
                        name, frame.Line, $"frame{i} has no {cameraId}, expected {SourceText.Names(cameraIds)} in every frame");
            }

            if (frame.Cameras.Count == cameraIds.Count) continue;
            string extra = frame.Cameras.Keys.First(id => !cameraIds.Contains(id));
            throw new TrajectoryFormatException(
                name, frame.Line, $"frame{i} has {extra}, expected {SourceText.Names(cameraIds)} in every frame");
        }
    }

    private static ReCamMasterCameras Assemble(List<Frame> frames, List<string> cameraIds)
    {
        double[][] matrices = new double[cameraIds.Count][];
        SE3[][] poses = new SE3[cameraIds.Count][];
        for (int c = 0; c < cameraIds.Count; c++)
        {
            (matrices[c], poses[c]) = (new double[12 * frames.Count], new SE3[frames.Count]);
            for (int i = 0; i < frames.Count; i++)
            {
                (double[] matrix, SE3 pose) = frames[i].Cameras[cameraIds[c]];
                matrix.CopyTo(matrices[c], 12 * i);
                poses[c][i] = pose;
            }
        }

        return ReCamMasterCameras.Create([.. cameraIds], matrices, poses);
    }
}
