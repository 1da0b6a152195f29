namespace GeoAlign.Grpo.Tests;

/// <summary>The exact velocity field of data N(m, s0²) per element; the condition shifts nothing.</summary>
internal sealed class GaussianField(double[] mean, double[] std) : IPolicy<int, double>
{
    public List<(double Sigma, int Count)> Calls { get; } = [];

    public static double Velocity(double x, double sigma, double m, double s0)
    {
        double variance = (1 - sigma) * (1 - sigma) * s0 * s0 + sigma * sigma;
        return (x - (1 - sigma) * m) * (sigma - (1 - sigma) * s0 * s0) / variance - m;
    }

    public int LatentSize(int condition) => mean.Length;

    public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<double> latents, Span<double> velocities)
    {
        Assert.Equal(count * mean.Length, latents.Length);
        Assert.Equal(count * mean.Length, velocities.Length);
        Calls.Add((sigma, count));
        for (int i = 0; i < latents.Length; i++) velocities[i] = Velocity(latents[i], sigma, mean[i % mean.Length], std[i % mean.Length]);
    }

    public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<double> latents, VelocityGradient<double> lossGradient) =>
        throw new InvalidOperationException("The field has no weights.");
}
