namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>A fact about the Python example; skipped, with the reason, on a machine without python3.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (Executable is null) Skip = "There is no python3 on this machine.";
    }

    /// <summary>The interpreter on the search path; null when there is none.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
}
