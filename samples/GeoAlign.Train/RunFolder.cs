using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using GeoAlign.Grpo;

namespace GeoAlign.Train;

/// <summary>The folder of a run: config.json, log.jsonl, checkpoints, videos, report. A folder made under other settings is refused.</summary>
internal sealed class RunFolder
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private RunFolder(string path) => Root = path;

    public string Root { get; }

    public string Log => At("log.jsonl");

    public string Checkpoints => At("checkpoints");

    public string At(string name) => Path.Combine(Root, name);

    /// <summary>Makes the folder, or opens the one of a run with the same settings.</summary>
    /// <exception cref="InvalidDataException">The folder belongs to a run with other settings; the message names them.</exception>
    public static RunFolder Open(string folder, TrainSettings settings, GrpoOptions options)
    {
        RunFolder run = new(folder);
        Directory.CreateDirectory(run.Root);
        string config = JsonSerializer.Serialize(new { settings, grpo = options, version = Version() }, Format);
        string path = run.At("config.json");
        if (File.Exists(path)) run.RefuseOtherSettings(File.ReadAllText(path), config);
        File.WriteAllText(path + ".part", config);
        File.Move(path + ".part", path, overwrite: true);               // no half file has the final name
        return run;
    }

    /// <summary>Opens the folder of a run that was started before.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static RunFolder Existing(string folder)
    {
        RunFolder run = new(Path.GetFullPath(folder));
        return File.Exists(run.At("config.json")) && File.Exists(run.Log)
            ? run
            : throw new InvalidDataException($"{folder} is no folder of a training run: it has no config.json and log.jsonl.");
    }

    private void RefuseOtherSettings(string before, string now)
    {
        using JsonDocument old = JsonDocument.Parse(before), current = JsonDocument.Parse(now);
        if (!old.RootElement.TryGetProperty("settings", out JsonElement was)) throw new InvalidDataException($"{At("config.json")} is not a run's configuration; use another --name.");
        string[] changed =
        [
            .. current.RootElement.GetProperty("settings").EnumerateObject()
                .Where(p => p.Name is not ("iterations" or "threads" or "offload"))             // these change no number
                .Where(p => !was.TryGetProperty(p.Name, out JsonElement value) || !JsonElement.DeepEquals(value, p.Value))
                .Select(p => $"{p.Name} is {p.Value}, was {(was.TryGetProperty(p.Name, out JsonElement value) ? value : "not there")}"),
        ];
        if (changed.Length > 0)
            throw new InvalidDataException($"{Root} holds a run with other settings: {string.Join("; ", changed)}. Use these again to go on, or another --name to start afresh.");
    }

    private static string Version() => typeof(RunFolder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
