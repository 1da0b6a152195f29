using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Writes the files of an OmniWorld-Game scene folder.</summary>
internal static class OmniWorldWriter
{
    public static void Check(RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Intrinsics.Count == 0)
            throw new ArgumentException(
                "OmniWorld files hold a focal length per frame; the trajectory has no intrinsics.", nameof(recorded));
        for (int i = 0; i < recorded.Intrinsics.Count; i++)
        {
            RecordedIntrinsics k = recorded.Intrinsics[i];
            if (k.IsNormalised || k.Fx != k.Fy || k.HasDistortion)
                throw new ArgumentException(
                    $"Intrinsics of pose {i} are {k}; OmniWorld files hold one focal length in pixels (fx = fy) and no distortion.", nameof(recorded));
        }
    }

    public static void WriteSplits(Stream stream, IReadOnlyList<RecordedTrajectory> splits)
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteNumber("split_num", splits.Count);
        json.WriteStartArray("split");
        foreach (RecordedTrajectory recorded in splits)
        {
            json.WriteStartArray();
            bool numbered = recorded.FrameNumbers.Count > 0;
            for (int i = 0; i < recorded.Trajectory.Count; i++) json.WriteNumberValue(numbered ? recorded.FrameNumbers[i] : i);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteCameras(Stream stream, RecordedTrajectory recorded)
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        WriteArray(json, "focals", recorded.Intrinsics.Select(k => k.Fx));
        WriteArray(json, "cx", recorded.Intrinsics.Select(k => k.Cx));
        WriteArray(json, "cy", recorded.Intrinsics.Select(k => k.Cy));

        SE3[] worldToCamera = [.. recorded.Trajectory.Select(pose => pose.Inverse())];
        json.WriteStartArray("quats");
        foreach (SO3 r in worldToCamera.Select(pose => pose.Rotation)) JsonNumbers.WriteArray(json, [r.W, r.X, r.Y, r.Z]);
        json.WriteEndArray();
        json.WriteStartArray("trans");
        foreach (Vector3d t in worldToCamera.Select(pose => pose.Translation)) JsonNumbers.WriteArray(json, [t.X, t.Y, t.Z]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WritePropertyName(name);
        JsonNumbers.WriteArray(json, [.. values]);
    }
}
