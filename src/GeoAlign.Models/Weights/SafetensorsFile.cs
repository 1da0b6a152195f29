using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace GeoAlign.Models;

/// <summary>One safetensors file, memory-mapped: the operating system reads the pages that are asked for and may drop them again.</summary>
/// <remarks>A file must not be shortened while it is open: reading a mapped page that no longer exists ends the process.</remarks>
public sealed class SafetensorsFile : IWeightSource
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;

    private SafetensorsFile(string path, MemoryMappedFile map, SafetensorsHeader header, long dataStart)
    {
        (Path, _map, _header, _dataStart) = (path, map, header, dataStart);
        _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _header.Entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header; tensors are read later.</summary>
    /// <exception cref="WeightFormatException">The file breaks the format; the message names the tensor.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        try
        {
            SafetensorsHeader header = ReadHeader(path, file, out long dataStart);
            MemoryMappedFile map =
                MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new SafetensorsFile(path, map, header, dataStart);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        WeightEntry entry = this.Entry(name);
        if (byteOffset < 0 || byteOffset > entry.ByteLength - destination.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(byteOffset),
                $"{Path}: tensor '{name}': bytes {byteOffset} to {byteOffset + destination.Length} asked for, it has {entry.ByteLength}.");
        }

        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(_dataStart + _header.Begins[name] + byteOffset), destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream file, out long dataStart)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new WeightFormatException(path, null, $"{file.Length} bytes, expected at least the 8 of the header length");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.LongestHeaderBytes || length > (ulong)(file.Length - 8))
        {
            throw new WeightFormatException(path, null,
                $"header length {length}, expected at most {Math.Min(SafetensorsHeader.LongestHeaderBytes, file.Length - 8)}");
        }

        byte[] json = new byte[(int)length];
        file.ReadExactly(json);
        dataStart = 8 + (long)length;
        return SafetensorsHeader.Parse(path, json, file.Length - dataStart);
    }
}
