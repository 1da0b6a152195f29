namespace GeoAlign.Grpo.Tests;

/// <summary>v(x, σ, p) = Gaussian field of data N(m[p], s0²) + a ⊙ tanh(x) + b·σ, with weights (a, b) and AdamW: a policy without a tensor library.</summary>
internal sealed class ToyPolicy(double[][] mean, double[] std, double[] a, double b, double weightDecay = 1e-4) : IPolicy<int, double>, IPolicyOptimizer
{
    private readonly AdamW<double> _adam = new(a.Length + 1, weightDecay: weightDecay);

    public double[] Weights { get; } = [.. a, b];

    public double[] Gradients { get; } = new double[a.Length + 1];

    public List<double> Norms { get; } = [];

    public List<double[]> GradientsAtUpdate { get; } = [];

    public List<double[]> WeightsAfterUpdate { get; } = [];

    public long Predicted { get; private set; }

    public long Trained { get; private set; }

    /// <summary>Added to velocities of the replay only: a network that does not repeat itself.</summary>
    public double ReplayError { get; set; }

    public int LatentSize(int condition) => std.Length;

    public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<double> latents, Span<double> velocities)
    {
        Predicted += count;
        Predict(condition, sigma, latents, velocities);
    }

    public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<double> latents, VelocityGradient<double> lossGradient)
    {
        Trained += count;
        double[] velocities = new double[latents.Length], gradients = new double[latents.Length];
        Predict(condition, sigma, latents, velocities);
        for (int i = 0; i < velocities.Length; i++) velocities[i] += ReplayError;
        lossGradient(velocities, gradients);
        for (int i = 0; i < gradients.Length; i++)
        {
            Gradients[i % std.Length] += gradients[i] * Math.Tanh(latents[i]);
            Gradients[^1] += gradients[i] * sigma;
        }
    }

    public void ZeroGradients() => Array.Clear(Gradients);

    public double GradientNorm() => Math.Sqrt(Gradients.Sum(g => g * g));

    public void ApplyUpdate(double learningRate, double gradientScale)
    {
        Norms.Add(GradientNorm());
        GradientsAtUpdate.Add([.. Gradients]);
        _adam.Update(Weights, Gradients, learningRate, gradientScale);
        WeightsAfterUpdate.Add([.. Weights]);
    }

    public void Save(string folder) => throw new InvalidOperationException();

    public void Load(string folder) => throw new InvalidOperationException();

    private void Predict(int condition, double sigma, ReadOnlySpan<double> latents, Span<double> velocities)
    {
        for (int i = 0; i < latents.Length; i++)
        {
            int d = i % std.Length;
            velocities[i] = GaussianField.Velocity(latents[i], sigma, mean[condition][d], std[d]) + Weights[d] * Math.Tanh(latents[i]) + Weights[^1] * sigma;
        }
    }
}
