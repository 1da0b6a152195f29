using System.Text.Json;

namespace GeoAlign.Evaluate;

/// <summary>
/// What an evaluation is made of, in the file evaluation.json of its folder: with results.jsonl, and the cache for paths, all that its page is made from.
/// </summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Plan">Its cases and their files.</param>
/// <param name="About">Settings and versions in words.</param>
/// <param name="ReportCases">Best and worst cases with videos on the page, of each.</param>
internal sealed record EvaluationRecord(EvaluationSettings Settings, EvaluationPlan Plan, SortedDictionary<string, string> About, int ReportCases)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "evaluation.json";

    /// <summary>Writes the file into the folder of results. Paths are written in full; a cache inside of the folder moves with it.</summary>
    public void Write()
    {
        string cache = Path.GetRelativePath(Settings.Output, Settings.Cache);
        bool isInside = !Path.IsPathRooted(cache) && cache.Split(Path.DirectorySeparatorChar)[0] != "..";
        EvaluationRecord portable = this with
        {
            Settings = Settings with { Cache = isInside ? cache : Path.GetFullPath(Settings.Cache) },
            Plan = Plan with { Cases = [.. Plan.Cases.Select(c => c with { Video = Full(c.Video), Poses = Full(c.Poses), Condition = Full(c.Condition), Scene = Full(c.Scene) })] },
        };
        WholeFile.Write(Settings.At(FileName), JsonSerializer.SerializeToUtf8Bytes(portable, EvaluationJson.Indented));

        static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
    }

    /// <summary>Reads the file of a folder of results, wherever the folder lies now.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is none.</exception>
    public static EvaluationRecord Read(string folder)
    {
        string path = Path.Combine(folder, FileName), output = Path.GetFullPath(folder);
        if (!File.Exists(path)) throw new InvalidDataException($"{path}: not there. Start 'geoalign evaluate' again with the options of this evaluation: it writes the file, and computes no figure twice.");
        try
        {
            EvaluationRecord record = JsonSerializer.Deserialize<EvaluationRecord>(File.ReadAllBytes(path), EvaluationJson.Compact) ?? throw new InvalidDataException($"{path}: null, expected the record of an evaluation.");
            return record with { Settings = record.Settings with { Output = output, Cache = Path.Combine(output, record.Settings.Cache) } };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: not the record of an evaluation ({e.Message}). Start 'geoalign evaluate' again with its options to have it written.", e);
        }
    }
}
