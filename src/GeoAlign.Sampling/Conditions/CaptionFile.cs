using System.Text.Json;

namespace GeoAlign.Sampling;

/// <summary>Prompts by the name of their video, from one file.</summary>
/// <remarks>
/// <c>.jsonl</c>: an object with <c>name</c> and <c>caption</c> per line. <c>.csv</c>: a heading with <c>name</c> and <c>caption</c> among its
/// columns. Other keys and columns are left alone. An empty caption is a missing one.
/// </remarks>
public sealed class CaptionFile
{
    private readonly Dictionary<string, (string Caption, int Line)> _captions = new(StringComparer.Ordinal);
    private readonly string _path;

    private CaptionFile(string path) => _path = path;

    /// <summary>Number of captions.</summary>
    public int Count => _captions.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The file breaks its format, or names a video twice.</exception>
    public static CaptionFile Read(string path)
    {
        CaptionFile captions = new(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".JSONL": captions.ReadJsonLines(); break;
            case ".CSV": captions.ReadCsv(); break;
            default: throw new DataFormatException(path, 0, "is no file of captions, expected a name ending in .jsonl or .csv");
        }

        return captions;
    }

    /// <summary>
    /// The prompt of a video: by its full name first, then by its file name, then by that without extension.
    /// </summary>
    public ConditionPrompt PromptOf(string videoName)
    {
        ArgumentNullException.ThrowIfNull(videoName);
        string file = Path.GetFileName(videoName);
        foreach (string name in new[] { videoName, file, Path.GetFileNameWithoutExtension(file) })
        {
            if (_captions.TryGetValue(name, out (string Caption, int Line) found))
                return found.Caption.Length > 0
                    ? ConditionPrompt.Found(found.Caption, $"{Path.GetFileName(_path)}:{found.Line}")
                    : ConditionPrompt.Missing($"its caption in {Path.GetFileName(_path)}:{found.Line} is empty");
        }

        return ConditionPrompt.Missing($"{Path.GetFileName(_path)} does not name it");
    }

    private void ReadJsonLines()
    {
        foreach ((int line, string text) in TextLines.NotBlank(_path))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                Add(line, Text(document.RootElement, "name"), Text(document.RootElement, "caption"));
            }
            catch (JsonException error)
            {
                throw new DataFormatException(_path, line, $"no JSON object: {error.Message}", error);
            }
        }
    }

    private void ReadCsv()
    {
        IReadOnlyList<CsvRow> rows = CsvFile.Read(_path);
        string[] heading = [.. rows[0].Fields.Select(f => f.Trim())];
        int name = Array.IndexOf(heading, "name"), caption = Array.IndexOf(heading, "caption");
        if (name < 0 || caption < 0) throw new DataFormatException(_path, rows[0].Line, $"the columns are {string.Join(", ", heading)}, expected name and caption among them");
        foreach (CsvRow row in rows.Skip(1)) Add(row.Line, row.Fields[name], row.Fields[caption]);
    }

    private void Add(int line, string? name, string? caption)
    {
        if (string.IsNullOrWhiteSpace(name) || caption is null) throw new DataFormatException(_path, line, "no name or no caption, expected {\"name\": …, \"caption\": …}");
        if (!_captions.TryAdd(name.Trim(), (caption.Trim(), line)))
            throw new DataFormatException(_path, line, $"'{name.Trim()}' has a caption already, in line {_captions[name.Trim()].Line}");
    }

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
