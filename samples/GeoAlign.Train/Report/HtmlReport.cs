using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoAlign.Geometry;

namespace GeoAlign.Train.Report;

/// <summary>The page a run leaves behind: one HTML file that opens without a network; its videos lie beside it.</summary>
internal static class HtmlReport
{
    private const string Style =
        """
        body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1f2328;background:#fff}
        h1{font-size:1.5rem;margin-bottom:.2rem} h2{font-size:1.1rem;margin:2rem 0 .6rem} small,.none{color:#656d76}
        .row{display:flex;flex-wrap:wrap;gap:1rem} figure{margin:0;flex:1 1 320px;max-width:440px} figcaption{font-weight:600}
        svg{width:100%;height:auto} svg text{font-size:11px;fill:#656d76} .grid{stroke:#d8dee4} .legend span{margin-right:1rem}
        .legend i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em} video{width:100%;background:#000}
        table{border-collapse:collapse} td{padding:.15rem .8rem .15rem 0;vertical-align:top} td:first-child{color:#656d76}
        .note{background:#fff8c5;border:1px solid #d4a72c66;border-radius:6px;padding:.6rem .9rem}
        """;

    /// <summary>Writes report.html from what the run folder holds.</summary>
    /// <param name="folder">Folder with log.jsonl, config.json and the videos.</param>
    /// <param name="notes">Sentences a reader must know before looking at numbers.</param>
    /// <param name="paths">Named paths to draw; the first is the target.</param>
    public static void Write(string folder, IReadOnlyList<string> notes, IReadOnlyList<(string Name, CameraTrajectory Path)> paths)
    {
        JsonNode[] log = [.. File.ReadLines(Path.Combine(folder, "log.jsonl")).Select(line => JsonNode.Parse(line)!)];
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>GeoAlign run {Text(Path.GetFileName(folder))}</title><style>{Style}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>GeoAlign run <em>{Text(Path.GetFileName(folder))}</em></h1><p><small>{log.Length} iterations</small></p>");
        foreach (string note in notes) html.Append(CultureInfo.InvariantCulture, $"<p class=note>{Text(note)}</p>");

        html.Append("<h2>Videos</h2><div class=row>");
        foreach ((string file, string caption) in new[] { ("condition.mp4", "Condition"), ("before.mp4", "Generated before training"), ("after.mp4", "Generated after training, same noise") })
            html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{caption}</figcaption><video src=\"{file}\" controls loop muted autoplay playsinline></video></figure>");
        html.Append("</div><h2>Rewards <small>0 is best</small></h2><div class=row>");
        foreach ((string dimension, string unit) in Dimensions(log))
            html.Append(new LineChart(dimension, unit).Add("mean over rollouts", log.Select(l => Reward(l, dimension, "mean"))).ToHtml());
        html.Append("</div><h2>Update</h2><div class=row>");
        html.Append(new LineChart("Gradient norm", "").Add("before clipping", log.Select(l => Update(l, "gradientNorm"))).ToHtml());
        html.Append(new LineChart("Largest |ρ − 1| before the first update", "must stay under 1e-6").Add("", log.Select(l => Update(l, "maxRatioDeviation"))).ToHtml());
        html.Append(new LineChart("Seconds per stage", "s").Add("rollout", log.Select(l => Stage(l, "rollout"))).Add("score", log.Select(l => Stage(l, "score"))).Add("update", log.Select(l => Stage(l, "update"))).ToHtml());
        html.Append("</div><h2>Camera paths of the preview</h2><div class=row>");
        foreach ((string name, CameraTrajectory path) in paths.Skip(1))
            html.Append(new PathPlot(name).Add(paths[0].Name, paths[0].Path).Add(name, path).ToHtml());
        html.Append("</div><h2>Settings</h2><table>");
        foreach ((string key, JsonNode? value) in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["settings"]!.AsObject())
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(key)}<td>{Text(value?.ToJsonString(Plain) ?? "none")}");
        html.Append("</table>");
        WriteWhole(Path.Combine(folder, "report.html"), html.ToString());
    }

    /// <summary>Writes a text under a temporary name and renames it, so that no half file has the final name.</summary>
    public static void WriteWhole(string path, string text)
    {
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<(string Dimension, string Unit)> Dimensions(JsonNode[] log) =>
        log.Length == 0 ? [] : log[0]["rewards"]!.AsArray().Select(r => (string)r!["dimension"]!).Select(d => (d, d switch { "trans" => "−m", "rot" => "−rad", _ => "" }));

    private static double? Reward(JsonNode line, string dimension, string key) =>
        (double?)line["rewards"]!.AsArray().First(r => (string)r!["dimension"]! == dimension)![key];

    private static double? Update(JsonNode line, string key) => line["updates"] is JsonArray { Count: > 0 } updates ? (double?)updates[0]![key] : null;

    private static double? Stage(JsonNode line, string key) => (double?)line["seconds"]![key];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
