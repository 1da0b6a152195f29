using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Writes a <c>transforms.json</c>; intrinsics go to the top when all frames share them.</summary>
internal static class NerfstudioWriter
{
    public static void Check(RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Intrinsics.Count == 0)
            throw new ArgumentException("A transforms.json holds intrinsics; the trajectory has none.", nameof(recorded));
        for (int i = 0; i < recorded.Intrinsics.Count; i++)
        {
            RecordedIntrinsics k = recorded.Intrinsics[i];
            if (k.HasDistortion)
                throw new ArgumentException(
                    $"The lens of pose {i} is distorted; its terms are not carried, so it cannot be written as a pinhole.", nameof(recorded));
            if (k.IsNormalised && (k.WidthPixels is null || k.HeightPixels is null))
                throw new ArgumentException(
                    $"The intrinsics of pose {i} are fractions of an image of unknown size; set WidthPixels and HeightPixels.", nameof(recorded));
        }
    }

    public static void Write(Stream stream, RecordedTrajectory recorded)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        bool shared = recorded.Intrinsics.Distinct().Count() == 1;
        json.WriteStartObject();
        json.WriteString("camera_model", "OPENCV");
        if (shared) WriteIntrinsics(json, recorded.Intrinsics[0]);
        json.WriteStartArray("frames");
        for (int i = 0; i < recorded.Trajectory.Count; i++)
        {
            json.WriteStartObject();
            string unnamed = string.Create(CultureInfo.InvariantCulture, $"images/frame_{i:D5}.png");
            json.WriteString("file_path", recorded.ImageNames.Count > 0 ? recorded.ImageNames[i] : unnamed);
            if (!shared) WriteIntrinsics(json, recorded.Intrinsics[i]);
            WriteMatrix(json, recorded.Trajectory[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIntrinsics(Utf8JsonWriter json, RecordedIntrinsics k)
    {
        if (k.IsNormalised) k = RecordedIntrinsics.From(k.InPixels());
        foreach ((string key, double value) in (ReadOnlySpan<(string, double)>)[("fl_x", k.Fx), ("fl_y", k.Fy), ("cx", k.Cx), ("cy", k.Cy)])
        {
            json.WritePropertyName(key);
            JsonNumbers.Write(json, value);
        }

        if (k.WidthPixels is { } width) json.WriteNumber("w", width);
        if (k.HeightPixels is { } height) json.WriteNumber("h", height);
    }

    /// <summary>Four rows of the pose with OpenGL axes.</summary>
    private static void WriteMatrix(Utf8JsonWriter json, SE3 cameraToWorld)
    {
        Span<double> matrix = stackalloc double[16];
        AxisConventions.OpenGlFromOpenCv(cameraToWorld).CopyToRowMajor3x4(matrix);
        matrix[15] = 1;
        json.WriteStartArray("transform_matrix");
        for (int row = 0; row < 4; row++) JsonNumbers.WriteArray(json, matrix.Slice(4 * row, 4));
        json.WriteEndArray();
    }
}
