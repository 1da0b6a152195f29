using System.Buffers.Binary;

namespace GeoAlign.Models;

/// <summary>One safetensors file. Tensors are read when they are asked for, straight into the caller's memory.</summary>
public sealed class SafetensorsFile : IWeightSource
{
    private readonly WeightBytes _bytes;
    private readonly SafetensorsHeader _header;
    private readonly long _dataStart;

    private SafetensorsFile(WeightBytes bytes, SafetensorsHeader header, long dataStart) =>
        (_bytes, _header, _dataStart) = (bytes, header, dataStart);

    /// <inheritdoc/>
    public string Path => _bytes.Path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _header.Entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header; tensors are read later.</summary>
    /// <exception cref="WeightFormatException">The file breaks the format; the message names the tensor.</exception>
    public static SafetensorsFile Open(string path)
    {
        WeightBytes bytes = WeightBytes.Open(path);
        try
        {
            SafetensorsHeader header = ReadHeader(bytes, out long dataStart);
            return new SafetensorsFile(bytes, header, dataStart);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        this.Piece(name, byteOffset, destination.Length);
        _bytes.Read(_dataStart + _header.Begins[name] + byteOffset, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private static SafetensorsHeader ReadHeader(WeightBytes bytes, out long dataStart)
    {
        if (bytes.Length < 8)
            throw new WeightFormatException(bytes.Path, null, $"{bytes.Length} bytes, expected at least the 8 of the header length");

        Span<byte> prefix = stackalloc byte[8];
        bytes.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.LongestHeaderBytes || length > (ulong)(bytes.Length - 8))
        {
            throw new WeightFormatException(bytes.Path, null,
                $"header length {length}, expected at most {Math.Min(SafetensorsHeader.LongestHeaderBytes, bytes.Length - 8)}");
        }

        byte[] json = new byte[(int)length];
        bytes.Read(8, json);
        dataStart = 8 + (long)length;
        return SafetensorsHeader.Parse(bytes.Path, json, bytes.Length - dataStart);
    }
}
