using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeoAlign.Grpo;

/// <summary>Writes one JSON object per iteration and line. Whole lines only: a crash can lose the last one, never leave half of it behind for good.</summary>
/// <param name="path">The file; made with its folder when missing.</param>
public sealed class JsonlLog(string path) : IIterationLog
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Reads the reports of a log, in their order; the remains of a line that was not finished are passed over.</summary>
    /// <param name="path">The file; a missing one has no reports.</param>
    /// <exception cref="InvalidDataException">A whole line is no report.</exception>
    public static IReadOnlyList<IterationReport> Read(string path)
    {
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        List<IterationReport> reports = [];
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                reports.Add(JsonSerializer.Deserialize<IterationReport>(lines[i], Format)
                    ?? throw new InvalidDataException($"{path}:{i + 1}: null, expected the report of an iteration."));
            }
            catch (JsonException) when (i == lines.Length - 1)
            {
                break;
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path}:{i + 1}: not the report of an iteration ({e.Message})", e);
            }
        }

        return reports;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds something else than the log of a trainer; it is left as it is.</exception>
    public void ResumeAt(int iteration)
    {
        if (!File.Exists(path)) return;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length > 0 && IsUnfinished(lines[^1])) lines = lines[..^1];
        string[] kept = [.. lines.Where((line, i) => IterationOf(line, i + 1) < iteration)];
        string temporary = path + ".tmp";
        File.WriteAllLines(temporary, kept);
        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Write(IterationReport report)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null) Directory.CreateDirectory(folder);
        byte[] line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(report, Format) + "\n");
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(line);
    }

    // What a crash leaves of a line, or zeros in its place.
    private static bool IsUnfinished(string line)
    {
        const string Start = "{\"iteration\":";
        if (line.Trim('\0').Length > 0 && !line.StartsWith(Start, StringComparison.Ordinal) && !Start.StartsWith(line, StringComparison.Ordinal)) return false;
        try
        {
            using JsonDocument whole = JsonDocument.Parse(line);
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private int IterationOf(string line, int number)
    {
        try
        {
            using JsonDocument report = JsonDocument.Parse(line);
            if (report.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("iteration", out JsonElement iteration)
                && iteration.ValueKind == JsonValueKind.Number && iteration.TryGetInt32(out int index)) return index;
            throw new InvalidDataException($"{path}:{number}: a line without an iteration; the file is not a log of this trainer and is left as it is.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{number}: not JSON ({e.Message}); the file is not a log of this trainer and is left as it is.", e);
        }
    }
}
