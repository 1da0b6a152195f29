namespace TorchSharp.Interop;

/// <summary>One argument of a libtorch operator. Converts from everything an operator's schema can ask for.</summary>
internal readonly struct Argument
{
    public readonly ValueKind Kind;
    public readonly int Index;
    public readonly long Bits;
    public readonly object? Reference;

    private Argument(ValueKind kind, long bits = 0, object? reference = null, int index = 0) =>
        (Kind, Bits, Reference, Index) = (kind, bits, reference, index);

    /// <summary>Absent; what the schema calls None.</summary>
    public static Argument None => default;

    public static implicit operator Argument(torch.Tensor? value) => value is null ? None : new(ValueKind.Tensor, reference: value);

    public static implicit operator Argument(long value) => new(ValueKind.Integer, value);

    public static implicit operator Argument(long? value) => value is long present ? present : None;

    public static implicit operator Argument(double value) => new(ValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is double present ? present : None;

    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static implicit operator Argument(torch.ScalarType value) => new(ValueKind.Integer, (long)value);

    public static implicit operator Argument(torch.ScalarType? value) => value is torch.ScalarType present ? present : None;

    public static implicit operator Argument(long[]? value) => value is null ? None : new(ValueKind.Integers, reference: value);

    public static implicit operator Argument(double[]? value) => value is null ? None : new(ValueKind.Reals, reference: value);

    public static implicit operator Argument(torch.Tensor?[]? value) => value is null ? None : new(ValueKind.Tensors, reference: value);

    public static implicit operator Argument(string? value) => value is null ? None : new(ValueKind.Text, reference: value);

    public static implicit operator Argument(torch.Generator? value) => value is null ? None : new(ValueKind.Generator, reference: value);

    public static implicit operator Argument(torch.Device? value) =>
        value is null ? None : new(ValueKind.Device, (long)value.type, index: value.index);

    public static implicit operator Argument(Scalar? value) => value is null ? None : value.ToArgument();
}
