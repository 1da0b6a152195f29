using Microsoft.Win32.SafeHandles;

namespace GeoAlign.Models;

/// <summary>Bytes of an open weight file, read from given positions straight into the caller's memory.</summary>
/// <remarks>
/// Positioned reads and no memory map: a map costs one page fault for every few kilobytes (measured at a twentieth of the rate), counts
/// as memory of the process, and ends it when the file is shortened meanwhile; here that is an exception.
/// </remarks>
internal sealed class WeightBytes : IDisposable
{
    private readonly SafeFileHandle _file;

    private WeightBytes(string path, SafeFileHandle file) => (Path, _file, Length) = (path, file, RandomAccess.GetLength(file));

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Length when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file; others may read it too.</summary>
    public static WeightBytes Open(string path) => new(path, File.OpenHandle(path));

    /// <summary>Fills the destination from a position. Any number of threads may read at once.</summary>
    /// <exception cref="WeightFormatException">The file ends before.</exception>
    public void Read(long position, Span<byte> destination)
    {
        long end = position + destination.Length;
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_file, destination, position);
            if (read == 0) throw new WeightFormatException(Path, null, $"the file ends at byte {position}, expected {end} bytes or more");
            destination = destination[read..];
            position += read;
        }
    }

    /// <summary>The first bytes, at most as many as the file has.</summary>
    public byte[] Head(int most)
    {
        byte[] head = new byte[(int)Math.Min(most, Length)];
        Read(0, head);
        return head;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
