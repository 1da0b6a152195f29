using System.Text;

namespace GeoAlign.Models;

/// <summary>The files beside an ONNX model in which it keeps weights (external data of onnx.proto), read from its messages without loading any weight.</summary>
internal sealed class OnnxSideFiles
{
    private const string Location = "location";
    private const int MostNesting = 100;            // as protobuf's own readers

    // onnx.proto: what a field of a message holds. Other fields lead to no tensor.
    private static readonly Dictionary<(Part Message, ulong Field), Part> Fields = new()
    {
        [(Part.Model, 7)] = Part.Graph, [(Part.Model, 25)] = Part.Function,
        [(Part.Graph, 1)] = Part.Node, [(Part.Graph, 5)] = Part.Tensor, [(Part.Graph, 15)] = Part.SparseTensor,
        [(Part.Function, 7)] = Part.Node,
        [(Part.Node, 5)] = Part.Attribute,
        [(Part.Attribute, 5)] = Part.Tensor, [(Part.Attribute, 6)] = Part.Graph, [(Part.Attribute, 10)] = Part.Tensor, [(Part.Attribute, 11)] = Part.Graph,
        [(Part.Attribute, 22)] = Part.SparseTensor, [(Part.Attribute, 23)] = Part.SparseTensor,
        [(Part.SparseTensor, 1)] = Part.Tensor, [(Part.SparseTensor, 2)] = Part.Tensor,
        [(Part.Tensor, 13)] = Part.Entry,
        [(Part.Entry, 1)] = Part.Key, [(Part.Entry, 2)] = Part.Value,
    };

    private readonly FileStream _file;
    private readonly string _path;
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private string _key = "", _value = "";

    private OnnxSideFiles(FileStream file, string path) => (_file, _path) = (file, path);

    private enum Part
    {
        Model,
        Graph,
        Function,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        Entry,
        Key,
        Value,
    }

    /// <summary>Names of the files, relative to the model's folder, each once and in ordinal order.</summary>
    /// <param name="modelPath">The model.</param>
    /// <exception cref="InvalidDataException">The file breaks protobuf's format.</exception>
    public static IReadOnlyCollection<string> Of(string modelPath)
    {
        using FileStream file = File.OpenRead(modelPath);
        OnnxSideFiles reader = new(file, modelPath);
        reader.Read(Part.Model, file.Length, 0);
        return reader._found;
    }

    private void Read(Part message, long end, int depth)
    {
        if (depth > MostNesting) throw Broken("messages nest too deeply");
        while (_file.Position < end)
        {
            ulong tag = Varint();
            if ((tag & 7) == 0) Varint();
            else Skip((tag & 7) switch { 1 => 8, 2 => Varint(), 5 => 4, _ => throw Broken($"a field of wire type {tag & 7}") }, message, tag >> 3, (tag & 7) == 2, end, depth);
        }
    }

    private void Skip(ulong length, Part message, ulong field, bool isMessage, long end, int depth)
    {
        if (length > (ulong)(end - _file.Position)) throw Broken("a field is longer than its message");
        long next = _file.Position + (long)length;
        if (isMessage && Fields.TryGetValue((message, field), out Part part)) Enter(part, next, depth);
        _file.Position = next;
    }

    private void Enter(Part part, long end, int depth)
    {
        switch (part)
        {
            case Part.Key: _key = Text(end); break;
            case Part.Value: _value = Text(end); break;
            case Part.Entry:
                (_key, _value) = ("", "");
                Read(part, end, depth + 1);
                if (_key == Location) _found.Add(_value);
                break;
            default: Read(part, end, depth + 1); break;
        }
    }

    private string Text(long end)
    {
        byte[] bytes = new byte[end - _file.Position];
        _file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = _file.ReadByte();
            if (next < 0) throw Broken("it ends in the middle of a number");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Broken("a number of more than ten bytes");
    }

    private InvalidDataException Broken(string problem) => new($"{_path}: byte {_file.Position}: {problem}; expected an ONNX model.");
}
