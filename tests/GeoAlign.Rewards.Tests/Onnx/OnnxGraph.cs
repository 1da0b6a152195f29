namespace GeoAlign.Rewards.Tests.Onnx;

/// <summary>Writes small ONNX models (opset 17) for tests. Fields by the numbers of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const int Float32 = 1, Int64 = 7, Float16 = 10;

    private readonly ProtoMessage _graph = new ProtoMessage().Text(2, "test");
    private readonly List<(string Key, string Value)> _metadata = [];
    private int _names;

    /// <summary>A graph input; a negative size is free.</summary>
    public string Input(string name, int type, params int[] shape)
    {
        _graph.Message(11, ValueInfo(name, type, shape));
        return name;
    }

    /// <summary>A graph output with no stated shape beyond its rank.</summary>
    public void Output(string name, string value, int rank, int type = Float32)
    {
        Node("Identity", [value], name);
        _graph.Message(12, ValueInfo(name, type, [.. Enumerable.Repeat(-1, rank)]));
    }

    public string Constant(int[] shape, params float[] values)
    {
        string name = Name();
        _graph.Message(5, Tensor(name, Float32, shape).Floats(9, values));
        return name;
    }

    /// <summary>A constant whose numbers are in a file beside the model.</summary>
    public string ExternalConstant(int[] shape, string fileName)
    {
        string name = Name();
        _graph.Message(5, Tensor(name, Float32, shape)
            .Message(13, new ProtoMessage().Text(1, "location").Text(2, fileName))
            .Number(14, 1));
        return name;
    }

    public string Add(string a, string b) => Node("Add", [a, b]);

    public string Multiply(string a, string b) => Node("Mul", [a, b]);

    /// <summary>Mean over axes, which disappear.</summary>
    public string Mean(string value, params int[] axes) =>
        Node("ReduceMean", [value], Name(), Attribute("axes", 7, a => { foreach (int axis in axes) a.Number(8, axis); }), Attribute("keepdims", 2, a => a.Number(3, 0)));

    /// <summary>New axes of size 1.</summary>
    public string Unsqueeze(string value, params long[] axes)
    {
        string name = Name();
        _graph.Message(5, Tensor(name, Int64, [axes.Length]).Integers(9, axes));
        return Node("Unsqueeze", [value, name]);
    }

    public string Slice(string value, int axis, int start, int end)
    {
        string[] arguments = [.. new long[] { start, end, axis }.Select(number =>
        {
            string name = Name();
            _graph.Message(5, Tensor(name, Int64, [1]).Integers(9, [number]));
            return name;
        })];
        return Node("Slice", [value, .. arguments]);
    }

    public string Cast(string value, int type) => Node("Cast", [value], Name(), Attribute("to", 2, a => a.Number(3, type)));

    public OnnxGraph Metadata(string key, string value)
    {
        _metadata.Add((key, value));
        return this;
    }

    public void Save(string path)
    {
        ProtoMessage model = new ProtoMessage().Number(1, 8).Message(7, _graph).Message(8, new ProtoMessage().Number(2, 17));
        foreach ((string key, string value) in _metadata) model.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        File.WriteAllBytes(path, model.ToArray());
    }

    private string Node(string type, string[] inputs) => Node(type, inputs, Name());

    private string Node(string type, string[] inputs, string output, params ProtoMessage[] attributes)
    {
        ProtoMessage node = new();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(4, type);
        foreach (ProtoMessage attribute in attributes) node.Message(5, attribute);
        _graph.Message(1, node);
        return output;
    }

    private string Name() => $"v{_names++}";

    private static ProtoMessage Attribute(string name, int type, Action<ProtoMessage> value)
    {
        ProtoMessage attribute = new ProtoMessage().Text(1, name);
        value(attribute);
        return attribute.Number(20, type);
    }

    private static ProtoMessage Tensor(string name, int type, int[] shape)
    {
        ProtoMessage tensor = new();
        foreach (int size in shape) tensor.Number(1, size);
        return tensor.Number(2, type).Text(8, name);
    }

    private static ProtoMessage ValueInfo(string name, int type, int[] shape)
    {
        ProtoMessage dimensions = new();
        for (int i = 0; i < shape.Length; i++)
            dimensions.Message(1, shape[i] < 0 ? new ProtoMessage().Text(2, $"{name}_{i}") : new ProtoMessage().Number(1, shape[i]));
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Number(1, type).Message(2, dimensions)));
    }
}
