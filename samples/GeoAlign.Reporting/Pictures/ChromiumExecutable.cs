namespace GeoAlign.Reporting;

/// <summary>Where the Chromium browser is.</summary>
public static class ChromiumExecutable
{
    /// <summary>Environment variable that names the browser; it goes before the search path.</summary>
    public const string EnvironmentVariable = "GEOALIGN_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    /// <summary>The browser's path.</summary>
    /// <exception cref="ChromiumNotFoundException">There is none; the message says how to get one.</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>As <see cref="Find()"/>, with null instead of an exception.</summary>
    public static string? TryFind()
    {
        try
        {
            return Find();
        }
        catch (ChromiumNotFoundException)
        {
            return null;
        }
    }

    internal static string Find(Func<string, string?> environment)
    {
        string? chosen = environment(EnvironmentVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return File.Exists(chosen)
                ? Path.GetFullPath(chosen)
                : throw new ChromiumNotFoundException($"Chromium was not found: {EnvironmentVariable} is '{chosen}', and there is no such program.");
        }

        string[] folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names.SelectMany(name => folders.Select(folder => Path.GetFullPath(Path.Combine(folder, name + extension)))).FirstOrDefault(File.Exists)
            ?? throw new ChromiumNotFoundException(
                $"Chromium was not found: {EnvironmentVariable} is not set and no folder of PATH holds {string.Join(", ", Names)}. Install it (Debian: apt-get install chromium) or name it in {EnvironmentVariable}.");
    }
}
