using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>Where a camera file is written, and in which format.</summary>
internal static class OutputPath
{
    /// <summary>Part of a file name that stands for a path's name.</summary>
    public const string NamePlace = "{name}";

    /// <summary>The format said, or that of the file's name.</summary>
    /// <exception cref="UsageException">Neither says one.</exception>
    public static TrajectoryFormat FormatFor(string path, string? to) => to is not null
        ? FormatNames.Parse(to)
        : FormatNames.OfFileName(path) ?? throw new UsageException($"the name '{Path.GetFileName(path)}' does not say a format: say --to {string.Join('|', FormatNames.Written)}");

    /// <summary>Refuses to replace what is there unless told.</summary>
    /// <exception cref="UsageException">Something is there.</exception>
    public static void RequireFree(string path, bool force)
    {
        if (!force && (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))) throw new UsageException($"'{path}' exists: say --force to replace it");
    }

    /// <summary>The name with a path's name in its place.</summary>
    public static string For(string pattern, string name)
    {
        string legal = string.Concat(name.Select(c => Array.IndexOf(Path.GetInvalidFileNameChars(), c) >= 0 ? '_' : c));
        return pattern.Replace(NamePlace, legal, StringComparison.Ordinal);
    }
}
