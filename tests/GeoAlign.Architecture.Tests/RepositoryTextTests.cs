using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GeoAlign.Architecture.Tests;

/// <summary>Facts about the repository's own files.</summary>
public partial class RepositoryTextTests
{
    [Fact]
    public void Every_package_version_is_exact_and_stands_in_one_place()
    {
        XDocument versions = XDocument.Load(Repository.File("Directory.Packages.props"));
        string[] loose = [.. versions.Descendants("PackageVersion").Select(e => (string)e.Attribute("Version")!)
            .Where(v => v.Contains('*', StringComparison.Ordinal) || v.Contains('[', StringComparison.Ordinal))];
        string[] inline = [.. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(p => XDocument.Load(p).Descendants("PackageReference").Any(e => e.Attribute("Version") is not null))];

        Assert.Empty(loose);
        Assert.Empty(inline);
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        string solution = File.ReadAllText(Repository.File("GeoAlign.sln")).Replace('\\', '/');
        string[] missing = [.. new[] { "src", "providers", "samples", "tests", "benchmarks" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/'))
            .Where(p => !solution.Contains(p, StringComparison.Ordinal))];

        Assert.Empty(missing);
    }

    [Fact]
    public void A_source_file_outside_the_provider_declares_at_most_one_public_type()
    {
        string[] crowded = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal) && !p.Contains("\\obj\\", StringComparison.Ordinal))
            .Where(p => PublicTypeName().Matches(File.ReadAllText(p)).Select(m => m.Groups[1].Value).Distinct().Count() > 1)
            .Select(p => Path.GetRelativePath(Repository.Root, p))];

        Assert.True(crowded.Length == 0, "Files with more than one public top-level type: " + string.Join(", ", crowded));
    }

    // Types of one name that differ in their type parameters are one idea.
    [GeneratedRegex(@"^public (?:static |sealed |abstract |readonly |partial |ref )*(?:record struct|record class|record|class|struct|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicTypeName();
}
