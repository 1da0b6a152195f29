using GeoAlign.Grpo;

namespace GeoAlign.ToyAlignment;

/// <summary>
/// A policy that can learn: the exact velocity field of data N(0, ¼), plus a trainable constant per element, <c>v = field(x, σ) + a</c>. Sampling with it moves
/// the generated mean by −a, so a reward for being near a target has a known best answer. All conditions are alike to it.
/// </summary>
internal sealed class ShiftPolicy(int size) : IPolicy<int, float>, IPolicyOptimizer, IAveragedWeights
{
    private const double DataVariance = 0.25;
    private readonly AdamW<float> _adam = new(size, weightDecay: 0);

    public float[] Weights { get; } = new float[size];

    public float[] Average { get; } = new float[size];

    public float[] Gradients { get; } = new float[size];

    public int Updates => _adam.Updates;

    public int LatentSize(int condition) => size;

    public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        // x_σ = (1 − σ)·data + σ·noise; the field is E[noise − data | x_σ] = x·Cov(noise − data, x_σ)/Var(x_σ).
        double slope = (sigma - (1 - sigma) * DataVariance) / ((1 - sigma) * (1 - sigma) * DataVariance + sigma * sigma);
        for (int i = 0; i < latents.Length; i++) velocities[i] = (float)(latents[i] * slope) + Weights[i % size];
    }

    public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient)
    {
        float[] velocities = new float[latents.Length], gradients = new float[latents.Length];
        PredictVelocity(condition, sigma, count, latents, velocities);
        lossGradient(velocities, gradients);
        for (int i = 0; i < gradients.Length; i++) Gradients[i % size] += gradients[i];          // dv/da = 1
    }

    public void ZeroGradients() => Array.Clear(Gradients);

    public double GradientNorm() => Math.Sqrt(Gradients.Sum(g => (double)g * g)) is var norm && double.IsFinite(norm) ? norm : throw new NonFiniteException("The gradient");

    public void ApplyUpdate(double learningRate, double gradientScale) => _adam.Update(Weights, Gradients, learningRate, gradientScale);

    public void MoveAverage(double decay) => Ema.Move<float>(Average, Weights, decay);

    public void Save(string folder)
    {
        using BinaryWriter file = new(File.Create(Path.Combine(folder, "policy.bin")));
        file.Write(Updates);
        foreach (float number in (float[])[.. Weights, .. Average, .. _adam.FirstMoment, .. _adam.SecondMoment]) file.Write(number);
    }

    public void Load(string folder)
    {
        using BinaryReader file = new(File.OpenRead(Path.Combine(folder, "policy.bin")));
        int updates = file.ReadInt32();
        float[][] parts = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, size).Select(_ => file.ReadSingle()).ToArray())];
        parts[0].CopyTo(Weights, 0);
        parts[1].CopyTo(Average, 0);
        _adam.Restore(parts[2], parts[3], updates);
    }
}
