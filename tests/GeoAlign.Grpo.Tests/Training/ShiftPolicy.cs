using System.Buffers.Binary;

namespace GeoAlign.Grpo.Tests;

/// <summary>
/// A float policy that can learn: the exact field of data N(0, ½²) plus a trainable constant per element, v = field(x, σ) + a. Sampling with it moves the
/// generated mean by −a, so a reward for being near a target has a known best answer. The condition scales nothing; its index is only counted.
/// </summary>
internal sealed class ShiftPolicy(int size) : IPolicy<int, float>, IPolicyOptimizer, IAveragedWeights
{
    private const double DataStd = 0.5;
    private readonly AdamW<float> _adam = new(size, weightDecay: 0);

    public float[] Weights { get; } = new float[size];

    public float[] Average { get; } = new float[size];

    public float[] Gradients { get; } = new float[size];

    public int Updates => _adam.Updates;

    public Action<int, float[]>? Distort { get; set; }

    public int LatentSize(int condition) => size;

    public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        for (int i = 0; i < latents.Length; i++)
            velocities[i] = (float)GaussianField.Velocity(latents[i], sigma, 0, DataStd) + Weights[i % size];
    }

    public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient)
    {
        float[] velocities = new float[latents.Length], gradients = new float[latents.Length];
        PredictVelocity(condition, sigma, count, latents, velocities);
        lossGradient(velocities, gradients);
        for (int i = 0; i < gradients.Length; i++) Gradients[i % size] += gradients[i];
    }

    public void ZeroGradients() => Array.Clear(Gradients);

    public double GradientNorm() => Math.Sqrt(Gradients.Sum(g => (double)g * g));

    public void ApplyUpdate(double learningRate, double gradientScale)
    {
        _adam.Update(Weights, Gradients, learningRate, gradientScale);
        Distort?.Invoke(_adam.Updates, Weights);
    }

    public void MoveAverage(double decay) => Ema.Move<float>(Average, Weights, decay);

    public void Save(string folder)
    {
        using FileStream file = File.Create(Path.Combine(folder, "policy.bin"));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, _adam.Updates);
        file.Write(number);
        foreach (float[] part in new[] { Weights, Average, _adam.FirstMoment.ToArray(), _adam.SecondMoment.ToArray() })
        {
            foreach (float value in part)
            {
                BinaryPrimitives.WriteSingleLittleEndian(number, value);
                file.Write(number);
            }
        }
    }

    public void Load(string folder)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "policy.bin"));
        float[][] parts = [.. Enumerable.Range(0, 4).Select(p => Enumerable.Range(0, size)
            .Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 + 4 * (p * size + i)))).ToArray())];
        parts[0].CopyTo(Weights, 0);
        parts[1].CopyTo(Average, 0);
        _adam.Restore(parts[2], parts[3], BinaryPrimitives.ReadInt32LittleEndian(bytes));
    }
}
