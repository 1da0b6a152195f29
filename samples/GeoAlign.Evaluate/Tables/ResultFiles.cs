using System.Text.Json;

namespace GeoAlign.Evaluate;

/// <summary>The tables of an evaluation as files: results.csv (a row per case), summary.csv (a row per group and figure) and summary.json.</summary>
internal static class ResultFiles
{
    /// <summary>Writes all three and returns the JSON.</summary>
    public static byte[] Write(EvaluationSettings settings, EvaluationPlan plan, IReadOnlyList<CaseResult> results, EvaluationSummary summary, IReadOnlyDictionary<string, string> about)
    {
        WholeFile.Write(settings.At("results.csv"), CasesCsv(results));
        WholeFile.Write(settings.At("summary.csv"), SummaryCsv(summary));
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            about,
            planned = results.Count,
            scored = results.Count(r => r.Status == CaseStatus.Scored),
            failed = results.Where(r => r.Status == CaseStatus.Failed).Select(r => new { r.Method, name = r.Name.ToString(), r.Reason }),
            missing = results.Where(r => r.Status == CaseStatus.Missing).Select(r => new { r.Method, name = r.Name.ToString() }),
            plan.Unplanned,
            plan.VideosWithoutFile,
            summary.ByMethod,
            summary.ByMove,
            summary.BySpeed,
            summary.Differences,
        }, EvaluationJson.Indented);
        WholeFile.Write(settings.At("summary.json"), json);
        return json;
    }

    private static byte[] CasesCsv(IReadOnlyList<CaseResult> results)
    {
        CsvText csv = new();
        csv.Row([
            "method", "video", "move", "move_name", "speed", "status", "reason", "frames", "expected_frames", "frames_with_pose",
            .. MetricCatalogue.All.Select(m => m.Key),
        ]);
        foreach (CaseResult r in results)
        {
            csv.Row([
                r.Method, r.Video, (int)r.Move, MoveText.Of(r.Move), r.Speed, r.Status, r.Reason, r.Frames, r.ExpectedFrames, r.FramesWithPose,
                .. MetricCatalogue.All.Select(m => (object?)r.Scores[m.Key]),
            ]);
        }

        return csv.ToBytes();
    }

    private static byte[] SummaryCsv(EvaluationSummary summary)
    {
        CsvText csv = new CsvText().Row("method", "move", "speed", "metric", "n", "mean", "ci95_low", "ci95_high", "median");
        foreach (GroupSummary group in summary.ByMethod.Concat(summary.ByMove).Concat(summary.BySpeed))
        {
            foreach (MetricSummary m in group.Metrics)
                csv.Row(group.Method, (int?)group.Move, group.Speed, m.Metric, m.Count, m.Mean, m.Interval?.Low, m.Interval?.High, m.Median);
        }

        return csv.ToBytes();
    }
}
