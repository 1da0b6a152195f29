namespace GeoAlign.Sampling;

/// <summary>A file or folder that appears under its name only when it is complete: made beside it under a temporary name, then renamed.</summary>
internal static class AtomicOutput
{
    /// <summary>Makes a file. An existing file is replaced, in one step, at the end.</summary>
    public static async Task WriteFileAsync(string path, Func<string, Task> make)
    {
        if (Directory.Exists(path)) throw new VideoException(path, "is a folder; expected the name of a file to write.");
        string temporary = Prepare(path);
        try
        {
            await make(temporary).ConfigureAwait(false);
            using (FileStream written = new(temporary, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes a folder. An existing folder is an error.</summary>
    public static async Task WriteFolderAsync(string path, Func<string, Task> make)
    {
        if (Path.Exists(path)) throw new VideoException(path, "exists already; frames are written into a new folder only.");
        string temporary = Prepare(path);
        try
        {
            Directory.CreateDirectory(temporary);
            await make(temporary).ConfigureAwait(false);
            Directory.Move(temporary, path);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }

    // Beside the final name: a rename within one folder is atomic.
    private static string Prepare(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string parent = Path.GetDirectoryName(full) ?? throw new VideoException(path, "is no name for an output.");
        Directory.CreateDirectory(parent);
        return Path.Combine(parent, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.partial");
    }
}
