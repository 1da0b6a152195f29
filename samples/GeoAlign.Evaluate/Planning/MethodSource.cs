using System.Globalization;

namespace GeoAlign.Evaluate;

/// <summary>A method whose videos are scored.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Videos">Folder of its videos; null when there are only poses.</param>
/// <param name="Poses">Folder of ready poses; null when they are estimated.</param>
/// <param name="MaximumFrames">Most frames the method can make; null for no limit. TrajectoryCrafter and CogNVS: 49.</param>
/// <param name="Scenes">Folder of ViPE's artefacts with depths and masks; null for those beside the poses, if there are any.</param>
internal sealed record MethodSource(string Name, string? Videos = null, string? Poses = null, int? MaximumFrames = null, string? Scenes = null)
{
    /// <summary>Joins the options of the command line: NAME=FOLDER three times and NAME=NUMBER.</summary>
    /// <exception cref="UsageException">An entry cannot be read, a name is there twice, or a limit or scene is for no method.</exception>
    public static IReadOnlyList<MethodSource> Join(IReadOnlyList<string> videos, IReadOnlyList<string> poses, IReadOnlyList<string> limits, IReadOnlyList<string>? scenes = null)
    {
        List<KeyValuePair<string, string>> videoFolders = Pairs(videos, "--method"), poseFolders = Pairs(poses, "--poses"), frameLimits = Pairs(limits, "--max-frames"), sceneFolders = Pairs(scenes ?? [], "--scenes");
        string[] names = [.. videoFolders.Concat(poseFolders).Select(p => p.Key).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0) throw new UsageException("No method to score; give --method NAME=FOLDER, or --poses NAME=FOLDER for ready poses.");
        foreach ((string option, List<KeyValuePair<string, string>> pairs) in new[] { ("--max-frames", frameLimits), ("--scenes", sceneFolders) })
            foreach ((string name, _) in pairs)
                if (!names.Contains(name)) throw new UsageException($"{option} names '{name}', expected one of {string.Join(", ", names)}.");
        return [.. names.Select(name => new MethodSource(name, Find(videoFolders, name), Find(poseFolders, name),
            Find(frameLimits, name) is { } text ? Limit(name, text) : null, Find(sceneFolders, name)))];
    }

    private static List<KeyValuePair<string, string>> Pairs(IReadOnlyList<string> entries, string option)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string entry in entries)
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == entry.Length - 1) throw new UsageException($"{option} is '{entry}', expected NAME=VALUE.");
            string name = entry[..equals];
            if (pairs.Any(p => p.Key == name)) throw new UsageException($"{option} names '{name}' twice; expected each method once.");
            pairs.Add(new(name, entry[(equals + 1)..]));
        }

        return pairs;
    }

    private static string? Find(List<KeyValuePair<string, string>> pairs, string name) => pairs.FirstOrDefault(p => p.Key == name).Value;

    private static int Limit(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit >= 1
            ? limit
            : throw new UsageException($"--max-frames of '{name}' is '{text}', expected a number of frames from 1.");
}
