using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace GeoAlign.Models;

/// <summary>
/// Reads one pickle of tensors and plain values. It is a stack machine that can build values and nothing else: it imports nothing,
/// runs nothing, and refuses every name and instruction it does not know.
/// </summary>
/// <remarks>
/// Values are null, bool, long, BigInteger, double, string, object?[] (tuple), List (list), <see cref="PickledDictionary"/>,
/// <see cref="PickleGlobal"/>, <see cref="PickledStorage"/> and <see cref="PickledTensor"/>. Each instruction takes at least one byte
/// and makes at most one small value, so time and memory are bounded by the length of the pickle; nothing here recurses.
/// </remarks>
internal ref struct PickleReader
{
    private const int LongestGlobal = 200;

    /// <summary>Longest pickle (ours): a tensor takes about 40 instructions, so there is room for 100,000.</summary>
    private const int MostInstructions = 4_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly List<PickledStorage>? _storages;
    private int _next;

    private PickleReader(string path, ReadOnlySpan<byte> bytes, int start, List<PickledStorage>? storages)
    {
        (_path, _next, _storages) = (path, start, storages);
        _bytes = bytes;
    }

    /// <summary>Reads the pickle that begins at a position, and moves the position behind it.</summary>
    /// <param name="path">File it comes from, for messages.</param>
    /// <param name="bytes">Memory that holds it.</param>
    /// <param name="position">Its first byte; afterwards the first one behind it.</param>
    /// <param name="storages">Receives every mention of a storage.</param>
    /// <exception cref="WeightFormatException">It is broken, or asks for anything but tensors and plain values.</exception>
    public static object? Read(string path, ReadOnlySpan<byte> bytes, ref int position, List<PickledStorage>? storages = null)
    {
        PickleReader reader = new(path, bytes, position, storages);
        object? value = reader.Run();
        position = reader._next;
        return value;
    }

    private object? Run()
    {
        if ((PickleOpcode)TakeByte() != PickleOpcode.Protocol) throw Broken("it does not begin with a protocol number");
        byte protocol = TakeByte();
        if (protocol != 2) throw Broken($"pickle protocol {protocol}, expected 2");

        for (int instructions = 0; instructions < MostInstructions; instructions++)
        {
            PickleOpcode opcode = (PickleOpcode)TakeByte();
            if (opcode == PickleOpcode.Stop)
            {
                return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Broken($"it ends with {_stack.Count} values, expected 1");
            }

            Step(opcode);
        }

        throw Broken($"it has more than {MostInstructions} instructions");
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: _stack.Add(null); break;
            case PickleOpcode.NewTrue: _stack.Add(true); break;
            case PickleOpcode.NewFalse: _stack.Add(false); break;
            case PickleOpcode.BinInt: _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case PickleOpcode.BinInt1: _stack.Add((long)TakeByte()); break;
            case PickleOpcode.BinInt2: _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case PickleOpcode.Long1: PushInteger(new BigInteger(Take(TakeByte()))); break;
            case PickleOpcode.BinFloat: _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case PickleOpcode.BinUnicode: _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case PickleOpcode.EmptyTuple: _stack.Add(Array.Empty<object?>()); break;
            case PickleOpcode.EmptyList: _stack.Add(new List<object?>()); break;
            case PickleOpcode.EmptyDictionary: _stack.Add(new PickledDictionary()); break;
            case PickleOpcode.Mark: _marks.Add(_stack.Count); break;
            case PickleOpcode.Tuple: _stack.Add(PopToMark()); break;
            case PickleOpcode.Tuple1: _stack.Add(PopMany(1)); break;
            case PickleOpcode.Tuple2: _stack.Add(PopMany(2)); break;
            case PickleOpcode.Tuple3: _stack.Add(PopMany(3)); break;
            case PickleOpcode.Append: AppendTo(PopMany(1)); break;
            case PickleOpcode.Appends: AppendTo(PopToMark()); break;
            case PickleOpcode.SetItem: SetIn(PopMany(2)); break;
            case PickleOpcode.SetItems: SetIn(PopToMark()); break;
            case PickleOpcode.BinPut: _memo[TakeByte()] = Top(); break;
            case PickleOpcode.LongBinPut: _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case PickleOpcode.BinGet: _stack.Add(Remembered(TakeByte())); break;
            case PickleOpcode.LongBinGet: _stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case PickleOpcode.Global: _stack.Add(Global(Line(), Line())); break;
            case PickleOpcode.Reduce: _stack.Add(Reduce(PopMany(2))); break;
            case PickleOpcode.BinPersistentId: _stack.Add(Storage(Pop())); break;
            case PickleOpcode.Build: Build(PopMany(1)); break;
            default: throw Broken($"instruction 0x{(byte)opcode:x2} is not one that checkpoints of tensors use");
        }
    }

    private readonly object? Reduce(object?[] call) => (call[0], call[1]) switch
    {
        (PickleGlobal.OrderedDictionary, object?[] { Length: 0 }) => new PickledDictionary(),
        (PickleGlobal.RebuildTensor, object?[] { Length: 6 or 7 } a) when
            a[0] is PickledStorage storage && a[2] is object?[] sizes && a[3] is object?[] strides =>
            new PickledTensor(storage, a[1], sizes, strides),
        (PickleGlobal.RebuildParameter, object?[] { Length: 3 } a) when a[0] is PickledTensor tensor => tensor,
        (PickleGlobal known, _) => throw Broken($"{known.GetType().Name} is given arguments of another kind than it takes"),
        _ => throw Broken("it calls something that is no known name"),
    };

    private readonly PickledStorage Storage(object? id)
    {
        // A sixth element describes a view of another storage; files before 2018 had them.
        if (id is object?[] { Length: 5 or 6 } a && a[0] is "storage" && a[1] is PickleGlobal.StorageType type && a[2] is string key
            && a[4] is long count and >= 0 && (a.Length == 5 || a[5] is null))
        {
            PickledStorage storage = new(key, type.Element, count);
            _storages?.Add(storage);
            return storage;
        }

        throw Broken("a storage is not described by ('storage', type, key, location, number of elements)");
    }

    // The state of a module's dictionary holds versions of its layers, which have no meaning here.
    private readonly void Build(object?[] state)
    {
        if (Top() is not PickledDictionary || state[0] is not PickledDictionary)
            throw Broken("it sets the state of something else than a dictionary");
    }

    private readonly void AppendTo(object?[] items)
    {
        if (Top() is not List<object?> list) throw Broken("it appends to something else than a list");
        list.AddRange(items);
    }

    private readonly void SetIn(object?[] items)
    {
        if (Top() is not PickledDictionary dictionary || items.Length % 2 != 0)
            throw Broken("it sets items of something else than a dictionary");
        for (int i = 0; i < items.Length; i += 2) dictionary.Add(items[i], items[i + 1]);
    }

    private readonly object? Remembered(uint index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw Broken($"it recalls value {index}, which it has not stored");

    private readonly object? Top() =>
        _stack.Count > Floor ? _stack[^1] : throw Broken("it takes a value that is not there");

    private readonly object? Pop() => PopMany(1)[0];

    private readonly int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    private readonly object?[] PopMany(int count)
    {
        int first = _stack.Count - count;
        if (first < Floor) throw Broken("it takes a value that is not there");
        object?[] values = CollectionsMarshal.AsSpan(_stack)[first..].ToArray();
        _stack.RemoveRange(first, count);
        return values;
    }

    private readonly object?[] PopToMark()
    {
        if (_marks.Count == 0) throw Broken("it goes back to a mark that is not there");
        object?[] values = PopMany(_stack.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    private readonly void PushInteger(BigInteger value) =>
        _stack.Add(value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value);

    private string Text(uint length)
    {
        if (length > _bytes.Length - _next) throw Broken($"a text of {length} bytes goes beyond its end");
        return Decode(Take((int)length));
    }

    private string Line()
    {
        ReadOnlySpan<byte> rest = _bytes[_next..];
        int length = rest[..Math.Min(rest.Length, LongestGlobal)].IndexOf((byte)'\n');
        if (length < 0) throw Broken($"a name has no end within {LongestGlobal} bytes");
        string line = Decode(rest[..length]);
        _next += length + 1;
        return line;
    }

    private readonly string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new WeightFormatException(_path, null, $"pickle, byte {_next}: a text is not valid UTF-8", e);
        }
    }

    private readonly PickleGlobal Global(string module, string name) => PickleGlobal.Find(module, name)
        ?? throw Broken($"it asks for '{module}.{name}'; only tensors and plain values are read, and nothing is run");

    private byte TakeByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _next) throw Broken("it ends in the middle");
        ReadOnlySpan<byte> taken = _bytes.Slice(_next, count);
        _next += count;
        return taken;
    }

    private readonly WeightFormatException Broken(string problem) => new(_path, null, $"pickle, byte {_next}: {problem}");
}
