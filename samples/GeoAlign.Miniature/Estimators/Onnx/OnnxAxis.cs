namespace GeoAlign.Miniature;

/// <summary>One axis of a declared shape: a fixed size, or a name for a size that each run chooses.</summary>
internal readonly record struct OnnxAxis
{
    private readonly long _size;
    private readonly string? _name;

    private OnnxAxis(long size, string? name) => (_size, _name) = (size, name);

    public static implicit operator OnnxAxis(int size) => new(size, null);

    public static implicit operator OnnxAxis(string name) => new(0, name);

    /// <summary>TensorShapeProto.Dimension: dim_value = 1, dim_param = 2.</summary>
    public void Write(ProtobufMessage message)
    {
        if (_name is null) message.Integer(1, _size);
        else message.Text(2, _name);
    }
}
