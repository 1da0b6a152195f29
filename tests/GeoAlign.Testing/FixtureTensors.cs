using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Testing;

/// <summary>One golden tensor: its stored type, shape and values widened to double (row-major).</summary>
public sealed record FixtureTensor(string Name, string StoredType, int[] Shape, double[] Values)
{
    /// <summary>The only value of a tensor with one element.</summary>
    public double Scalar => Values.Length == 1
        ? Values[0]
        : throw new InvalidOperationException($"{Name} has {Values.Length} values, expected 1.");

    /// <summary>Values as float32; exact when the tensor was stored as F32.</summary>
    public float[] Floats() => Array.ConvertAll(Values, v => (float)v);

    /// <summary>Values as whole numbers.</summary>
    public long[] Integers() => Array.ConvertAll(Values, v => (long)v);

    /// <summary>The slice [index] of the first axis, as a span of its values.</summary>
    public ReadOnlySpan<double> Row(int index)
    {
        int size = Values.Length / Shape[0];
        return Values.AsSpan(index * size, size);
    }
}

/// <summary>Golden tensors of one .safetensors fixture. A deliberately plain reader, independent of the library's own.</summary>
public sealed class FixtureTensors
{
    private readonly Dictionary<string, FixtureTensor> _tensors = new(StringComparer.Ordinal);

    private FixtureTensors(string path) => Path = path;

    /// <summary>File that was read.</summary>
    public string Path { get; }

    /// <summary>The file's own text entries.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of all tensors, in the order of the file's header.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The tensor of that name.</summary>
    public FixtureTensor this[string name] => _tensors.TryGetValue(name, out FixtureTensor? tensor)
        ? tensor
        : throw new KeyNotFoundException($"{Path} has no tensor '{name}'.");

    /// <summary>Whether the fixture has this tensor.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>Reads tests/fixtures/{parts}.</summary>
    public static FixtureTensors Load(params string[] parts)
    {
        string path = Repository.Fixture(parts);
        byte[] bytes = File.ReadAllBytes(path);
        int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));

        FixtureTensors fixture = new(path);
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                foreach (JsonProperty text in entry.Value.EnumerateObject()) fixture.Metadata[text.Name] = text.Value.GetString() ?? "";
                continue;
            }

            string type = entry.Value.GetProperty("dtype").GetString()!;
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
            int begin = 8 + headerLength + entry.Value.GetProperty("data_offsets")[0].GetInt32();
            int end = 8 + headerLength + entry.Value.GetProperty("data_offsets")[1].GetInt32();
            fixture._tensors[entry.Name] = new FixtureTensor(entry.Name, type, shape, Widen(type, bytes.AsSpan(begin, end - begin)));
        }

        return fixture;
    }

    private static double[] Widen(string type, ReadOnlySpan<byte> data)
    {
        int size = type switch { "F64" or "I64" => 8, "F32" or "I32" => 4, "F16" or "BF16" or "I16" => 2, "U8" or "I8" or "BOOL" => 1, _ => 0 };
        if (size == 0) throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"Fixture type {type}."));
        double[] values = new double[data.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> item = data.Slice(i * size, size);
            values[i] = type switch
            {
                "F64" => BinaryPrimitives.ReadDoubleLittleEndian(item),
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(item),
                "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(item),
                "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(item) << 16),
                "I64" => BinaryPrimitives.ReadInt64LittleEndian(item),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(item),
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(item),
                "I8" => (sbyte)item[0],
                _ => item[0],
            };
        }

        return values;
    }
}
