using System.Text;

namespace GeoAlign.Sampling;

/// <summary>Reads comma-separated values with quotes (RFC 4180), which may hold commas, doubled quotes and line ends; blank lines are skipped.</summary>
internal static class CsvFile
{
    /// <summary>The records of a file; each must have as many fields as the first, the heading.</summary>
    /// <exception cref="DataFormatException">A quote that is not closed or stands inside a field, a record of another length, or an empty file.</exception>
    public static IReadOnlyList<CsvRow> Read(string path) => Parse(TextLines.ReadAll(path), path);

    /// <summary>As <see cref="Read"/>, from text.</summary>
    public static IReadOnlyList<CsvRow> Parse(string text, string path)
    {
        List<CsvRow> rows = [];
        List<string> fields = [];
        StringBuilder field = new();
        int line = 1, firstLine = 1;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (c == '"')
            {
                if (field.Length > 0) throw new DataFormatException(path, line, "a quote inside a field, expected the whole field in quotes");
                int opened = line;
                for (i++; ; i++)
                {
                    if (i >= text.Length) throw new DataFormatException(path, opened, "a quote is opened here and never closed");
                    if (text[i] == '\n') line++;
                    if (text[i] != '"') field.Append(text[i]);
                    else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                    else break;
                }

                if (i + 1 < text.Length && text[i + 1] is not (',' or '\r' or '\n'))
                    throw new DataFormatException(path, line, $"'{text[i + 1]}' after a closing quote, expected a comma or the end of the line");
            }
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == ',') continue;
                if (fields.Count > 1 || fields[0].Length > 0) rows.Add(Checked(new CsvRow(firstLine, fields), rows, path));
                fields = [];
                firstLine = ++line;
            }
            else if (c != '\r' || i + 1 < text.Length && text[i + 1] != '\n')
            {
                field.Append(c);
            }
        }

        return rows.Count > 0 ? rows : throw new DataFormatException(path, 0, "is empty, expected a heading and rows of comma-separated values");
    }

    private static CsvRow Checked(CsvRow row, List<CsvRow> before, string path) => before.Count == 0 || row.Fields.Count == before[0].Fields.Count
        ? row
        : throw new DataFormatException(path, row.Line, $"{row.Fields.Count} fields, expected {before[0].Fields.Count} as in the heading");
}
