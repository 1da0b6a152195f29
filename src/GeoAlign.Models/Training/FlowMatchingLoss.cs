namespace GeoAlign.Models;

/// <summary>
/// Supervised flow matching: the network shall predict the velocity <c>noise − data</c> of the straight path from data to noise.
/// </summary>
/// <remarks>
/// Lipman et al. 2023, "Flow matching for generative modeling", eq. 23, on straight paths; ReDirector's training: the mean over the
/// elements of a sample of the squared difference, times the weight of its noise level, averaged over the batch. Sums are in double.
/// </remarks>
public static class FlowMatchingLoss
{
    /// <summary><c>x_σ = (1 − σ)·data + σ·noise</c>.</summary>
    /// <param name="data">Clean latents.</param>
    /// <param name="noise">Standard normal numbers, as many.</param>
    /// <param name="sigma">Noise level in [0, 1].</param>
    /// <param name="noisy">Receives as many numbers.</param>
    public static void AddNoise(ReadOnlySpan<float> data, ReadOnlySpan<float> noise, double sigma, Span<float> noisy)
    {
        RequireEqual(data.Length, noise.Length, nameof(noise));
        RequireEqual(data.Length, noisy.Length, nameof(noisy));
        if (!(sigma >= 0 && sigma <= 1)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "σ must be in [0, 1].");
        for (int i = 0; i < data.Length; i++) noisy[i] = (float)((1 - sigma) * data[i] + sigma * noise[i]);
    }

    /// <summary>Loss of one sample, and its derivative with respect to the predicted velocity.</summary>
    /// <param name="velocity">Prediction of the network.</param>
    /// <param name="data">Clean latents.</param>
    /// <param name="noise">The noise they were mixed with.</param>
    /// <param name="factor">Weight of the noise level, divided by the number of samples that are averaged over.</param>
    /// <param name="gradient">Receives <c>2·factor·(velocity − (noise − data))/n</c>.</param>
    /// <param name="meanSquare"><c>mean((velocity − (noise − data))²)</c>, without the factor.</param>
    /// <returns><c>factor · mean((velocity − (noise − data))²)</c>.</returns>
    public static double Evaluate(
        ReadOnlySpan<float> velocity, ReadOnlySpan<float> data, ReadOnlySpan<float> noise, double factor, Span<float> gradient,
        out double meanSquare)
    {
        RequireEqual(velocity.Length, data.Length, nameof(data));
        RequireEqual(velocity.Length, noise.Length, nameof(noise));
        RequireEqual(velocity.Length, gradient.Length, nameof(gradient));
        double sum = 0, slope = 2 * factor / velocity.Length;
        for (int i = 0; i < velocity.Length; i++)
        {
            double difference = velocity[i] - ((double)noise[i] - data[i]);
            sum += difference * difference;
            gradient[i] = (float)(slope * difference);
        }

        meanSquare = sum / velocity.Length;
        return factor * meanSquare;
    }

    private static void RequireEqual(int expected, int found, string name)
    {
        if (found != expected) throw new ArgumentException($"{name} has {found} numbers, expected {expected}.", name);
    }
}
