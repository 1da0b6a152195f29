using System.Globalization;
using System.Text;
using GeoAlign.Reporting;

namespace GeoAlign.Miniature;

/// <summary>Ablations as a table: means over seeds with their standard deviation.</summary>
internal static class AblationTable
{
    private static readonly string[] Names = ["TransErr, mm", "RotErr, °", "scale, translation", "residual", "network evaluations per iteration", "s per iteration"];

    /// <summary>As Markdown.</summary>
    public static string Markdown(IReadOnlyList<AblationResult> results, AlignmentSettings settings)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{settings.Iterations} iterations, {results[0].Before.Clips} held-out cases by the judge; mean (standard deviation over seeds).");
        text.AppendLine().AppendLine($"| run | seeds | {string.Join(" | ", Names)} |").AppendLine($"| --- | --- | {string.Join(" | ", Names.Select(_ => "---"))} |");
        text.AppendLine($"| base | | {string.Join(" | ", Figures(results[0].Before).Select((v, i) => Number(i, v)))} | | |");
        foreach (IGrouping<string, AblationResult> runs in results.GroupBy(r => r.Ablation.Name))
            text.AppendLine($"| {runs.Key} | {runs.Count()} | {string.Join(" | ", Columns([.. runs]).Select((column, i) => Cell(i, column)))} |");
        return text.ToString();
    }

    /// <summary>As a page.</summary>
    public static Report Page(IReadOnlyList<AblationResult> results, AlignmentSettings settings) => new()
    {
        Title = "Ablations in the miniature world",
        Subtitle = $"{settings.Iterations} iterations each; held-out cases by the judge; means over seeds.",
        Sections =
        [
            new("Results", new Table
            {
                Columns = ["run", .. Names.Select(name => new TableColumn(name)), "question"],
                Rows =
                [
                    ["base", .. Figures(results[0].Before).Select(v => (TableCell)v), default(TableCell), default(TableCell), ""],
                    .. results.GroupBy(r => r.Ablation).Select(runs => (IReadOnlyList<TableCell>)[runs.Key.Name, .. Columns([.. runs]).Select(c => (TableCell)c.Average()), runs.Key.Question]),
                ],
            }),
        ],
    };

    private static double[] Figures(JudgementSummary s) => [1000 * s.TranslationErrorMetres, s.RotationErrorDegrees, s.TranslationScale ?? double.NaN, s.ResidualRms];

    private static double[][] Columns(AblationResult[] runs)
    {
        double[][] rows = [.. runs.Select(r => (double[])[.. Figures(r.After), r.Evaluations, r.SecondsPerIteration])];
        return [.. Enumerable.Range(0, Names.Length).Select(c => rows.Select(row => row[c]).ToArray())];
    }

    private static string Cell(int column, double[] values)
    {
        double mean = values.Average();
        if (values.Length == 1) return Number(column, mean);
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return $"{Number(column, mean)} ({Number(column, deviation)})";
    }

    private static string Number(int column, double value) =>
        value.ToString(column switch { 0 => "0.0", 1 or 5 => "0.00", 2 => "0.000", 3 => "0.0000", _ => "0" }, CultureInfo.InvariantCulture);
}
