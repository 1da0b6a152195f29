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
    public void ResumeAt(int iteration)
    {
        if (!File.Exists(path)) return;
        string temporary = path + ".tmp";
        File.WriteAllLines(temporary, File.ReadLines(path).Where(line => IterationOf(line) is int i && i < iteration));
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

    // The iteration of a line; null for the remains of a line that was not finished.
    private int? IterationOf(string line)
    {
        try
        {
            using JsonDocument report = JsonDocument.Parse(line);
            return report.RootElement.TryGetProperty("iteration", out JsonElement iteration)
                ? iteration.GetInt32()
                : throw new InvalidDataException($"{path} holds a line without an iteration; it is not a log of this trainer and is left as it is.");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
