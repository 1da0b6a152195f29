using GeoAlign.Evaluate.Tests.Running;
using GeoAlign.Geometry;
using GeoAlign.Reporting;

namespace GeoAlign.Evaluate.Tests.Reporting;

/// <summary>A small evaluation with everything a report can show: two methods, two speeds, a failure, a missing video, an odd file.</summary>
internal static class MadeUpEvaluation
{
    public static async Task<Report> ReportAsync(TemporaryFolder files, int reportCases = 2)
    {
        await ClipFiles.WriteAsync(files.At("conditions", "bear.mp4"), 9);
        foreach ((string method, int seed) in new[] { ("base", 1), ("tuned", 2) })
            foreach (int move in new[] { 1, 5 })
                foreach (string speed in new[] { "1.0", "2.0" })
                    await ClipFiles.WriteAsync(files.At(method, $"bear_camera_{move}_speed_{speed}.mp4"), 9, seed + 3 * move + 7 * speed[0]);
        File.Delete(files.At("base", "bear_camera_5_speed_2.0.mp4"));
        files.Write("no video", "tuned", "bear_camera_1_speed_2.0.mp4");
        File.Copy(files.At("base", "bear_camera_1_speed_1.0.mp4"), files.At("base", "preview.mp4"));

        EvaluationSettings settings = new()
        {
            Methods = [new("base", files.At("base")), new("tuned", files.At("tuned"))], Conditions = files.At("conditions"),
            Moves = [CameraMove.PanRight, CameraMove.ZoomIn], Speeds = [1, 2], Output = files.At("out"), Cache = files.At("out", "cache"), Resamples = 50,
        };
        EvaluationPlan plan = EvaluationPlan.Make(settings.Methods, settings.Conditions, settings.Videos, settings.Moves, settings.Speeds);
        EvaluationCache cache = new(settings.Cache);
        CountingPaths source = new();
        CaseScorer scorer = new(settings, cache, source, new NetworkScores(new NetworkSet(new Dictionary<NetworkRole, IFrameNetwork>()), cache, null));
        new EvaluationRecord(settings, plan, Evaluation.About(settings, new EvaluateOptions(), source), reportCases).Write();
        await EvaluationRun.ExecuteAsync(settings, plan, scorer, cache, new ProgressLine(TextWriter.Null, plan.Cases.Count, overwrites: false), CancellationToken.None);
        return await EvaluationPage.OfFolderAsync(settings.Output, CancellationToken.None);
    }
}
