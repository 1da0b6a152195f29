using System.Globalization;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>A preview as lines of a terminal.</summary>
internal static class PreviewText
{
    public static void Write(TextWriter output, PreviewResult result)
    {
        if (result.Conditions.Count > 0)
        {
            TextTable.Write(output,
            [
                ["iteration, group", "video", "from frame", "target", "m/s", "°/s", "refused"],
                .. result.Conditions.Select(c => (IReadOnlyList<string>)
                [
                    string.Create(CultureInfo.InvariantCulture, $"{c.Iteration}, {c.Group}"), c.Video, c.StartFrame.ToString(CultureInfo.InvariantCulture), c.Target,
                    Figures.Of(c.TopMetresPerSecond), Figures.Of(c.TopDegreesPerSecond), c.Refused.Count.ToString(CultureInfo.InvariantCulture),
                ]),
            ]);
            output.WriteLine();
        }

        DrawSummary summary = result.Summary;
        TextTable.WritePairs(output,
        [
            ("videos refused", Counts(summary.RefusedClips.Select(c => (Words(c.Key), c.Value)))),
            ("paths rejected", Counts(summary.RejectedPaths.Select(c => (Words(c.Key), c.Value)))),
            ("in quarantine", Figures.Counted(result.Quarantine.Count, "video", "videos")),
            ("without a prompt", Figures.Counted(summary.MissingPrompts, "condition", "conditions")),
            ("source cameras", Counts(summary.SourceCameras.Select(c => (Words(c.Key), c.Value)))),
            ("page", result.Page ?? "none"),
            ("manifest", result.Manifest),
        ]);
        foreach (PreviewFailure failure in result.Failures) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"failed: iteration {failure.Iteration}, group {failure.Group}: {failure.Reason}"));
    }

    public static string Words(PathRejection rule) => rule switch
    {
        PathRejection.Static => "stands still",
        PathRejection.TranslationJump => "jumps",
        PathRejection.RotationJump => "turns with a jump",
        PathRejection.RotationWrap => "rotation wraps",
        _ => "unreadable",
    };

    public static string Words(VideoProblem problem) => problem switch
    {
        VideoProblem.Missing => "missing",
        VideoProblem.NoPermission => "no permission",
        VideoProblem.Empty => "empty",
        VideoProblem.NotAVideo => "no video",
        VideoProblem.NoVideoStream => "no video stream",
        VideoProblem.Unsupported => "unsupported",
        VideoProblem.Damaged => "damaged",
        VideoProblem.TooShort => "too short",
        _ => "other",
    };

    public static string Words(SourceCameraOrigin origin) => origin switch
    {
        SourceCameraOrigin.Missing => "missing",
        SourceCameraOrigin.Recorded => "recorded",
        SourceCameraOrigin.Estimated => "estimated",
        _ => "estimated before",
    };

    private static string Counts(IEnumerable<(string Name, int Count)> counts)
    {
        string text = string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Name}")));
        return text.Length > 0 ? text : "none";
    }
}
