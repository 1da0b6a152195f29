namespace GeoAlign.Reporting.Html;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the final name and renames, which is atomic within one folder. Makes the folder.</summary>
    /// <returns>Size in bytes.</returns>
    public static async Task<long> WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"'{path}' is no name of a file to write.", nameof(path));
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.partial");
        try
        {
            long bytes;
            await using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(stream, cancellationToken);
                bytes = stream.Length;
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
            return bytes;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
