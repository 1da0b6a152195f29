namespace GeoAlign.Models;

/// <summary>Named tensors in one or several files, read on demand. Nothing is held in memory between calls.</summary>
public interface IWeightSource : IDisposable
{
    /// <summary>The file or index that was opened; it appears in error messages.</summary>
    string Path { get; }

    /// <summary>All tensors, by name.</summary>
    IReadOnlyDictionary<string, WeightEntry> Entries { get; }

    /// <summary>Text that the writer attached to the file.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Copies a piece of a tensor's stored bytes.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="byteOffset">First byte wanted, from the start of the tensor.</param>
    /// <param name="destination">Receives as many bytes as it is long.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor; the message names the file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The piece does not lie inside the tensor.</exception>
    void ReadBytes(string name, long byteOffset, Span<byte> destination);
}
