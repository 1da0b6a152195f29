using System.Globalization;
using GeoAlign.Reporting;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>The page of a preview.</summary>
internal static class PreviewPage
{
    public static Report Of(PreviewResult result, string configuration, IReadOnlyList<VideoRow> rows, IReadOnlyList<PathCase> cases, double aspect) => new()
    {
        Title = "Data preview",
        Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(configuration)}, seed {result.Seed}: {Figures.Counted(result.Conditions.Count, "condition", "conditions")} out of {Figures.Counted(result.Videos, "video", "videos")} and {Figures.Counted(result.Paths, "path", "paths")}."),
        Headlines =
        [
            new Headline("Conditions", result.Conditions.Count, "") { Format = "0" },
            new Headline("Videos refused", result.Summary.RefusedClips.Values.Sum(), "") { Format = "0", Note = "draws that hit a video which could not be used" },
            new Headline("Paths rejected", result.Summary.RejectedPaths.Values.Sum(), "") { Format = "0" },
            new Headline("Without a prompt", result.Summary.MissingPrompts, "") { Format = "0" },
        ],
        Sections =
        [
            .. result.Failures.Count > 0 ? [new ReportSection("Draws that failed", new Text([.. result.Failures.Select(f => $"Iteration {f.Iteration}, group {f.Group}: {f.Reason}")]) { IsNotice = true })] : Array.Empty<ReportSection>(),
            new ReportSection("Condition clips", new VideoGrid { Columns = ["condition clip"], Rows = rows, IsSmooth = true, Encoding = VideoEncoding.Mp4, MaximumEnlargement = 2 }),
            new ReportSection("Camera paths", new PathView3D(cases) { AspectRatio = aspect }) { Lead = "The target that the clip is to be filmed along, relative to its first frame, and the clip's own path where it is known." },
            new ReportSection("Speeds", Speeds(result)) { Lead = "Highest speed of each target. The files beside this page hold a contact sheet and a plot per condition, and manifest.jsonl everything to draw them again." },
            new ReportSection("What was refused", Refusals(result)) { Lead = "Nothing is left out silently: a draw that hits an unreadable video or an unusable path is drawn again with the next attempt of its key, and says so." },
        ],
    };

    private static Table Speeds(PreviewResult result) => new()
    {
        Columns = ["iteration, group", "video", "target", new TableColumn("speed") { Unit = "m/s" }, new TableColumn("turn rate") { Unit = "°/s" }, "refused before"],
        Rows = [.. result.Conditions.Select(c => (IReadOnlyList<TableCell>)
            [string.Create(CultureInfo.InvariantCulture, $"{c.Iteration}, {c.Group}"), c.Video, c.Target, c.TopMetresPerSecond, c.TopDegreesPerSecond, string.Join("; ", c.Refused)])],
    };

    private static ReportBlock[] Refusals(PreviewResult result)
    {
        List<IReadOnlyList<TableCell>> counts =
        [
            .. result.Summary.RefusedClips.Select(c => (IReadOnlyList<TableCell>)["video", PreviewText.Words(c.Key), c.Value]),
            .. result.Summary.RejectedPaths.Select(c => (IReadOnlyList<TableCell>)["path", PreviewText.Words(c.Key), c.Value]),
        ];
        Table rules = new() { Title = "By rule", Columns = ["what", "rule", new TableColumn("times") { Format = "0" }], Rows = counts };
        Table quarantine = new()
        {
            Title = "In quarantine",
            Columns = ["video", "since", "why"],
            Rows = [.. result.Quarantine.Select(q => (IReadOnlyList<TableCell>)[q.Path, q.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), q.Reason.ReplaceLineEndings(" ")])],
            Note = "A video stays here as long as its content is the same; delete its line to try it again.",
        };
        return [rules, quarantine];
    }
}
