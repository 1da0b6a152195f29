using GeoAlign.Geometry.Tests.IO;

namespace GeoAlign.Geometry.Tests.Examples;

/// <summary>docs/geometry.md holds the code that runs here and what it prints, and no other code.</summary>
public class GeometryGuideTests
{
    private static readonly string[] Source = File.ReadAllLines(Repository.File("tests", "GeoAlign.Geometry.Tests", "Examples", "GeometryExamples.cs"));

    private static readonly string Guide = File.ReadAllText(Repository.File("docs", "geometry.md"));

    private static readonly Dictionary<string, Action<TextWriter, string>> Examples = new(StringComparer.Ordinal)
    {
        [nameof(GeometryExamples.ReadAnyFile)] = GeometryExamples.ReadAnyFile,
        [nameof(GeometryExamples.ConvertConventions)] = (output, _) => GeometryExamples.ConvertConventions(output),
        [nameof(GeometryExamples.RelativePoses)] = (output, _) => GeometryExamples.RelativePoses(output),
        [nameof(GeometryExamples.MeasureSpeeds)] = (output, _) => GeometryExamples.MeasureSpeeds(output),
        [nameof(GeometryExamples.RescaleToWalking)] = (output, _) => GeometryExamples.RescaleToWalking(output),
        [nameof(GeometryExamples.Resample)] = (output, _) => GeometryExamples.Resample(output),
        [nameof(GeometryExamples.AverageRotations)] = (output, _) => GeometryExamples.AverageRotations(output),
        [nameof(GeometryExamples.ErrorsOfReDirector)] = (output, _) => GeometryExamples.ErrorsOfReDirector(output),
        [nameof(GeometryExamples.ErrorsOfCameraControl)] = (output, _) => GeometryExamples.ErrorsOfCameraControl(output),
        [nameof(GeometryExamples.ErrorsOfOdometry)] = (output, _) => GeometryExamples.ErrorsOfOdometry(output),
        [nameof(GeometryExamples.MetricErrors)] = (output, _) => GeometryExamples.MetricErrors(output),
        [nameof(GeometryExamples.PluckerMaps)] = (output, _) => GeometryExamples.PluckerMaps(output),
        [nameof(GeometryExamples.WriteTum)] = GeometryExamples.WriteTum,
        [nameof(GeometryExamples.Batches)] = (output, _) => GeometryExamples.Batches(output),
    };

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_guide_holds_this_code_and_what_it_prints(string name)
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder["files"]);
        using StringWriter output = new() { NewLine = "\n" };

        Examples[name](output, folder["files"]);

        Assert.Contains($"```csharp\n{CodeOf(name)}\n```\n\n```text\n{output}```\n", Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void No_other_code_is_in_the_guide() => Assert.Equal(Examples.Count, Guide.Split("```csharp\n").Length - 1);

    private static string CodeOf(string name)
    {
        IEnumerable<string> lines = Source.SkipWhile(l => l.Trim() != $"// {name} begins").Skip(1).TakeWhile(l => l.Trim() != $"// {name} ends");
        return string.Join('\n', lines.Select(l => l.Length > 8 ? l[8..] : ""))
            .Replace("output.Write", "Console.Write", StringComparison.Ordinal);
    }
}
