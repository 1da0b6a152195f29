namespace GeoAlign.Sampling;

/// <summary>The folders in a folder that a search goes on in.</summary>
internal static class SubFolders
{
    /// <summary>Those that are not hidden, in natural order; without links that lead back to where they lie, which would be followed for ever.</summary>
    public static IEnumerable<string> Of(string folder) => Directory.EnumerateDirectories(folder)
        .Where(f => !Path.GetFileName(f).StartsWith('.') && !LeadsBack(f))
        .OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance);

    /// <summary>Whether a folder is a link to one that it lies in.</summary>
    public static bool LeadsBack(string folder)
    {
        if (new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is not { } target) return false;
        string inside = Path.GetFullPath(folder) + Path.DirectorySeparatorChar, outside = Path.TrimEndingDirectorySeparator(target.FullName) + Path.DirectorySeparatorChar;
        return inside.StartsWith(outside, StringComparison.Ordinal);
    }
}
