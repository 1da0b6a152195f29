using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Numbers between arrays and float32 tensors.</summary>
internal static class TensorValues
{
    /// <summary>A tensor with a copy of the numbers.</summary>
    public static Tensor From(ReadOnlySpan<float> values, params long[] shape)
    {
        Tensor tensor = empty(shape, dtype: ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>A copy of a tensor's numbers in row-major order.</summary>
    public static float[] Of(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
    }
}
