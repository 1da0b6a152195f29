using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>v = (x − x̂₀)/max(σ, 0.05): the velocity of the straight path through x at noise level σ that ends in x̂₀.</summary>
/// <remarks>Follows from x = (1 − σ) x₀ + σ ε and v = ε − x₀. The floor keeps the last step finite.</remarks>
/// <param name="Latents">x, <c>[batch, channels, F, H, W]</c>.</param>
/// <param name="PerSigma">1/max(σ, 0.05), <c>[1 or batch, 1, 1, 1, 1]</c>.</param>
internal sealed record DataToVelocity(Tensor Latents, Tensor PerSigma)
{
    /// <summary>Below this σ the division is by this.</summary>
    public const float SmallestSigma = 0.05f;

    private const float TimestepsPerSigma = 1000;

    /// <summary>Null for a network that predicts velocities itself.</summary>
    public static DataToVelocity? For(WanConfig config, Tensor latents, ReadOnlySpan<float> timesteps)
    {
        if (config.Output == RedirectorOutput.Velocity) return null;
        float[] factors = new float[timesteps.Length];
        for (int i = 0; i < factors.Length; i++) factors[i] = 1 / Math.Max(timesteps[i] / TimestepsPerSigma, SmallestSigma);
        return new DataToVelocity(latents, tensor(factors, [factors.Length, 1, 1, 1, 1], dtype: latents.dtype, device: latents.device));
    }

    /// <summary>The velocity of a predicted x̂₀.</summary>
    public Tensor Apply(Tensor data) => (Latents - data) * PerSigma;
}
