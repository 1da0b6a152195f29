namespace GeoAlign.Cli;

/// <summary>Rows in columns as wide as their longest cell.</summary>
internal static class TextTable
{
    /// <summary>Writes rows; the first is the heading. Columns but the first are aligned to the right.</summary>
    public static void Write(TextWriter output, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows.Max(r => r.Count)).Select(c => rows.Max(r => c < r.Count ? r[c].Length : 0))];
        foreach (IReadOnlyList<string> row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
    }

    /// <summary>Writes names and values below one another.</summary>
    public static void WritePairs(TextWriter output, IReadOnlyList<(string Name, string Value)> pairs)
    {
        int width = pairs.Max(p => p.Name.Length);
        foreach ((string name, string value) in pairs) output.WriteLine($"  {name.PadRight(width)}  {value}");
    }
}
