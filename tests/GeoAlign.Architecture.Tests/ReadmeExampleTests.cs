using GeoAlign.Geometry;

namespace GeoAlign.Architecture.Tests;

/// <summary>The README's example is the code below, and it does what the README says.</summary>
public class ReadmeExampleTests
{
    [Fact]
    public void The_example_in_the_README_is_this_code_and_prints_what_stands_there()
    {
        string[] code = [.. File.ReadLines(Repository.File("tests", "GeoAlign.Architecture.Tests", "ReadmeExampleTests.cs"))
            .SkipWhile(l => !l.Contains("// README " + "begins", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => !l.Contains("// README " + "ends", StringComparison.Ordinal)).Select(l => l.Trim())];
        string readme = File.ReadAllText(Repository.File("README.md"));

        string example = string.Join('\n', code).Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal);
        Assert.Contains("```csharp\n" + example + "\n```", readme, StringComparison.Ordinal);
        Assert.Contains(Run().TrimEnd(), readme, StringComparison.Ordinal);
    }

    private static string Run()
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Directory.CreateTempSubdirectory("geoalign-readme-").FullName;
        try
        {
            using StringWriter output = new();
            Example(output);
            return output.ToString();
        }
        finally
        {
            Directory.Delete(Environment.CurrentDirectory, recursive: true);
            Environment.CurrentDirectory = before;
        }
    }

    private static void Example(StringWriter output)
    {
        // README begins
        // A recorded path, at a walker's top speed: 1.2 m/s and 8 degrees per second at 16 frames per second.
        CameraTrajectory recorded = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        RescaleResult walk = TrajectoryRescaler.Rescale(recorded, 1.2 / 16, double.DegreesToRadians(8) / 16);
        CameraTrajectory target = walk.Trajectory!;

        // What a generated video might have done: the right shape, at half the speed. A scale-aligned metric would call it perfect.
        CameraTrajectory followed = TrajectoryRescaler.Rescale(recorded, 0.6 / 16, double.DegreesToRadians(8) / 16).Trajectory!;
        TrajectoryError error = TrajectoryError.Between(followed, target);
        output.WriteLine($"late-weighted error {error.TranslationMetres:F3} m, {error.RotationRadians:F4} rad");
        TrajectoryFile.Write("target.txt", target, TrajectoryFormat.Kitti);
        // README ends
    }
}
