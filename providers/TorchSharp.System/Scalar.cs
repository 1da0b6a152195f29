using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number on its way into an operator: integer, real or truth value. Purely managed here; Dispose does nothing.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long _integer;
    private readonly double _real;

    private Scalar(torch.ScalarType type, long integer, double real) => (Type, _integer, _real) = (type, integer, real);

    /// <summary>Int64, Float64 or Bool, as libtorch keeps numbers.</summary>
    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => Integer(value);

    public static implicit operator Scalar(int value) => Integer(value);

    public static implicit operator Scalar(long value) => Integer(value);

    public static implicit operator Scalar(Half value) => Real((double)value);

    public static implicit operator Scalar(BFloat16 value) => Real(value.ToSingle());

    public static implicit operator Scalar(double value) => Real(value);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0, 0);

    public void Dispose()
    {
    }

    internal Argument ToArgument() => Type switch
    {
        torch.ScalarType.Bool => _integer != 0,
        torch.ScalarType.Int64 => _integer,
        _ => _real,
    };

    internal double ToDouble() => Type == torch.ScalarType.Float64 ? _real : _integer;

    private static Scalar Integer(long value) => new(torch.ScalarType.Int64, value, 0);

    private static Scalar Real(double value) => new(torch.ScalarType.Float64, 0, value);
}
