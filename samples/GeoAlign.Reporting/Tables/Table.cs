using System.Globalization;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>A table that a click on a heading sorts.</summary>
public sealed record Table : ReportBlock
{
    /// <summary>The columns, from the left.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The rows, from the top, each with a cell per column.</summary>
    public required IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; init; }

    /// <summary>Rows at the end that stay there when the table is sorted and take no part in the search for the best: means, totals.</summary>
    public int SummaryRows { get; init; }

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(SummaryRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SummaryRows, Rows.Count);
        foreach ((int index, IReadOnlyList<TableCell> row) in Rows.Index())
        {
            if (row.Count != Columns.Count) throw new ArgumentException($"Row {index} of the table '{Title}' has {row.Count} cells, expected {Columns.Count}.");
        }

        Column[] columns = [.. Columns.Select((column, i) => Column.Of(column, [.. Rows.Select(r => r[i])], SummaryRows))];
        html.Append($"<div class=table data-block=table>");
        html.Heading(Title);
        html.Append($"<div class=scroll tabindex=0 role=region aria-label=\"Table: {Title}\"><table><thead><tr>");
        foreach (Column column in columns) AppendHeading(html, column);
        html.Append($"</tr></thead><tbody>");
        for (int r = 0; r < Rows.Count - SummaryRows; r++) AppendRow(html, columns, r);
        html.Append($"</tbody>");
        if (SummaryRows > 0)
        {
            html.Append($"<tfoot>");
            for (int r = Rows.Count - SummaryRows; r < Rows.Count; r++) AppendRow(html, columns, r);
            html.Append($"</tfoot>");
        }

        html.Append($"</table></div>");
        if (Rows.Count == 0) html.Append($"<p class=none>no rows</p>");
        html.Note(Note);
        html.Append($"</div>\n");
        return Task.CompletedTask;
    }

    private static void AppendHeading(HtmlWriter html, Column column)
    {
        string tone = column.Definition.Colour == SeriesColour.Automatic ? "" : Tones.For([column.Definition.Colour])[0];
        html.Append($"<th scope=col class=\"{(column.IsNumeric ? "number" : "words")}\"><button type=button class=\"{tone}\">{column.Definition.Name}");
        if (column.Definition.Unit.Length > 0) html.Append($" <small>{column.Definition.Unit}</small>");
        html.Append($"</button></th>");
    }

    private void AppendRow(HtmlWriter html, Column[] columns, int row)
    {
        html.Append($"<tr>");
        for (int c = 0; c < columns.Length; c++)
        {
            TableCell cell = Rows[row][c];
            bool isBest = row < Rows.Count - SummaryRows && cell.Number is { } candidate && candidate == columns[c].Best;
            html.Append($"<td class=\"{(columns[c].IsNumeric ? "number" : "words")}{(isBest ? " best" : "")}\"");
            if (cell.Number is { } number) html.Append($" data-value=\"{number.ToString("R", CultureInfo.InvariantCulture)}\">{NumberText.Of(number, columns[c].Format)}");
            else if (cell.Text is not null) html.Append($">{cell.Text}");
            else html.Append($" data-missing><span class=none>{NumberText.Missing}</span>");
            html.Append($"</td>");
        }

        html.Append($"</tr>");
    }

    // What a column's cells have in common.
    private sealed record Column(TableColumn Definition, bool IsNumeric, string Format, double? Best)
    {
        public static Column Of(TableColumn definition, TableCell[] cells, int summaryRows)
        {
            double?[] numbers = [.. cells.Select(c => c.Number)];
            double[] compared = [.. numbers.SkipLast(summaryRows).OfType<double>()];
            double? best = compared.Length < 2 ? null : definition.Better switch
            {
                Better.Lower => compared.Min(),
                Better.Higher => compared.Max(),
                Better.NearestToOne => compared.MinBy(v => Math.Abs(v - 1)),
                _ => null,
            };
            return new(definition, cells.Length > 0 && cells.All(c => c.Text is null), definition.Format ?? NumberText.FormatFor(numbers), best);
        }
    }
}
