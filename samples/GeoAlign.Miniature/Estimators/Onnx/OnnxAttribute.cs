namespace GeoAlign.Miniature;

/// <summary>A named setting of an ONNX node (AttributeProto): one integer, a list of integers, or one float.</summary>
internal readonly record struct OnnxAttribute
{
    // AttributeProto.AttributeType of the public ONNX schema.
    private const int FloatType = 1, IntegerType = 2, IntegersType = 7;

    private readonly string _name;
    private readonly float? _float;
    private readonly long? _integer;
    private readonly long[]? _integers;

    private OnnxAttribute(string name, float? number, long? integer, long[]? integers) => (_name, _float, _integer, _integers) = (name, number, integer, integers);

    public static OnnxAttribute Float(string name, float value) => new(name, value, null, null);

    public static OnnxAttribute Integer(string name, long value) => new(name, null, value, null);

    public static OnnxAttribute Integers(string name, params long[] values) => new(name, null, null, values);

    /// <summary>Fields name = 1, f = 2, i = 3, ints = 8, type = 20.</summary>
    public void Write(ProtobufMessage message)
    {
        message.Text(1, _name);
        if (_float is { } number) message.Float(2, number).Integer(20, FloatType);
        if (_integer is { } integer) message.Integer(3, integer).Integer(20, IntegerType);
        if (_integers is null) return;
        foreach (long value in _integers) message.Integer(8, value);
        message.Integer(20, IntegersType);
    }
}
