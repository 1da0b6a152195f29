namespace GeoAlign.Architecture.Tests;

/// <summary>A C# block of a page.</summary>
/// <param name="Page">Path below the repository root, with slashes.</param>
/// <param name="Line">Number of its first line of code.</param>
/// <param name="Code">The lines.</param>
/// <param name="Continues">Whether its fence says <c>```csharp continued</c>: it goes on where the block before it on the page ends, with its variables.</param>
internal sealed record PageExample(string Page, int Line, IReadOnlyList<string> Code, bool Continues)
{
    private const string Fence = "```", First = Fence + "csharp", Continued = First + " continued";

    /// <summary>Blocks of a page, in their order.</summary>
    /// <exception cref="InvalidDataException">A fence cannot be read, or a block continues nothing.</exception>
    public static IReadOnlyList<PageExample> Of(string page, IReadOnlyList<string> lines)
    {
        List<PageExample> found = [];
        for (int i = 0; i < lines.Count; i++)
        {
            string fence = lines[i].TrimEnd();
            if (!fence.StartsWith(First, StringComparison.Ordinal)) continue;
            if (fence is not (First or Continued)) throw new InvalidDataException($"{page}:{i + 1}: '{fence}', expected {First} or {Continued}.");
            if (fence == Continued && found.Count == 0) throw new InvalidDataException($"{page}:{i + 1}: there is no example to continue.");
            int begin = i + 1;
            while (++i < lines.Count && lines[i].TrimEnd() != Fence) { }
            if (i == lines.Count) throw new InvalidDataException($"{page}:{begin}: the example has no end.");
            found.Add(new(page, begin + 1, [.. lines.Skip(begin).Take(i - begin)], fence == Continued));
        }

        return found;
    }

    /// <summary>Blocks of every page of the repository that users read.</summary>
    public static IReadOnlyList<PageExample> OfRepository() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(new[] { "src", "samples", "providers" }.SelectMany(folder => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder))).Append(Repository.Root)
                .Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Of(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllLines(path))),
    ];
}
