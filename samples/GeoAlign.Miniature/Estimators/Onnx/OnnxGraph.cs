using System.Globalization;
using System.Runtime.InteropServices;

namespace GeoAlign.Miniature;

/// <summary>Builds an ONNX model node by node and writes it as a file. Values are known by name; every call returns the name of its result.</summary>
/// <remarks>
/// Field numbers are those of the public schema onnx.proto (IR version 8); operators are of operator set 17. Nodes must be added in the order in
/// which their inputs come to exist, as ONNX wants a graph sorted.
/// </remarks>
internal sealed class OnnxGraph(string name) : IDisposable
{
    private const int IrVersion = 8, OperatorSet = 17;
    private const int FloatElement = 1, Int64Element = 7, HalfElement = 10;      // TensorProto.DataType

    private readonly ProtobufMessage _graph = new();
    private readonly Dictionary<string, string> _metadata = [];
    private int _count;

    /// <summary>Declares a float32 input; an axis is a number, or a name where it is free.</summary>
    public string Input(string input, params OnnxAxis[] shape)
    {
        _graph.Message(11, value => WriteValue(value, input, shape));
        return input;
    }

    /// <summary>Declares that a value is a result of the model, under a name of its own.</summary>
    public void Output(string value, string output, params OnnxAxis[] shape)
    {
        Node("Identity", [value], output);
        _graph.Message(12, declared => WriteValue(declared, output, shape));
    }

    /// <summary>Adds a metadata entry of the file.</summary>
    public void Metadata(string key, string value) => _metadata.Add(key, value);

    /// <summary>Stores a float32 tensor in the file.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Constant(FloatElement, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Stores numbers rounded to half precision, half the size; the graph widens them to float32 again.</summary>
    public string HalfConstant(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++) halves[i] = (Half)values[i];
        string stored = Constant(HalfElement, MemoryMarshal.AsBytes<Half>(halves), halves.Length, shape);
        return Add("Cast", [stored], OnnxAttribute.Integer("to", FloatElement));
    }

    /// <summary>Stores a list of integers: a shape, axes, indices.</summary>
    public string Integers(params ReadOnlySpan<long> values) => Constant(Int64Element, MemoryMarshal.AsBytes(values), values.Length, [values.Length]);

    /// <summary>Adds a node with one result.</summary>
    public string Add(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        string output = NextName();
        Node(operation, inputs, output, attributes);
        return output;
    }

    /// <summary>The bytes of the model file.</summary>
    public byte[] ToArray()
    {
        using ProtobufMessage graph = new();
        graph.Text(2, name);
        byte[] body = [.. _graph.ToArray(), .. graph.ToArray()];                 // the order of fields in a message is free

        using ProtobufMessage model = new();
        model.Integer(1, IrVersion).Text(2, "GeoAlign").Bytes(7, body).Message(8, set => set.Integer(2, OperatorSet));
        foreach ((string key, string value) in _metadata) model.Message(14, entry => entry.Text(1, key).Text(2, value));
        return model.ToArray();
    }

    /// <summary>Writes the model file; an existing one is replaced only when the new one is complete.</summary>
    public void Save(string path)
    {
        string unfinished = path + ".tmp";
        File.WriteAllBytes(unfinished, ToArray());
        File.Move(unfinished, path, overwrite: true);
    }

    public void Dispose() => _graph.Dispose();

    private string NextName() => "v" + _count++.ToString(CultureInfo.InvariantCulture);

    private string Constant(int elementType, ReadOnlySpan<byte> raw, int count, ReadOnlySpan<long> shape)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("raw_data of ONNX is little endian.");
        long expected = 1;
        foreach (long size in shape) expected *= size;
        if (expected != count) throw new ArgumentException($"{count} numbers for the shape [{string.Join(", ", shape.ToArray())}].", nameof(shape));

        string tensor = NextName();
        using ProtobufMessage message = new();
        foreach (long size in shape) message.Integer(1, size);
        message.Integer(2, elementType).Text(8, tensor).Bytes(9, raw);
        _graph.Bytes(5, message.ToArray());
        return tensor;
    }

    private void Node(string operation, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        using ProtobufMessage node = new();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(4, operation);
        foreach (OnnxAttribute attribute in attributes) node.Message(5, attribute.Write);
        _graph.Bytes(1, node.ToArray());
    }

    // ValueInfoProto { name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 … } } } }
    private static void WriteValue(ProtobufMessage value, string name, OnnxAxis[] shape) => value.Text(1, name).Message(2, type => type.Message(1, tensor =>
        tensor.Integer(1, FloatElement).Message(2, dimensions =>
        {
            foreach (OnnxAxis axis in shape) dimensions.Message(1, axis.Write);
        })));
}
