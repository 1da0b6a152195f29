using System.Globalization;

namespace GeoAlign.Cli;

/// <summary>Scores in words: one video in detail, several as a table.</summary>
internal static class ScoreText
{
    public static void Write(TextWriter output, IReadOnlyList<VideoScore> videos)
    {
        if (videos.Count == 1) WriteOne(output, videos[0]);
        else WriteTable(output, videos);
    }

    private static void WriteOne(TextWriter output, VideoScore video)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{video.Video}: {video.Frames} frames of {video.WidthPixels}×{video.HeightPixels} pixels at {video.FramesPerSecond:0.###} per second{(video.Target is { } target ? $", target {target}" : "")}"));
        List<(string, string)> lines = [.. video.Scores.Select(s => (s.Dimension, s.Value is { } value ? $"{Figures.Of(value)}{Unit(s)}{(s.Warning is { } w ? $"  ({w})" : "")}" : $"missing: {s.Reason}"))];
        if (video.Path is { } path) lines.AddRange(PathLines(path));
        TextTable.WritePairs(output, lines);
        if (video.Path is { RejectedFrames: { Count: > 0 } rejected }) output.WriteLine($"  ! {Figures.Counted(rejected.Count, "frame does", "frames do")} not count; frame {rejected[0].Frame}: {rejected[0].Reason}");
    }

    private static IEnumerable<(string, string)> PathLines(PathReport path)
    {
        yield return ("errors", $"{Figures.Of(path.MeanTranslationMetres)} m and {Figures.Of(path.MeanRotationDegrees)}° on average, first frames aligned, no scale fitted");
        yield return ("length", path.PathLengthRatio is { } ratio
            ? $"{Figures.Of(ratio)} times the target's{(path.ScaleDrift is { } drift ? $"; second half against first {Figures.Of(drift)}" : "")}"
            : $"the target only turns; the camera strays up to {Figures.Of(path.ParasiticTranslationMetres)} m");
        if (path.ScaleToTarget is { } scale) yield return ("scale", $"the centres times {Figures.Of(scale)} come closest to the target's");
        if (path.MetricScale is { } factor) yield return ("estimator", $"scale factor {Figures.Of(factor)} metres per unit");
        if (path.FrameSpreadMetres is { } spread)
            yield return ("quality", $"view 0 put {Figures.Of(path.ReferenceResidualMetres)} m and {Figures.Of(path.ReferenceResidualDegrees)}° off the origin; centres {Figures.Of(spread)} m around their mean");
        if (path.RotErrDegrees is { } rotErr) yield return ("published", $"RotErr {Figures.Of(rotErr)}°, TransErr {Figures.Of(path.TransErr)} (without scale)");
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<VideoScore> videos)
    {
        ScoredDimension[] dimensions = [.. videos.SelectMany(v => v.Scores).DistinctBy(s => s.Dimension)];
        bool hasPaths = videos.Any(v => v.Path is not null);
        List<IReadOnlyList<string>> rows = [["video", .. dimensions.Select(d => d.Dimension + Unit(d)), .. hasPaths ? ["length ratio", "RotErr °", "TransErr"] : Array.Empty<string>()]];
        foreach (VideoScore video in videos)
        {
            rows.Add([video.Name, .. dimensions.Select(d => Figures.Of(Value(video, d.Dimension))),
                .. hasPaths ? [Figures.Of(video.Path?.PathLengthRatio), Figures.Of(video.Path?.RotErrDegrees), Figures.Of(video.Path?.TransErr)] : Array.Empty<string>()]);
        }

        rows.Add(["mean", .. dimensions.Select(d => Mean(videos.Select(v => Value(v, d.Dimension)))),
            .. hasPaths ? [Mean(videos.Select(v => v.Path?.PathLengthRatio)), Mean(videos.Select(v => v.Path?.RotErrDegrees)), Mean(videos.Select(v => v.Path?.TransErr))] : Array.Empty<string>()]);
        TextTable.Write(output, rows);
        foreach (VideoScore video in videos)
        {
            if (video.Problem is { } problem) output.WriteLine($"! {video.Name}: {problem}");
            foreach (string reason in video.Scores.Where(s => s.Reason is not null).GroupBy(s => s.Reason).Select(g => $"{string.Join(", ", g.Select(s => s.Dimension))} missing: {g.Key}")) output.WriteLine($"! {video.Name}: {reason}");
        }
    }

    // A plain number has the unit 1.
    private static string Unit(ScoredDimension dimension) => dimension.Unit == "1" ? "" : " " + dimension.Unit;

    // A mean over those that have a number says how many they are.
    private static string Mean(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        double[] present = [.. all.OfType<double>()];
        return present.Length == 0 ? "–" : Figures.Of(present.Average()) + (present.Length < all.Length ? $" of {present.Length}" : "");
    }

    private static double? Value(VideoScore video, string dimension) => video.Scores.FirstOrDefault(s => s.Dimension == dimension)?.Value;
}
