using System.Buffers.Binary;

namespace GeoAlign.Models;

/// <summary>The layout of PyTorch since 1.6: a zip archive, the object in <c>root/data.pkl</c>, storages in <c>root/data/key</c>.</summary>
internal sealed class ZippedCheckpoint : IStorages
{
    private const uint Signature = 0x04034b50;
    private const string ObjectFile = "/data.pkl";

    private readonly WeightBytes _file;
    private readonly ZipDirectory _zip;
    private readonly string _root;
    private readonly Dictionary<string, (long Offset, long Length)> _found = new(StringComparer.Ordinal);

    private ZippedCheckpoint(WeightBytes file)
    {
        (_file, _zip) = (file, ZipDirectory.Read(file));
        string[] objects = [.. _zip.Names.Where(name => name.EndsWith(ObjectFile, StringComparison.Ordinal)).Take(2)];
        _root = objects.Length == 1 ? objects[0][..^ObjectFile.Length] : throw new WeightFormatException(file.Path, null,
            $"zip archive with {(objects.Length == 0 ? "no file" : "several files")} {ObjectFile[1..]}: not a PyTorch checkpoint");
    }

    /// <summary>Whether a file begins like a zip archive.</summary>
    public static bool IsAt(ReadOnlySpan<byte> head) => head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == Signature;

    /// <summary>Reads the object of a checkpoint.</summary>
    public static (object? Root, IStorages Storages) Read(WeightBytes file)
    {
        ZippedCheckpoint checkpoint = new(file);
        string byteOrder = checkpoint._root + "/byteorder";
        if (checkpoint._zip.Names.Contains(byteOrder) && !checkpoint.Content(byteOrder, 16).AsSpan().SequenceEqual("little"u8))
            throw new WeightFormatException(file.Path, null, "its numbers are not little-endian");

        byte[] pickle = checkpoint.Content(checkpoint._root + ObjectFile, PytorchFile.LongestPickleBytes);
        int position = 0;
        return (PickleReader.Read(file.Path, pickle, ref position), checkpoint);
    }

    /// <inheritdoc/>
    public long Find(PickledStorage storage, string tensor)
    {
        if (!_found.TryGetValue(storage.Key, out (long Offset, long Length) place))
        {
            place = _zip.Locate($"{_root}/data/{storage.Key}");
            _found.Add(storage.Key, place);
        }

        long held = place.Length / storage.Type.SizeInBytes();
        return held >= storage.ElementCount ? place.Offset : throw new WeightFormatException(
            _file.Path, tensor, $"its storage '{storage.Key}' holds {held} elements of {storage.Type}, expected {storage.ElementCount}");
    }

    private byte[] Content(string name, int most)
    {
        (long offset, long length) = _zip.Locate(name);
        if (length > most)
            throw new WeightFormatException(_file.Path, null, $"zip archive: '{name}' has {length} bytes, expected at most {most}");
        byte[] content = new byte[(int)length];
        _file.Read(offset, content);
        return content;
    }
}
