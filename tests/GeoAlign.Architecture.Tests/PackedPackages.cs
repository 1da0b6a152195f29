using System.Diagnostics;
using System.Reflection;

namespace GeoAlign.Architecture.Tests;

/// <summary>All packages as <c>dotnet pack</c> makes them, in a folder of their own, once for all facts.</summary>
public sealed class PackedPackages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geoalign-packages-");

    public PackedPackages()
    {
        Feed = Directory.CreateDirectory(Path.Combine(Folder, "feed")).FullName;
        string projects = string.Join(';', new[] { "src", "providers" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)).Where(IsPacked));
        string all = Path.Combine(Folder, "pack.proj");
        File.WriteAllText(all, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" BuildInParallel="true"
                         Properties="NoBuild=true;Configuration={Configuration};PackageOutputPath={Feed}" />
              </Target>
            </Project>
            """);
        Dotnet(Folder, "msbuild", all, "-t:Pack", "-m", "-v:quiet", "-nologo");
    }

    /// <summary>A folder for this fixture's files, outside the repository so that none of its settings hold there.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Folder of the packages.</summary>
    public string Feed { get; }

    /// <summary>What stands behind Torch in this checkout: system or nuget.</summary>
    public static string TorchProvider { get; } = Metadata("TorchProvider");

    /// <summary>Runs <c>dotnet</c> and gives its standard output.</summary>
    public static string Dotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.Ordinal) && k != "MSBUILDDISABLENODEREUSE").ToArray())
            start.Environment.Remove(name);      // of the build that runs this test
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}{errors.Result}");
        return output;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Configuration { get; } = Metadata("Configuration");

    // The provider that is not built in this flavour has no package.
    private static bool IsPacked(string project) => TorchProvider == "system" || !project.Contains("TorchSharp.System", StringComparison.Ordinal);

    private static string Metadata(string key) =>
        typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
