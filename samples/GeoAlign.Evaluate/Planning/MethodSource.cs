using System.Globalization;

namespace GeoAlign.Evaluate;

/// <summary>A method whose videos are scored.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Videos">Folder of its videos; null when there are only poses.</param>
/// <param name="Poses">Folder of ready poses; null when they are estimated.</param>
/// <param name="MaximumFrames">Most frames the method can make; null for no limit. TrajectoryCrafter and CogNVS: 49.</param>
internal sealed record MethodSource(string Name, string? Videos, string? Poses = null, int? MaximumFrames = null)
{
    /// <summary>Joins the options of the command line: NAME=FOLDER, NAME=FOLDER and NAME=NUMBER.</summary>
    /// <exception cref="UsageException">An entry cannot be read, a name is there twice, or a limit is for no method.</exception>
    public static IReadOnlyList<MethodSource> Join(IReadOnlyList<string> videos, IReadOnlyList<string> poses, IReadOnlyList<string> limits)
    {
        List<KeyValuePair<string, string>> videoFolders = Pairs(videos, "--method"), poseFolders = Pairs(poses, "--poses"), frameLimits = Pairs(limits, "--max-frames");
        string[] names = [.. videoFolders.Concat(poseFolders).Select(p => p.Key).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0) throw new UsageException("No method to score; give --method NAME=FOLDER, or --poses NAME=FOLDER for ready poses.");
        foreach ((string name, _) in frameLimits)
            if (!names.Contains(name)) throw new UsageException($"--max-frames names '{name}', expected one of {string.Join(", ", names)}.");
        return [.. names.Select(name => new MethodSource(name, Find(videoFolders, name), Find(poseFolders, name),
            Find(frameLimits, name) is { } text ? Limit(name, text) : null))];
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
