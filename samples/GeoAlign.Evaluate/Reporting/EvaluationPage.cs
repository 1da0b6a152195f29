using GeoAlign.Reporting;

namespace GeoAlign.Evaluate;

/// <summary>The page of an evaluation from what is in its folder, finished, stopped or still at work: <c>evaluate</c> and <c>report</c> both make it here.</summary>
internal static class EvaluationPage
{
    /// <summary>Its file in the folder of an evaluation.</summary>
    public const string FileName = "report.html";

    /// <summary>Whether a folder holds an evaluation.</summary>
    public static bool IsEvaluation(string folder) => File.Exists(Path.Combine(folder, EvaluationRecord.FileName)) || File.Exists(Path.Combine(folder, "results.jsonl"));

    /// <summary>Composes it. Videos and paths that are no longer where they were are left out, and counted.</summary>
    /// <param name="folder">The evaluation's folder.</param>
    /// <param name="stop">Stops.</param>
    /// <exception cref="InvalidDataException">The folder holds no evaluation, or a file of it is damaged.</exception>
    public static async Task<Report> OfFolderAsync(string folder, CancellationToken stop)
    {
        EvaluationRecord record = EvaluationRecord.Read(folder);
        IReadOnlyDictionary<(string, Geometry.RetakeName), CaseResult> known = ResultLog.Read(record.Settings.ResultsFile);
        CaseResult[] results =
        [
            .. record.Plan.Cases.Select(c => c.IsMissing
                ? CaseResult.Without(c, CaseStatus.Missing, "no video")
                : known.GetValueOrDefault((c.Method.Name, c.Name)) ?? CaseResult.Without(c, CaseStatus.Waiting, "no result yet")),
        ];
        EvaluationSummary summary = EvaluationSummary.Of(results, new ClusterBootstrap(record.Settings.Seed, record.Settings.Resamples));
        EvaluationReport report = new(record.Settings, record.Plan, results, summary, PublishedTable.Read(EvaluateCommand.Asset("published.json")), record.About);
        return await report.ComposeAsync(new ReportMaterial(record, results), record.ReportCases, stop);
    }
}
