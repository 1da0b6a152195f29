using System.Text;

namespace GeoAlign.Geometry;

/// <summary>What the readers share about UTF-8 text: the byte order mark, line numbers, and excerpts for messages.</summary>
internal static class SourceText
{
    private const int ExcerptBytes = 40;

    /// <summary>The text without a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>Line number, from 1, of the byte at an offset.</summary>
    public static int LineAt(ReadOnlySpan<byte> utf8, long offset) =>
        1 + utf8[..(int)Math.Min(offset, utf8.Length)].Count((byte)'\n');

    /// <summary>The beginning of a piece of text on one line, in quotes, for a message.</summary>
    public static string Excerpt(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, ExcerptBytes)]);
        StringBuilder shown = new("'");
        foreach (char c in text) shown.Append(char.IsControl(c) ? '�' : c);
        return shown.Append(utf8.Length > ExcerptBytes ? "…'" : "'").ToString();
    }

    /// <summary>Names for a message, the first ten of them.</summary>
    public static string Names(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(11)];
        return first.Length < 11 ? string.Join(", ", first) : string.Join(", ", first[..10]) + ", …";
    }
}
