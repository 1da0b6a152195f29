using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Numbers between managed memory and tensors, without intermediate arrays.</summary>
internal static class HostTensors
{
    /// <summary>A tensor with a copy of the values.</summary>
    public static Tensor From(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, ScalarType type, Device device)
    {
        Tensor host = empty(shape, dtype: ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(host.bytes);
        return device.type == DeviceType.CPU ? host.As(type) : host.to(type, device);
    }

    /// <summary>Copies a tensor's values, in row-major order.</summary>
    public static void Copy(Tensor source, Span<float> destination)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor host = source.detach().As(ScalarType.Float32).cpu().contiguous();
        host.bytes.CopyTo(MemoryMarshal.AsBytes(destination));
    }
}
