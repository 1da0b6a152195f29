using System.Text;

namespace GeoAlign.Sampling;

/// <summary>Text files of any origin: UTF-8 with or without a byte order mark, any line ends.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The whole text.</summary>
    /// <exception cref="DataFormatException">Not UTF-8; the line of the first bad byte is named.</exception>
    public static string ReadAll(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            int line = 1 + text[..Math.Clamp(error.Index, 0, text.Length)].Count((byte)'\n');
            throw new DataFormatException(path, line, "bytes that are no UTF-8 text", error);
        }
    }

    /// <summary>The lines that are not blank, without blanks at their ends, with their numbers from 1.</summary>
    /// <exception cref="DataFormatException">Not UTF-8.</exception>
    public static IEnumerable<(int Line, string Text)> NotBlank(string path)
    {
        string[] lines = ReadAll(path).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i].Trim();
            if (text.Length > 0) yield return (i + 1, text);
        }
    }
}
