namespace GeoAlign.Testing;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
public static class Repository
{
    /// <summary>The folder that holds GeoAlign.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a file below the repository root; fails with a clear message when it does not exist.</summary>
    public static string File(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        return System.IO.File.Exists(path) ? path : throw new FileNotFoundException($"The repository has no file {path}.", path);
    }

    /// <summary>Path of a file below tests/fixtures.</summary>
    public static string Fixture(params string[] parts) => File(["tests", "fixtures", .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "GeoAlign.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds GeoAlign.sln.");
    }
}
