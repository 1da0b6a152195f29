using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace GeoAlign.Models;

/// <summary>
/// The layout of PyTorch before 1.6: pickles of a magic number, a version, facts about the writer's machine, the object and the list of
/// storage keys; then each storage in that order, as an int64 element count and its bytes.
/// </summary>
internal sealed class LegacyCheckpoint : IStorages
{
    private const long Version = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    private readonly WeightBytes _file;
    private readonly Dictionary<string, long> _begins = new(StringComparer.Ordinal);

    private LegacyCheckpoint(WeightBytes file) => _file = file;

    /// <summary>Whether a file begins like a pickle.</summary>
    public static bool IsAt(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == (byte)PickleOpcode.Protocol;

    /// <summary>Reads the object of a checkpoint.</summary>
    public static (object? Root, IStorages Storages) Read(WeightBytes file)
    {
        LegacyCheckpoint checkpoint = new(file);
        byte[] head = file.Head(PytorchFile.LongestPickleBytes);
        int position = 0;
        if (PickleReader.Read(file.Path, head, ref position) is not BigInteger magic || magic != Magic)
            throw checkpoint.Broken("it begins like a pickle but not with PyTorch's magic number");
        if (PickleReader.Read(file.Path, head, ref position) is not Version)
            throw checkpoint.Broken($"it has another version of PyTorch's early layout than {Version}");
        if (PickleReader.Read(file.Path, head, ref position) is not PickledDictionary machine
            || !machine.Pairs.Any(pair => pair is ("little_endian", true))) throw checkpoint.Broken("its numbers are not little-endian");

        List<PickledStorage> storages = [];
        object? root = PickleReader.Read(file.Path, head, ref position, storages);
        if (PickleReader.Read(file.Path, head, ref position) is not List<object?> order)
            throw checkpoint.Broken("it has no list of its storages");
        checkpoint.Place(order, storages, position);
        return (root, checkpoint);
    }

    /// <inheritdoc/>
    public long Find(PickledStorage storage, string tensor) => _begins.TryGetValue(storage.Key, out long begin)
        ? begin
        : throw new WeightFormatException(_file.Path, tensor, $"its storage '{storage.Key}' is not in the file");

    private void Place(List<object?> order, List<PickledStorage> storages, long position)
    {
        Dictionary<string, PickledStorage> byKey = new(StringComparer.Ordinal);
        foreach (PickledStorage storage in storages)
        {
            if (!byKey.TryAdd(storage.Key, storage) && byKey[storage.Key] != storage)
                throw Broken($"storage '{storage.Key}' is described in two ways");
        }

        Span<byte> prefix = stackalloc byte[8];
        foreach (object? key in order)
        {
            if (key is not string text || !byKey.TryGetValue(text, out PickledStorage? storage))
                throw Broken("its list of storages names one that no tensor has");
            if (_file.Length - position < 8) throw Broken($"it ends before storage '{text}'");
            _file.Read(position, prefix);
            position += 8;
            long count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (count != storage.ElementCount) throw Broken($"storage '{text}' holds {count} elements, expected {storage.ElementCount}");
            if (count > (_file.Length - position) / storage.Type.SizeInBytes())
                throw Broken($"storage '{text}' of {count} elements of {storage.Type} goes beyond the {_file.Length} bytes of the file");
            if (!_begins.TryAdd(text, position)) throw Broken($"storage '{text}' is listed twice");
            position += count * storage.Type.SizeInBytes();
        }
    }

    private WeightFormatException Broken(string problem) => new(_file.Path, null, problem);
}
