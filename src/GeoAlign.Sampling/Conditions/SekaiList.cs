using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>Reads Sekai's list of clips: CSV with a heading, the first column <c>ID_START_END[.ext]</c>.</summary>
public static class SekaiList
{
    private const int FrameDigits = 7;

    /// <summary>The rate that Sekai counts frames at.</summary>
    public static FrameRate FrameRate { get; } = new(30);

    /// <summary>Reads a list.</summary>
    /// <exception cref="DataFormatException">A row breaks the format; the message names file and line and says what was expected.</exception>
    public static IReadOnlyList<SekaiEntry> Read(string path) => Parse(CsvFile.Read(path), path);

    private static List<SekaiEntry> Parse(IReadOnlyList<CsvRow> rows, string path)
    {
        if (TryParse(rows[0].Fields[0], out _))
            throw new DataFormatException(path, rows[0].Line, $"'{rows[0].Fields[0].Trim()}' is a clip, expected a heading in the first row, such as videoFile; put one above it");
        int caption = rows[0].Fields.Select(f => f.Trim()).ToList().IndexOf("caption");
        List<SekaiEntry> entries = [];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (CsvRow row in rows.Skip(1))
        {
            SekaiEntry entry = Entry(row, caption, path);
            if (!lines.TryAdd(entry.ClipName, row.Line))
                throw new DataFormatException(path, row.Line, $"{entry.ClipName} is listed in line {lines[entry.ClipName]} already");
            entries.Add(entry);
        }

        return entries.Count > 0 ? entries : throw new DataFormatException(path, rows[0].Line, "the heading is the only row, expected clips below it");
    }

    private static SekaiEntry Entry(CsvRow row, int caption, string path)
    {
        string name = row.Fields[0].Trim();
        if (!TryParse(name, out (string VideoId, long Start, long End) clip))
            throw new DataFormatException(path, row.Line, $"'{name}' is no clip, expected ID_START_END with frame numbers of {FrameDigits} digits, such as AbC_0000000_0001800.mp4");
        (string id, long start, long end) = clip;
        if (end <= start) throw new DataFormatException(path, row.Line, $"'{name}' ends at frame {end}, expected a frame after its start, {start}");
        return new SekaiEntry(row.Line, id, start, end, caption < 0 ? null : row.Fields[caption].Trim());
    }

    // The id may hold '_' itself: taken apart from the right.
    private static bool TryParse(string name, out (string VideoId, long Start, long End) clip)
    {
        clip = default;
        string text = WithoutExtension(name.Trim());
        int last = text.LastIndexOf('_'), middle = last > 0 ? text.LastIndexOf('_', last - 1) : -1;
        if (middle < 1 || !TryFrame(text.AsSpan(middle + 1, last - middle - 1), out long start) || !TryFrame(text.AsSpan(last + 1), out long end)) return false;
        clip = (text[..middle], start, end);
        return true;
    }

    // Ids never hold a dot, so what follows the first one is an extension.
    private static string WithoutExtension(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    private static bool TryFrame(ReadOnlySpan<char> digits, out long frame)
    {
        frame = 0;
        return digits.Length == FrameDigits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out frame);
    }
}
