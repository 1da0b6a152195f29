namespace GeoAlign.Geometry;

/// <summary>Walks the lines of a text file; every complaint carries the number of the current line.</summary>
internal ref struct TextRows
{
    private readonly string _path;
    private ReadOnlySpan<byte> _rest;

    public TextRows(ReadOnlySpan<byte> utf8, string path)
    {
        _rest = SourceText.WithoutByteOrderMark(utf8);
        _path = path;
    }

    /// <summary>Number of the current line, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>A complaint about the current line.</summary>
    public readonly TrajectoryFormatException Broken(string problem) => new(_path, Math.Max(Line, 1), problem);

    /// <summary>Moves to the next line, without blanks at its ends; false after the last.</summary>
    public bool NextLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_rest.IsEmpty) return false;

        Line++;
        int end = _rest.IndexOf((byte)'\n');
        line = (end < 0 ? _rest : _rest[..end]).Trim(" \t\r"u8);
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return true;
    }

    /// <summary>Moves to the next line that is neither blank nor a comment (#); false after the last.</summary>
    public bool NextRow(out ReadOnlySpan<byte> row)
    {
        while (NextLine(out row))
        {
            if (!row.IsEmpty && row[0] != '#') return true;
        }

        return false;
    }

    /// <summary>Takes the next blank-separated token off a row; empty at its end.</summary>
    public static ReadOnlySpan<byte> TakeToken(ref ReadOnlySpan<byte> row)
    {
        int end = 0;
        while (end < row.Length && !IsBlank(row[end])) end++;
        int next = end;
        while (next < row.Length && IsBlank(row[next])) next++;
        ReadOnlySpan<byte> token = row[..end];
        row = row[next..];
        return token;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t';

    /// <summary>Number of blank-separated tokens.</summary>
    public static int CountTokens(ReadOnlySpan<byte> row)
    {
        int count = 0;
        while (!row.IsEmpty)
        {
            TakeToken(ref row);
            count++;
        }

        return count;
    }

    /// <summary>Reads a row of exactly as many numbers as there is room for.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">Room for the numbers.</param>
    /// <param name="layout">Names of the numbers, for the message.</param>
    /// <param name="allowNaN">Whether NaN is left to the caller.</param>
    public readonly void ReadNumbers(ReadOnlySpan<byte> row, scoped Span<double> values, string layout, bool allowNaN = false)
    {
        int count = 0;
        string? problem = null;
        while (!row.IsEmpty)
        {
            ReadOnlySpan<byte> token = TakeToken(ref row);
            if (count < values.Length && problem is null)
            {
                problem = NumberToken.ProblemOf(token, out double value);
                if (allowNaN && double.IsNaN(value)) problem = null;
                values[count] = value;
            }

            count++;
        }

        if (count != values.Length) throw Broken($"{count} values, expected {values.Length} ({layout}) separated by blanks");
        if (problem is not null) throw Broken($"{problem}, expected {values.Length} finite numbers ({layout})");
    }
}
