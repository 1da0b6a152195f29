using System.CommandLine;
using System.Diagnostics;

namespace GeoAlign.Train.Tests;

/// <summary>Runs the program as a user does: as a process of its own, with arguments and environment.</summary>
internal sealed class TrainProgram : IDisposable
{
    private static readonly (string Option, string Value)[] Small =
    [
        ("--network", "tiny"), ("--size", "32x32"), ("--frames", "5"), ("--steps", "4"), ("--window", "2"), ("--group", "4"), ("--conditions", "1"), ("--threads", "1"),
    ];

    public string Folder { get; } = Directory.CreateTempSubdirectory("geoalign-train-").FullName;

    public static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "assets", name);

    public string Runs => Path.Combine(Folder, "runs");

    public string RunFolder(string name) => Path.Combine(Runs, name);

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A small run in this folder's runs; what the arguments set takes the place of the small default.</summary>
    public (int ExitCode, string Output, string Errors) Start(string name, string[] arguments, params (string Name, string Value)[] environment)
    {
        string[] small = [.. Small.Where(s => !arguments.Contains(s.Option)).SelectMany(s => new[] { s.Option, s.Value })];
        return Run([.. small, .. arguments, "--runs", Runs, "--name", name], environment);
    }

    /// <summary>The program with these arguments and no others.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "GeoAlign.Train.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        foreach ((string key, string value) in environment) start.Environment[key] = value;

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>The same in this process, for what ends before anything heavy begins.</summary>
    public static async Task<(int ExitCode, string Errors)> RunHereAsync(string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        int exit = await CommandProgram.RunAsync(TrainCommand.CreateProgram(), arguments, output, errors);
        return (exit, errors.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
