using GeoAlign.Grpo;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A network of the Wan family as a policy: some of its weights are trained, everything else is frozen.</summary>
/// <remarks>
/// A call handles all its latents as one batch under one prepared condition, whose prompt, camera and position tables were computed
/// once. Not for use by several threads at once.
/// </remarks>
public class FlowPolicy : IPolicy<FlowCondition, float>, IPolicyOptimizer, IAveragedWeights, IDisposable
{
    private readonly FlowPolicyOptions _options;
    private readonly FlowVelocity _velocity;
    private readonly WeightTraining _training;
    private float[] _velocities = [], _lossGradients = [];

    /// <summary>Makes a policy of a network and takes the network over: it is disposed with the policy.</summary>
    /// <exception cref="ArgumentException">A setting is impossible, or nothing is selected for training.</exception>
    public FlowPolicy(FlowTransformer network, FlowPolicyOptions? options = null)
    {
        (Network, _options) = (network, (options ?? new FlowPolicyOptions()).Validated());
        _velocity = new FlowVelocity(network, _options.GuidanceScale, _options.RoundTimestepToBFloat16);
        Adapters = _options.Lora is { } lora ? LoraAdapters.Attach(network, lora) : null;
        _training = Adapters is null
            ? WeightTraining.Of(network, _options.Selection, _options.Optimizer, _options.KeepAverage, _options.FileStem)
            : WeightTraining.Of(network, Adapters, _options.Optimizer, _options.KeepAverage);
    }

    /// <summary>The network; it belongs to the policy.</summary>
    public FlowTransformer Network { get; }

    /// <summary>The low-rank additions that are trained, if there are any; they belong to the policy.</summary>
    public LoraAdapters? Adapters { get; }

    /// <summary>How many numbers are trained, and which: a line for the log.</summary>
    public string Summary => _training.Describe(Adapters is null ? _options.Selection.Name : $"low-rank additions to {Adapters.Layers.Count} layers", Network.named_parameters().Sum(w => w.Item2.numel()));

    /// <summary>Keys of the trained weights, in the network's order.</summary>
    public IReadOnlyList<string> TrainedWeights => _training.Names;

    /// <summary>Numbers that are trained.</summary>
    public long TrainedParameterCount => _training.ParameterCount;

    /// <inheritdoc/>
    public bool KeepsAverage => _training.KeepsAverage;

    /// <inheritdoc/>
    public int LatentSize(FlowCondition condition) => condition.Shape.Count;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A velocity is NaN or infinite.</exception>
    public void PredictVelocity(FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities) =>
        _velocity.Predict(condition, sigma, count, latents, velocities);

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A velocity or its loss gradient is NaN or infinite; no weight gradient was touched.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Backpropagate(
        FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient)
    {
        _training.RequireInPlace();
        FlowVelocity.CheckBatch(condition, sigma, count, latents.Length);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable withGradient = enable_grad();
        (Tensor velocity, Action<Tensor> backward) = VelocityWithBackward(condition, sigma, count, latents);
        Span<float> values = Buffer(ref _velocities, latents.Length), lossGradients = Buffer(ref _lossGradients, latents.Length);
        HostTensors.Copy(velocity, values);
        FlowVelocity.RequireFinite(values, condition, sigma, "Velocity");

        lossGradients.Clear();
        lossGradient(values, lossGradients);
        FlowVelocity.RequireFinite(lossGradients, condition, sigma, "d(loss)/d(velocity)");

        _training.ExpectGradients();
        backward(HostTensors.From(lossGradients, velocity.shape, velocity.dtype, Network.Device));
    }

    /// <inheritdoc/>
    public void ZeroGradients() => _training.ZeroGradients();

    /// <inheritdoc/>
    public double GradientNorm() => _training.GradientNorm();

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A gradient is NaN or infinite; no weight was changed.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void ApplyUpdate(double learningRate, double gradientScale) => _training.ApplyUpdate(learningRate, gradientScale);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use.</exception>
    public void MoveAverage(double decay) => _training.MoveAverage(decay);

    /// <summary>
    /// Lets the network work with the averages until the result is disposed, to evaluate them. Meanwhile the policy can predict velocities, but neither learn
    /// nor save nor load.
    /// </summary>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use already.</exception>
    public AveragedWeightsInUse UseAverage() => _training.UseAverage();

    /// <summary>
    /// Writes the trained weights (<c>self_attention.safetensors</c> by default, <c>lora.safetensors</c> with adapters: a partial checkpoint that any network of these sizes can
    /// load), <c>optimizer.safetensors</c>, and with an average <c>self_attention_average.safetensors</c>, a partial checkpoint too.
    /// Frozen weights are not written; their digest is.
    /// </summary>
    /// <param name="folder">Made if it does not exist.</param>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Save(string folder) => _training.Save(folder);

    /// <summary>
    /// Restores what <see cref="Save"/> wrote. Nothing is changed unless all files fit. A saved average is passed over where none is kept.
    /// </summary>
    /// <exception cref="WeightMismatchException">The files are of a network or a trained set of another kind.</exception>
    /// <exception cref="WeightFormatException">A file is broken, or the run was saved on other frozen weights.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; that of the average, if the run was saved without one.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Load(string folder) => _training.Load(folder);

    /// <summary>Frees the network, the optimiser's state and the averages.</summary>
    public void Dispose()
    {
        _training.Dispose();
        Adapters?.Dispose();
        Network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The timestep the network is given.</summary>
    internal float Timestep(double sigma) => _velocity.Timestep(sigma);

    private (Tensor Velocity, Action<Tensor> Backward) VelocityWithBackward(
        FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents)
    {
        Tensor x = _velocity.Upload(condition.Shape, count, latents);
        if (!_options.RecomputeActivations)
        {
            Tensor velocity = _velocity.Of(x, sigma, condition);
            return (velocity, gradient => velocity.backward([gradient]));
        }

        float timestep = Timestep(sigma);
        RecomputedVelocity positive = RecomputedVelocity.Of(Network, x, [timestep], condition.For(Network), condition.Shape, negative: false);
        if (!_velocity.IsGuided) return (positive.Value, positive.Backward);

        RecomputedVelocity negative = RecomputedVelocity.Of(Network, x, [timestep], condition.For(Network), condition.Shape, negative: true);
        return (_velocity.Guided(positive.Value, negative.Value), gradient =>
        {
            negative.Backward(gradient * (1 - _options.GuidanceScale));
            positive.Backward(gradient * _options.GuidanceScale);
        });
    }

    private static Span<float> Buffer(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
        return buffer.AsSpan(0, length);
    }
}
