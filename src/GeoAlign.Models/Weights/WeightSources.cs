using System.Buffers;
using System.Buffers.Binary;

namespace GeoAlign.Models;

/// <summary>Opening weight files of any layout, and reading their tensors as float32.</summary>
public static class WeightSources
{
    private const int ChunkBytes = 1 << 16;
    private const int HeadBytes = 9;
    private const string IndexSuffix = ".safetensors.index.json";

    /// <summary>
    /// Opens a safetensors file, a PyTorch checkpoint, the index of a sharded release (<c>x.safetensors.index.json</c>), a folder that
    /// holds either exactly one index or one or more <c>.safetensors</c> files, or several safetensors files by a pattern with <c>*</c> or
    /// <c>?</c> in the last part of the path. The keys of several files are united.
    /// </summary>
    /// <remarks>What a file is, is seen from its content; its name does not matter.</remarks>
    /// <exception cref="FileNotFoundException">Nothing of that name, or nothing to read in the folder.</exception>
    /// <exception cref="WeightFormatException">The file breaks its format.</exception>
    public static IWeightSource Open(string path)
    {
        if (!Directory.Exists(path))
            return !File.Exists(path) && IsPattern(path) ? OpenPattern(path) : OpenFile(path);

        string[] indexes = Directory.GetFiles(path, "*" + IndexSuffix);
        if (indexes.Length == 1) return SafetensorsShards.OpenIndex(indexes[0]);
        if (indexes.Length > 1)
            throw new WeightFormatException(path, null, $"{indexes.Length} files *{IndexSuffix}, expected one; name it");

        string[] files = Directory.GetFiles(path, "*.safetensors");
        if (files.Length == 0) throw new FileNotFoundException($"{path}: no .safetensors file in this folder.", path);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length == 1 ? SafetensorsFile.Open(files[0]) : SafetensorsShards.OpenAll(files);
    }

    /// <summary>Whether there is something to open under a path.</summary>
    internal static bool IsThere(string path) =>
        File.Exists(path) || Directory.Exists(path) || (IsPattern(path) && Matches(path).Length > 0);

    private static bool IsPattern(string path) => Path.GetFileName(path).AsSpan().ContainsAny('*', '?');

    private static string[] Matches(string pattern)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(pattern))!;
        return Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : [];
    }

    private static IWeightSource OpenPattern(string pattern)
    {
        string[] files = Matches(pattern);
        if (files.Length == 0) throw new FileNotFoundException($"{pattern}: no file matches.", pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length == 1 ? OpenFile(files[0]) : SafetensorsShards.OpenAll(files);
    }

    // A safetensors file has '{' behind its length, which as text would be far too long; an index begins with '{' or white space.
    private static IWeightSource OpenFile(string path)
    {
        byte[] head;
        using (WeightBytes bytes = WeightBytes.Open(path)) head = bytes.Head(HeadBytes);
        if (head.Length == HeadBytes && head[^1] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(head) <= SafetensorsHeader.LongestHeaderBytes) return SafetensorsFile.Open(path);
        if (PytorchFile.IsAt(head)) return PytorchFile.Open(path);
        bool isJson = head.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        return isJson ? SafetensorsShards.OpenIndex(path) : SafetensorsFile.Open(path);
    }

    /// <summary>The tensor of that name; the exception names the file when there is none.</summary>
    public static WeightEntry Entry(this IWeightSource source, string name) => source.Entries.TryGetValue(name, out WeightEntry? entry)
        ? entry
        : throw new KeyNotFoundException($"{source.Path} has no tensor '{name}' among its {source.Entries.Count}.");

    /// <summary>The tensor of that name, if the piece of its bytes lies inside it.</summary>
    internal static WeightEntry Piece(this IWeightSource source, string name, long byteOffset, int length)
    {
        WeightEntry entry = source.Entry(name);
        if (byteOffset >= 0 && byteOffset <= entry.ByteLength - length) return entry;
        throw new ArgumentOutOfRangeException(nameof(byteOffset),
            $"{source.Path}: tensor '{name}': bytes {byteOffset} to {byteOffset + length} asked for, it has {entry.ByteLength}.");
    }

    /// <summary>Reads a whole floating-point tensor as float32, row-major.</summary>
    public static float[] ReadSingles(this IWeightSource source, string name)
    {
        float[] values = new float[checked((int)source.Entry(name).ElementCount)];
        source.ReadSingles(name, 0, values);
        return values;
    }

    /// <summary>Reads a piece of a floating-point tensor as float32. Widening is exact; float64 is rounded to nearest.</summary>
    /// <param name="source">Where to read.</param>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="elementOffset">First element wanted, in row-major order.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="WeightFormatException">The tensor does not hold floating-point numbers.</exception>
    public static void ReadSingles(this IWeightSource source, string name, long elementOffset, Span<float> destination)
    {
        WeightEntry entry = source.Entry(name);
        if (!entry.Type.IsFloatingPoint())
            throw new WeightFormatException(source.Path, name, $"found {entry.Type}, expected a floating-point type");

        int size = entry.Type.SizeInBytes();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (int done = 0; done < destination.Length;)
            {
                int count = Math.Min(ChunkBytes / size, destination.Length - done);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                source.ReadBytes(name, (elementOffset + done) * size, bytes);
                Widen(entry.Type, bytes, destination.Slice(done, count));
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void Widen(WeightType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                WeightType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
                WeightType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                WeightType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
            };
        }
    }
}
