namespace GeoAlign.Sampling;

/// <summary>Where the ffmpeg and ffprobe programs are.</summary>
public sealed class FfmpegExecutable
{
    /// <summary>Environment variable that names the ffmpeg executable or its folder; it goes before the search path.</summary>
    public const string EnvironmentVariable = "GEOALIGN_FFMPEG";

    private FfmpegExecutable(string ffmpegPath, string ffprobePath) => (FfmpegPath, FfprobePath) = (ffmpegPath, ffprobePath);

    /// <summary>The ffmpeg program.</summary>
    public string FfmpegPath { get; }

    /// <summary>The ffprobe program that came with it.</summary>
    public string FfprobePath { get; }

    /// <summary>Looks at <see cref="EnvironmentVariable"/>, then, if that is not set, along PATH.</summary>
    /// <exception cref="FfmpegNotFoundException">A program is missing; the message says how to get it.</exception>
    public static FfmpegExecutable Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>As <see cref="Find()"/>, in a given environment.</summary>
    internal static FfmpegExecutable Find(Func<string, string?> environment)
    {
        string? chosen = environment(EnvironmentVariable);
        string[] searchPath = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string ffmpeg = string.IsNullOrEmpty(chosen)
            ? OnPath("ffmpeg", searchPath)
              ?? throw new FfmpegNotFoundException($"ffmpeg was not found: {EnvironmentVariable} is not set and no folder of PATH holds it.")
            : Chosen(chosen)
              ?? throw new FfmpegNotFoundException($"ffmpeg was not found: {EnvironmentVariable} is '{chosen}', and there is no such program.");

        string[] places = [Path.GetDirectoryName(ffmpeg)!, .. searchPath];
        string ffprobe = OnPath("ffprobe", places) ?? throw new FfmpegNotFoundException($"ffprobe was not found beside {ffmpeg} or along PATH.");
        return new(ffmpeg, ffprobe);
    }

    private static string? Chosen(string path) => File.Exists(path) ? Path.GetFullPath(path) : OnPath("ffmpeg", [path]);

    private static string? OnPath(string program, string[] folders)
    {
        string name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return folders.Select(folder => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
