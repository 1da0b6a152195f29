using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Which CLR type holds the elements of which dtype.</summary>
internal static class ElementTypes
{
    /// <summary>Dtype of a CLR element type.</summary>
    /// <exception cref="ArgumentException">No dtype has such elements.</exception>
    public static torch.ScalarType Of(Type type) =>
        type == typeof(float) ? torch.ScalarType.Float32
        : type == typeof(double) ? torch.ScalarType.Float64
        : type == typeof(long) ? torch.ScalarType.Int64
        : type == typeof(int) ? torch.ScalarType.Int32
        : type == typeof(short) ? torch.ScalarType.Int16
        : type == typeof(byte) ? torch.ScalarType.Byte
        : type == typeof(sbyte) ? torch.ScalarType.Int8
        : type == typeof(bool) ? torch.ScalarType.Bool
        : type == typeof(Half) ? torch.ScalarType.Float16
        : type == typeof(BFloat16) ? torch.ScalarType.BFloat16
        : type == typeof(System.Numerics.Complex) ? torch.ScalarType.ComplexFloat64
        : throw new ArgumentException($"No tensor has elements of type {type}.");

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool or torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 or torch.ScalarType.QInt32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown dtype."),
    };

    /// <summary>A new CPU tensor with a copy of these elements.</summary>
    public static unsafe torch.Tensor Copy<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> shape) where T : unmanaged
    {
        long expected = 1;
        foreach (long size in shape) expected *= size;
        if (expected != elements.Length)
            throw new ArgumentException($"{elements.Length} elements do not fill the shape [{string.Join(", ", shape.ToArray())}].");
        fixed (T* data = elements)
        fixed (long* sizes = shape)
        {
            nint handle = Native.gat_tensor_from_memory(data, sizes, shape.Length, (int)Of(typeof(T)));
            NativeError.ThrowIf(handle == 0);
            return new torch.Tensor(handle);
        }
    }

    /// <summary>The elements of an array of any rank, in row-major order.</summary>
    public static ReadOnlySpan<T> Flatten<T>(Array array) where T : unmanaged =>
        array.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    public static long[] Shape(Array array)
    {
        long[] shape = new long[array.Rank];
        for (int i = 0; i < shape.Length; i++) shape[i] = array.GetLongLength(i);
        return shape;
    }
}
