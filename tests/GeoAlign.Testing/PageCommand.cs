namespace GeoAlign.Testing;

/// <summary>A command line that a page shows, in a block of code or inside a sentence.</summary>
/// <param name="Place">Page and line, such as docs/cli.md:88.</param>
/// <param name="Words">What follows the start of the program.</param>
public sealed record PageCommand(string Place, IReadOnlyList<string> Words)
{
    /// <summary>Every such line of the READMEs and docs. Lines with a word in capitals, which stands for something, are no command lines.</summary>
    /// <param name="program">How the program is started, such as <c>geoalign</c>.</param>
    public static IReadOnlyList<PageCommand> Of(string program)
    {
        List<PageCommand> found = [];
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Repository.File("README.md")).Append(Repository.File("samples", "GeoAlign.Cli", "README.md"));
        foreach (string path in pages.Order(StringComparer.Ordinal))
        {
            string[] lines = System.IO.File.ReadAllLines(path);
            bool isCode = false;
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
                bool isBlock = isCode || lines[i].StartsWith("    ", StringComparison.Ordinal);
                foreach (string text in isBlock ? [lines[i]] : lines[i].Split('`').Where((_, part) => part % 2 == 1))
                {
                    string line = text.Trim().TrimStart('$').Trim();
                    if (line != program && !line.StartsWith(program + " ", StringComparison.Ordinal)) continue;
                    string[] words = ShellWords.Of(line[program.Length..]);
                    if (words is [.., "…"]) words = words[..^1];                    // and so on
                    if (!words.Any(word => word.Length > 1 && word.All(char.IsAsciiLetterUpper))) found.Add(new($"{Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')}:{i + 1}", words));
                }
            }
        }

        return found;
    }
}
