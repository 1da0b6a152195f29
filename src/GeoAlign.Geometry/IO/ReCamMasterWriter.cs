using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Writes the text of a <c>camera_extrinsics.json</c>: Unreal axes, centimetres, 17 digits.</summary>
internal static class ReCamMasterWriter
{
    public static void Write(Stream stream, KeyValuePair<string, CameraTrajectory>[] cameras)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, IndentSize = 4, NewLine = "\n" });
        json.WriteStartObject();
        for (int i = 0; i < cameras[0].Value.Count; i++)
        {
            json.WriteStartObject(string.Create(CultureInfo.InvariantCulture, $"frame{i}"));
            foreach ((string name, CameraTrajectory trajectory) in cameras) json.WriteString(name, Text(trajectory[i]));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The four rows: forward, right, up, location; the inverse of what <see cref="ReCamMasterMatrix"/> reads.</summary>
    private static string Text(SE3 cameraToWorld)
    {
        (Vector3d forward, Vector3d right, Vector3d up, Vector3d location) = AxisConventions.UnrealFromOpenCv(cameraToWorld);
        return Row(forward, 0) + Row(right, 0) + Row(up, 0) + Row(location, 1);
    }

    private static string Row(Vector3d v, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"[{v.X:G17} {v.Y:G17} {v.Z:G17} {last}] ");
}
