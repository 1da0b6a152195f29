using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GeoAlign.Sampling;

/// <summary>JSON with errors that name file and line.</summary>
internal static class SamplingJson
{
    /// <summary>Reads an object from one line of a file.</summary>
    /// <exception cref="DataFormatException">The line is no such object.</exception>
    public static T ReadLine<T>(string text, JsonTypeInfo<T> type, string path, int line)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new DataFormatException(path, line, "null, expected an object");
        }
        catch (JsonException error)
        {
            throw new DataFormatException(path, line, Problem(error), error);
        }
    }

    /// <summary>Reads an object from a whole file; // comments and a comma after the last item are allowed.</summary>
    /// <exception cref="DataFormatException">The text is no such object.</exception>
    public static T ReadFile<T>(string path, JsonTypeInfo<T> type)
    {
        string text = TextLines.ReadAll(path);
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new DataFormatException(path, 1, "null, expected an object");
        }
        catch (JsonException error)
        {
            throw new DataFormatException(path, (int)((error.LineNumber ?? 0) + 1), Problem(error), error);
        }
    }

    // The reader's own words without its own place, which counts lines from 0; then the key at fault and what a value of it was expected to be.
    private static string Problem(JsonException error)
    {
        string words = error.Message;
        int place = words.IndexOf(" Path: ", StringComparison.Ordinal);
        if (place < 0) place = words.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        if (place >= 0) words = words[..place];
        if (words.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) words = "no such key, expected one of those that the format has";
        else if (words.Contains("isFinalBlock", StringComparison.Ordinal)) words = "no JSON, expected an object";
        return error.Path is { Length: > 1 } path ? $"{path[(path[1] == '.' ? 2 : 1)..]}: {words}" : words;
    }
}
