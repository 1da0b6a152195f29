using System.Text.Json;
using GeoAlign.Geometry;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Camera paths in space: drag to turn, wheel to zoom; frustums along the paths, a metric grid, a slider over the frames with distances from the first path.</summary>
/// <param name="Cases">The cases a reader can choose from, the first one shown.</param>
public sealed record PathView3D(params IReadOnlyList<PathCase> Cases) : ReportBlock
{
    /// <summary>Horizontal field of view of the drawn frustums.</summary>
    public double HorizontalFieldOfViewDegrees { get; init; } = 60;

    /// <summary>Width over height of the drawn frustums.</summary>
    public double AspectRatio { get; init; } = 16.0 / 9;

    /// <summary>About how many frustums stand along each path, besides the one at the chosen frame.</summary>
    public int FrustumsPerPath { get; init; } = 6;

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        if (!(HorizontalFieldOfViewDegrees > 0 && HorizontalFieldOfViewDegrees < 180))
            throw new ArgumentException($"The frustums of '{Title}' have a field of view of {HorizontalFieldOfViewDegrees}°, expected one between 0° and 180°.");
        if (!(AspectRatio > 0) || !double.IsFinite(AspectRatio)) throw new ArgumentException($"The frustums of '{Title}' have an aspect ratio of {AspectRatio}, expected a positive number.");
        ArgumentOutOfRangeException.ThrowIfNegative(FrustumsPerPath);
        foreach (PathCase one in Cases)
        {
            if (one.Paths.Count == 0) throw new ArgumentException($"The case '{one.Name}' of '{Title}' has no camera path.");
        }

        html.Append($"<figure class=paths data-block=paths><figcaption><h3>{Title}</h3></figcaption>");
        if (Cases.Count == 0) html.Append($"<p class=none>no camera paths</p>");
        else AppendView(html);
        html.Note(Note);
        html.Append($"</figure>\n");
        return Task.CompletedTask;
    }

    private void AppendView(HtmlWriter html)
    {
        string select = html.NextId("case"), slider = html.NextId("frame");
        html.Append($"<div class=bar><label for={select}>Case</label> <select id={select}>");
        foreach (PathCase one in Cases) html.Append($"<option>{one.Name}</option>");
        html.Append($"</select><span class=views role=group aria-label=View><button type=button data-view=free>3D</button><button type=button data-view=top>Top</button><button type=button data-view=side>Side</button>");
        if (Cases.Any(c => c.Boxes.Count > 0)) html.Append($"<button type=button data-view=room aria-pressed=false>Room</button>");
        html.Append($"</span></div><p class=caption></p>");
        html.Append($"<canvas tabindex=0 role=img aria-label=\"Camera paths in 3D: {Title}. Arrow keys turn, plus and minus zoom, 0 resets.\"></canvas>");
        html.Append($"<div class=bar><button type=button class=play aria-label=\"Play or pause the frames\" aria-pressed=false><i></i></button><label for={slider}>Frame</label> <input id={slider} type=range min=0 value=0><output></output></div>");
        html.Append($"<ul class=\"legend distances\"></ul><p class=hint>Drag to turn, wheel or pinch to zoom, double click to reset; with the keyboard: arrows, + and −, 0. Coordinates: x right, y down, z forward, in metres.</p>");
        html.Json(WriteJson);
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        double halfWidth = Math.Tan(0.5 * HorizontalFieldOfViewDegrees * Math.PI / 180);
        json.WriteStartObject();
        json.Number("halfWidth", halfWidth);
        json.Number("halfHeight", halfWidth / AspectRatio);
        json.WriteNumber("frustums", FrustumsPerPath);
        json.WriteStartArray("cases");
        foreach (PathCase one in Cases)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("caption", one.Caption);
            json.WriteStartArray("boxes");
            foreach (SceneBox box in one.Boxes)
            {
                json.WriteStartArray();
                foreach (Vector3d corner in box.Corners()) WriteVector(json, corner);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("paths");
            string[] tones = Tones.For(one.Paths.Select(p => p.Colour));
            foreach ((int index, CameraPath path) in one.Paths.Index()) WritePath(json, path, tones[index]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Poses as seven numbers each: camera centre x y z, then camera-to-world quaternion w x y z.
    private static void WritePath(Utf8JsonWriter json, CameraPath path, string tone)
    {
        json.WriteStartObject();
        json.WriteString("name", path.Name);
        json.WriteString("tone", tone);
        json.Numbers("poses", path.Trajectory.SelectMany(p => new[] { p.Translation.X, p.Translation.Y, p.Translation.Z, p.Rotation.W, p.Rotation.X, p.Rotation.Y, p.Rotation.Z }));
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, Vector3d v)
    {
        json.WriteStartArray();
        json.Number(v.X);
        json.Number(v.Y);
        json.Number(v.Z);
        json.WriteEndArray();
    }
}
