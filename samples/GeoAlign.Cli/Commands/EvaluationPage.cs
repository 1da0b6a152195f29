using GeoAlign.Evaluate;
using GeoAlign.Geometry;
using GeoAlign.Reporting;

namespace GeoAlign.Cli;

/// <summary>The tables of an evaluation as a page, from its results alone. The evaluation itself makes a page with videos and paths, from its sources.</summary>
internal static class EvaluationPage
{
    /// <summary>File by which the folder of an evaluation is known.</summary>
    public const string ResultsName = "results.jsonl";

    /// <summary>Composes the page.</summary>
    /// <param name="folder">The evaluation's folder.</param>
    /// <exception cref="InvalidDataException">A line of the results is none, or there is no line.</exception>
    public static Report OfFolder(string folder)
    {
        CaseResult[] results = [.. Read(Path.Combine(folder, ResultsName)).OrderBy(r => r.Method, StringComparer.Ordinal)];
        if (results.Length == 0) throw new InvalidDataException($"{Path.Combine(folder, ResultsName)} holds no result yet.");

        EvaluationSummary summary = EvaluationSummary.Of(results, new ClusterBootstrap(1, 2000));
        CaseResult[] without = [.. results.Where(r => r.Status != CaseStatus.Scored)];
        return new Report
        {
            Title = $"Evaluation {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}",
            Subtitle = $"{results.Length - without.Length} of {results.Length} cases scored, so far as results were kept.",
            Sections =
            [
                new ReportSection("Notes", new Text("Tables only: geoalign evaluate, started again with its options, adds videos, paths and published results without computing a figure twice.") { IsNotice = true }),
                new ReportSection("By method", Groups(summary.ByMethod, _ => "all")),
                new ReportSection("By move", Groups(summary.ByMove, g => MoveText.Of(g.Move!.Value))),
                new ReportSection("By speed", Groups(summary.BySpeed, g => RetakeName.SpeedText(g.Speed!.Value))),
                .. without.Length == 0 ? Array.Empty<ReportSection>() : [new ReportSection("Cases without a score", new Table
                {
                    Columns = ["method", "case", "why"],
                    Rows = [.. without.Select(r => (IReadOnlyList<TableCell>)[r.Method, r.Name.ToString(), r.Reason ?? "no video"])],
                })],
            ],
        };
    }

    // An evaluation at work keeps its log to itself, so a copy is read.
    private static CaseResult[] Read(string path)
    {
        string scratch = Directory.CreateTempSubdirectory("geoalign-results-").FullName;
        try
        {
            string copy = Path.Combine(scratch, ResultsName);
            File.Copy(path, copy);
            using ResultLog log = ResultLog.Open(copy);
            return [.. log.Known.Values];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Table Groups(IReadOnlyList<GroupSummary> groups, Func<GroupSummary, string> name)
    {
        MetricDefinition[] metrics = [.. MetricCatalogue.All.Where(m => groups.Any(g => g[m.Key] is not null))];
        return new Table
        {
            Columns = ["method", "group", .. metrics.Select(m => new TableColumn(m.Title) { Unit = m.Unit }), "n", "of"],
            Rows = [.. groups.Select(g => (IReadOnlyList<TableCell>)[g.Method, name(g), .. metrics.Select(m => (TableCell)FigureText.WithInterval(g[m.Key])), g.Scored, g.Planned])],
            Note = "Mean with its 95 % interval (bootstrap over videos).",
        };
    }
}
