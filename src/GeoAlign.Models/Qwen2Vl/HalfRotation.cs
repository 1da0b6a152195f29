using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Rotates channel j of a head together with channel j + d/2, in full precision. Su et al. 2021 (RoFormer), in GPT-NeoX's order.</summary>
internal readonly struct HalfRotation
{
    private readonly Tensor _cosine, _sine;

    private HalfRotation(Tensor cosine, Tensor sine) => (_cosine, _sine) = (cosine, sine);

    /// <summary>A rotation by given angles.</summary>
    /// <param name="angles">Radians, in the order of the shape; the last axis is half a head wide.</param>
    /// <param name="shape">Shape that broadcasts over half a head of the rotated tensor.</param>
    /// <param name="exact">Full precision.</param>
    /// <param name="device">Where to rotate.</param>
    public static HalfRotation Of(double[] angles, long[] shape, ScalarType exact, Device device) =>
        new(tensor(Array.ConvertAll(angles, Math.Cos), shape, dtype: exact, device: device),
            tensor(Array.ConvertAll(angles, Math.Sin), shape, dtype: exact, device: device));

    /// <summary>(a, b) to (a cos − b sin, b cos + a sin) for the halves a and b of the last axis; the result has the type of x.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exact = x.As(_cosine.dtype);
        long half = x.shape[^1] / 2;
        Tensor low = exact.narrow(-1, 0, half), high = exact.narrow(-1, half, half);
        return cat([low * _cosine - high * _sine, high * _cosine + low * _sine], dim: -1).As(x.dtype).MoveToOuterDisposeScope();
    }
}
