using System.Globalization;
using GeoAlign.Grpo;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Velocities of a network under a condition, with guidance: what a policy predicts and a pipeline integrates.</summary>
/// <param name="network">The network; it stays the caller's.</param>
/// <param name="guidanceScale">s of v = v⁻ + s (v⁺ − v⁻); at 1 the negative pass is left out.</param>
/// <param name="roundTimestepToBFloat16">Whether the network is told a timestep rounded to bfloat16.</param>
internal sealed class FlowVelocity(FlowTransformer network, double guidanceScale, bool roundTimestepToBFloat16)
{
    /// <summary>Whether the negative prompt takes part.</summary>
    public bool IsGuided => guidanceScale != 1;

    /// <summary>The timestep the network is given: 1000 σ, in float32, rounded to bfloat16 if asked.</summary>
    public float Timestep(double sigma)
    {
        float timestep = (float)(FlowMatchingTable.TimestepsPerSigma * sigma);
        return roundTimestepToBFloat16 ? BFloat16Rounding.Round(timestep) : timestep;
    }

    /// <summary>Velocities of latents at one noise level, without gradients.</summary>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="count"/> latents.</exception>
    /// <exception cref="NonFiniteException">A velocity is NaN or infinite.</exception>
    public void Predict(FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        CheckBatch(condition, sigma, count, latents.Length);
        if (velocities.Length != latents.Length)
            throw new ArgumentException($"velocities has {velocities.Length} numbers, expected {latents.Length}.", nameof(velocities));

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        HostTensors.Copy(Of(Upload(condition.Shape, count, latents), sigma, condition), velocities);
        RequireFinite(velocities, condition, sigma, "Velocity");
    }

    /// <summary>Velocities as a tensor of the current dispose scope; gradients flow if they are on.</summary>
    public Tensor Of(Tensor x, double sigma, FlowCondition condition)
    {
        float timestep = Timestep(sigma);
        Tensor positive = network.Velocity(x, [timestep], condition);
        return IsGuided ? Guided(positive, network.Velocity(x, [timestep], condition, negative: true)) : positive;
    }

    /// <summary>Classifier-free guidance (Ho, Salimans 2022), in velocities.</summary>
    public Tensor Guided(Tensor positive, Tensor negative) => negative + (positive - negative) * guidanceScale;

    /// <summary>Latents as a tensor beside the network.</summary>
    public Tensor Upload(LatentShape shape, int count, ReadOnlySpan<float> latents) => HostTensors.From(
        latents, [count, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width], ScalarType.Float32, network.Device);

    /// <summary>Refuses a σ outside of [0, 1] and another number of latents.</summary>
    public static void CheckBatch(FlowCondition condition, double sigma, int count, int length)
    {
        if (!(sigma >= 0 && sigma <= 1)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "σ must be in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        long expected = (long)count * condition.Shape.Count;
        if (length != expected)
            throw new ArgumentException($"{length} numbers given for {count} latents of {condition.Shape.Count}.", nameof(length));
    }

    /// <summary>Refuses NaN and infinity; the message says where.</summary>
    public static void RequireFinite(ReadOnlySpan<float> values, FlowCondition condition, double sigma, string what)
    {
        int bad = values.IndexOfAnyExceptFinite();
        if (bad < 0) return;
        (int member, int element) = Math.DivRem(bad, condition.Shape.Count);
        throw new NonFiniteException(
            string.Create(CultureInfo.InvariantCulture, $"{what}[{element}] of latent {member} at σ = {sigma:G4}"));
    }
}
