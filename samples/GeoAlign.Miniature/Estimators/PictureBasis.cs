using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>The directions in which the room's pictures differ: an affine map from pictures [N, 768] to [N, K] numbers of about unit size.</summary>
/// <remarks>
/// Principal components of clean frames, each divided by √(λ + n²): components that drown in noise of standard deviation n stay small. Ours: most of
/// the white noise lies outside of these directions, and a network learns much faster from numbers of equal size.
/// </remarks>
internal sealed class PictureBasis : IDisposable
{
    private readonly Tensor _directions;      // [768, K], orthonormal columns
    private readonly Tensor _scale;           // [K]

    private PictureBasis(Tensor mean, Tensor directions, Tensor scale) => (Mean, _directions, _scale) = (mean, directions, scale);

    /// <summary>The mean picture, [768].</summary>
    public Tensor Mean { get; }

    /// <summary>Fits the basis.</summary>
    /// <param name="pictures">Clean frames [N, 768].</param>
    /// <param name="components">K.</param>
    /// <param name="noise">n.</param>
    public static PictureBasis Fit(Tensor pictures, int components, double noise)
    {
        const long chunk = 4096;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        long count = pictures.shape[0], pixels = pictures.shape[1];
        Tensor mean = pictures.mean([0L]);
        Tensor covariance = zeros([pixels, pixels], dtype: ScalarType.Float64);
        for (long i = 0; i < count; i += chunk)
        {
            using Tensor part = (pictures.narrow(0, i, Math.Min(chunk, count - i)) - mean).to_type(ScalarType.Float64);
            using Tensor products = part.transpose(0, 1).matmul(part);
            covariance.add_(products);
        }

        (Tensor values, Tensor vectors) = linalg.eigh(covariance / count);                   // ascending
        Tensor variance = values.narrow(0, pixels - components, components).clamp_min(0);
        Tensor scale = (variance + noise * noise).rsqrt().to_type(ScalarType.Float32);
        Tensor directions = vectors.narrow(1, pixels - components, components).to_type(ScalarType.Float32).contiguous();
        return new(mean.MoveToOuterDisposeScope(), directions.MoveToOuterDisposeScope(), scale.MoveToOuterDisposeScope());
    }

    /// <summary>A frozen layer from pictures to components.</summary>
    public Linear ToComponents()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = (_directions * _scale).transpose(0, 1).contiguous();
        Tensor bias = -weight.matmul(Mean);
        return nn.Linear(
            new Parameter(weight.MoveToOuterDisposeScope(), requires_grad: false), new Parameter(bias.MoveToOuterDisposeScope(), requires_grad: false));
    }

    public void Dispose()
    {
        Mean.Dispose();
        _directions.Dispose();
        _scale.Dispose();
    }
}
