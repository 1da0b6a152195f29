using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// Mean and standard deviation of every latent channel over Wan's training videos: latents leave the codec about unit normal.
/// </summary>
/// <remarks>Constants of Wan2.1 <c>vae.py</c>. Tensors are <c>[1, 16, frames, rows, columns]</c> in full precision.</remarks>
internal static class LatentStatistics
{
    private static readonly float[] Mean =
    [
        -0.7571f, -0.7089f, -0.9113f, 0.1075f, -0.1745f, 0.9653f, -0.1517f, 1.5508f,
        0.4134f, -0.0715f, 0.5517f, -0.3632f, -0.1922f, -0.9497f, 0.2503f, -0.2921f,
    ];

    private static readonly float[] StandardDeviation =
    [
        2.8184f, 1.4541f, 2.3275f, 2.6558f, 1.2196f, 1.7708f, 2.6052f, 2.0743f,
        3.2687f, 2.1526f, 2.8652f, 1.5579f, 1.6382f, 1.1253f, 2.8251f, 1.9160f,
    ];

    /// <summary>z = (μ − mean) / deviation.</summary>
    public static Tensor Normalise(Tensor posteriorMean) =>
        (posteriorMean - PerChannel(Mean, posteriorMean)) / PerChannel(StandardDeviation, posteriorMean);

    /// <summary>μ = z · deviation + mean.</summary>
    public static Tensor Restore(Tensor latents) =>
        latents * PerChannel(StandardDeviation, latents) + PerChannel(Mean, latents);

    private static Tensor PerChannel(float[] values, Tensor like) =>
        HostTensors.From(values, [1, WanVaeConfig.LatentChannels, 1, 1, 1], like.dtype, like.device);
}
