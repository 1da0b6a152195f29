namespace GeoAlign.Architecture.Tests;

/// <summary>
/// Every C# example of the pages compiles against the packages as they are. An example is the inside of a method of its own, with the packages'
/// namespaces; <c>```csharp continued</c> goes on in the method of the example before it. Names that come from nowhere stand in <see cref="GivenInExamples"/>.
/// </summary>
public class PageExampleTests
{
    // A page with mistakes, compiled together with the real ones: the compiler takes seconds to start.
    private static readonly string[] WrongPage =
    [
        "Text.", "```csharp", "SE3 pose = SE3.Identity;", "```",
        "```csharp continued", "double far = pose.Translation.Length;", "SE3 other = SE3.Unity;", "```",
        "```csharp", "SE3 again = pose;", "CameraTrajectory path = TrajectoryRescaler.Rescale(null!, 1, 1).Trajectory;", "```",
    ];

    private static readonly Lazy<IReadOnlyList<string>> Problems = new(() => ExampleCompiler.Problems([.. PageExample.OfRepository(), .. PageExample.Of("wrong.md", WrongPage)]));

    [Fact]
    public void Every_example_of_the_pages_compiles()
    {
        IReadOnlyList<PageExample> examples = PageExample.OfRepository();
        string[] problems = [.. Problems.Value.Where(p => !p.StartsWith("wrong.md", StringComparison.Ordinal))];

        Assert.Contains(examples, e => e.Page == "README.md");
        Assert.Contains(examples, e => e.Page == "docs/geometry.md");
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("wrong.md(7,17): error CS0117")]
    [InlineData("wrong.md(10,13): error CS0103")]
    [InlineData("wrong.md(11,25): error CS8600")]
    public void An_example_that_does_not_compile_is_named_by_page_and_line(string problem) =>
        Assert.Single(Problems.Value, p => p.StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void What_an_example_continues_is_known_to_it() =>
        Assert.DoesNotContain(Problems.Value, p => p.StartsWith("wrong.md(6,", StringComparison.Ordinal));

    [Theory]
    [InlineData("page.md:1: there is no example to continue", "```csharp continued", "int a;", "```")]
    [InlineData("page.md:2: '```csharp skip'", "Text.", "```csharp skip", "int a;", "```")]
    [InlineData("page.md:1: the example has no end", "```csharp", "int a;")]
    public void A_fence_that_means_nothing_is_refused(string message, params string[] page) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => PageExample.Of("page.md", page)).Message, StringComparison.Ordinal);
}
