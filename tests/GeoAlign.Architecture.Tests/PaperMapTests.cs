using System.Text.RegularExpressions;

namespace GeoAlign.Architecture.Tests;

/// <summary>docs/paper-map.md names only what exists.</summary>
public partial class PaperMapTests
{
    [Fact]
    public void Every_name_in_the_map_is_a_type_of_a_package_or_a_test_class()
    {
        HashSet<string> types = [.. Packages.AllowedReferences.Keys.SelectMany(p => Packages.Load(p).GetTypes()).Select(t => t.Name.Split('`')[0])];
        HashSet<string> tests = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p))];

        string[] unknown = [.. Name().Matches(File.ReadAllText(Repository.File("docs", "paper-map.md"))).Select(m => m.Groups[1].Value)
            .Where(n => !types.Contains(n) && !tests.Contains(n)).Distinct()];

        Assert.True(unknown.Length == 0, "docs/paper-map.md names what does not exist: " + string.Join(", ", unknown));
    }

    [GeneratedRegex(@"`([A-Z]\w+)")]
    private static partial Regex Name();
}
