using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Supervised flow matching of all weights of a network, in batches of conditions of one size: for base models of one's own.</summary>
/// <remarks>
/// The target of x = (1 − σ) x₀ + σ ε is the velocity ε − x₀ (Lipman et al. 2023, eq. 23, on straight paths). Averages of the weights
/// are kept beside them.
/// </remarks>
public sealed class RedirectorPretrainer : IDisposable
{
    private readonly RedirectorTransformer _network;
    private readonly AdamWOptions _optimizer;
    private readonly List<AdamWState> _weights;
    private readonly WeightAverages _averages;

    /// <summary>Makes every weight of a network trainable. The network stays the caller's.</summary>
    public RedirectorPretrainer(RedirectorTransformer network, AdamWOptions? optimizer = null)
    {
        (_network, _optimizer) = (network, (optimizer ?? new AdamWOptions()).Validated());
        _weights = [.. network.named_parameters().Select(p => new AdamWState(p.Item1, p.Item2))];
        foreach (AdamWState state in _weights) state.Weight.requires_grad = true;
        _averages = new WeightAverages(_weights.Select(state => (state.Name, state.Weight)));
    }

    /// <summary>Adds the gradient of the loss of a batch to the weights' and returns the loss.</summary>
    /// <param name="inputs">Conditions of one size, N of them.</param>
    /// <param name="data">Clean latents x₀, N after another.</param>
    /// <param name="noise">Standard normal ε, as many.</param>
    /// <param name="sigmas">Noise level of each.</param>
    /// <param name="lossWeights">Factor of each squared error.</param>
    /// <returns>Mean over elements and batch of the weighted squared velocity error.</returns>
    /// <exception cref="ArgumentException">Counts or sizes do not fit together.</exception>
    /// <exception cref="NonFiniteException">The loss is not finite; no weight was changed.</exception>
    public double Accumulate(
        IReadOnlyList<RedirectorInputs> inputs, ReadOnlySpan<float> data, ReadOnlySpan<float> noise, ReadOnlySpan<double> sigmas,
        ReadOnlySpan<double> lossWeights)
    {
        LatentShape shape = inputs[0].Shape;
        int count = inputs.Count;
        if (data.Length != count * shape.Count || noise.Length != data.Length || sigmas.Length != count || lossWeights.Length != count)
            throw new ArgumentException($"{data.Length} data, {noise.Length} noise, {sigmas.Length} σ and {lossWeights.Length} weights for {count} conditions of {shape.Count} latent numbers.", nameof(data));

        float[] noisy = new float[data.Length], target = new float[data.Length], timesteps = new float[count], factors = new float[count];
        for (int i = 0; i < noisy.Length; i++)
        {
            double sigma = sigmas[i / shape.Count];
            noisy[i] = (float)((1 - sigma) * data[i] + sigma * noise[i]);
            target[i] = noise[i] - data[i];
        }

        for (int i = 0; i < count; i++) (timesteps[i], factors[i]) = ((float)(1000 * sigmas[i]), (float)lossWeights[i]);

        using DisposeScope scope = NewDisposeScope();
        using IDisposable withGradient = enable_grad();
        long[] size = [count, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width];
        Tensor velocity = _network.Velocity(
            HostTensors.From(noisy, size, ScalarType.Float32, _network.Device), timesteps, _network.Encode(inputs), shape);
        Tensor difference = velocity - HostTensors.From(target, size, velocity.dtype, _network.Device);
        Tensor loss = (difference.square().mean([1L, 2L, 3L, 4L]) * HostTensors.From(factors, [count], velocity.dtype, _network.Device)).mean();
        double value = loss.ToDouble();
        if (!double.IsFinite(value)) throw new NonFiniteException("The supervised loss");
        loss.backward();
        return value;
    }

    /// <summary>One AdamW update from the gradients gathered so far, which are then forgotten; the averages follow.</summary>
    /// <param name="learningRate">Learning rate.</param>
    /// <param name="largestGradientNorm">The gradient is shortened to this norm.</param>
    /// <param name="averageDecay">Decay of the averages, in [0, 1).</param>
    /// <returns>Norm of the gradient before it was shortened.</returns>
    /// <exception cref="NonFiniteException">The gradient is not finite; no weight was changed.</exception>
    public double Update(double learningRate, double largestGradientNorm, double averageDecay)
    {
        double squares = 0;
        using (DisposeScope scope = NewDisposeScope())
        {
            using IDisposable noGradient = no_grad();
            foreach (AdamWState state in _weights)
            {
                if (state.Weight.grad is Tensor gradient) squares += gradient.As(ScalarType.Float64).square().sum().ToDouble();
            }
        }

        double norm = Math.Sqrt(squares);
        if (!double.IsFinite(norm)) throw new NonFiniteException("The gradient of the supervised loss");
        foreach (AdamWState state in _weights) state.Update(_optimizer, learningRate, Math.Min(1, largestGradientNorm / Math.Max(norm, 1e-12)));
        _network.zero_grad(set_to_none: true);
        _averages.Move(averageDecay);
        return norm;
    }

    /// <summary>Lets the network work with the averages until the result is disposed, to evaluate or save them.</summary>
    public AveragedWeightsInUse UseAverage() => new(_averages);

    /// <summary>Frees the optimiser's state and the averages; the network keeps its weights.</summary>
    public void Dispose()
    {
        _averages.Dispose();
        foreach (AdamWState state in _weights) state.Dispose();
    }
}
