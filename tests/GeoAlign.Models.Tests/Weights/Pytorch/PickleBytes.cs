using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Models.Tests;

/// <summary>Builds pickles instruction by instruction, right or wrong.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> _bytes = [];

    public PickleBytes(byte protocol = 2) => Raw(0x80, protocol);

    public PickleBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBytes Op(char opcode) => Raw((byte)opcode);

    public PickleBytes Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text), length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op('X').Raw(length).Raw(utf8);
    }

    public PickleBytes Integer(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBytes Global(string module, string name) => Raw(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    public PickleBytes Integers(params long[] values)
    {
        Op('(');
        foreach (long value in values) Integer(value);
        return Op('t');
    }

    public PickleBytes Storage(string key, string type, long count, bool legacy = false)
    {
        Op('(').Text("storage").Global("torch", type).Text(key).Text("cpu").Integer(count);
        return (legacy ? Op('N') : this).Op('t').Op('Q');
    }

    public PickleBytes Tensor(
        string key, long count, long offset, long[] sizes, long[] strides, string type = "FloatStorage", bool legacy = false) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(').Storage(key, type, count, legacy)
            .Integer(offset).Integers(sizes).Integers(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');

    /// <summary>A row of float32 in a storage of its own.</summary>
    public PickleBytes Row(string name, string key, long count, bool legacy = false) =>
        Text(name).Tensor(key, count, 0, [count], [1], legacy: legacy);

    public byte[] Stop()
    {
        Op('.');
        return [.. _bytes];
    }
}
