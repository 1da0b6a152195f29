using System.Globalization;
using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A ReDirector network as a policy whose self-attention layers are trained; everything else is frozen.</summary>
/// <remarks>
/// Geo-Align (arXiv 2605.23903) trains "only the self-attention layers": here every weight whose path has the component <c>self_attn</c>,
/// with or without its camera phase layers. A call handles all its latents as one batch. Not for use by several threads at once.
/// </remarks>
public sealed class RedirectorPolicy : IPolicy<RedirectorCondition, float>, IPolicyOptimizer, IAveragedWeights, IDisposable
{
    private const double TimestepsPerSigma = 1000;
    private const string WeightsFile = "self_attention.safetensors", OptimizerFile = "optimizer.safetensors",
        AverageFile = "self_attention_average.safetensors", DigestKey = "frozen_weights_sha256";

    private readonly RedirectorPolicyOptions _options;
    private readonly List<AdamWState> _trained = [];
    private readonly Lazy<string> _frozenDigest;
    private readonly WeightAverages? _averages;
    private float[] _velocities = [], _lossGradients = [];
    private bool _gradientsChecked = true;

    /// <summary>Makes a policy of a network and takes the network over: it is disposed with the policy.</summary>
    public RedirectorPolicy(RedirectorTransformer network, RedirectorPolicyOptions? options = null)
    {
        (Network, _options) = (network, (options ?? new RedirectorPolicyOptions()).Validated());
        List<(string, Parameter)> frozen = [];
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            bool trained = RedirectorKeys.IsSelfAttention(name) && (_options.TrainPhaseLayers || !RedirectorKeys.IsPhaseLayer(name));
            weight.requires_grad = trained;
            if (trained) _trained.Add(new AdamWState(name, weight));
            else frozen.Add((name, weight));
        }

        TrainedWeights = [.. _trained.Select(state => state.Name)];
        TrainedParameterCount = _trained.Sum(state => state.Weight.numel());
        if (_options.KeepAverage) _averages = new WeightAverages(_trained.Select(state => (state.Name, state.Weight)));
        _frozenDigest = new Lazy<string>(() => FrozenWeightsDigest.Of(frozen));
    }

    /// <summary>The network; it belongs to the policy.</summary>
    public RedirectorTransformer Network { get; }

    /// <summary>Keys of the trained weights, in the network's order.</summary>
    public IReadOnlyList<string> TrainedWeights { get; }

    /// <summary>Numbers that are trained.</summary>
    public long TrainedParameterCount { get; }

    /// <inheritdoc/>
    public int LatentSize(RedirectorCondition condition) => condition.Shape.Count;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A velocity is NaN or infinite.</exception>
    public void PredictVelocity(RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        CheckBatch(condition, sigma, count, latents.Length);
        if (velocities.Length != latents.Length)
            throw new ArgumentException($"velocities has {velocities.Length} numbers, expected {latents.Length}.", nameof(velocities));

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        HostTensors.Copy(Velocity(condition, sigma, count, latents), velocities);
        RequireFinite(velocities, condition, sigma, "Velocity");
    }

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A velocity or its loss gradient is NaN or infinite; no weight gradient was touched.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Backpropagate(
        RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient)
    {
        RequireTrainedWeights();
        CheckBatch(condition, sigma, count, latents.Length);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable withGradient = enable_grad();
        (Tensor velocity, Action<Tensor> backward) = VelocityWithBackward(condition, sigma, count, latents);
        Span<float> values = Buffer(ref _velocities, latents.Length), lossGradients = Buffer(ref _lossGradients, latents.Length);
        HostTensors.Copy(velocity, values);
        RequireFinite(values, condition, sigma, "Velocity");

        lossGradients.Clear();
        lossGradient(values, lossGradients);
        RequireFinite(lossGradients, condition, sigma, "d(loss)/d(velocity)");

        _gradientsChecked = false;
        backward(HostTensors.From(lossGradients, velocity.shape, velocity.dtype, Network.Device));
    }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        Network.zero_grad(set_to_none: true);
        _gradientsChecked = true;
    }

    /// <inheritdoc/>
    public double GradientNorm()
    {
        double sum = 0;
        foreach (AdamWState state in _trained)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            if (state.Weight.grad is not Tensor gradient) continue;
            double squares = gradient.As(ScalarType.Float64).square().sum().ToDouble();
            if (!double.IsFinite(squares)) throw new NonFiniteException($"The gradient of {state.Name}");
            sum += squares;
        }

        _gradientsChecked = true;
        return Math.Sqrt(sum);
    }

    /// <inheritdoc/>
    /// <exception cref="NonFiniteException">A gradient is NaN or infinite; no weight was changed.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void ApplyUpdate(double learningRate, double gradientScale)
    {
        RequireTrainedWeights();
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "The learning rate must be finite and ≥ 0.");
        if (!(gradientScale >= 0 && double.IsFinite(gradientScale)))
            throw new ArgumentOutOfRangeException(nameof(gradientScale), gradientScale, "The gradient scale must be finite and ≥ 0.");

        if (!_gradientsChecked) GradientNorm();
        foreach (AdamWState state in _trained) state.Update(_options.Optimizer, learningRate, gradientScale);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use.</exception>
    public void MoveAverage(double decay)
    {
        if (!(decay >= 0 && decay < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay must be in [0, 1).");
        RequireTrainedWeights();
        Averages().Move(decay);
    }

    /// <summary>
    /// Lets the network work with the averages until the result is disposed, to evaluate them. Meanwhile the policy can predict velocities, but neither learn
    /// nor save nor load.
    /// </summary>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use already.</exception>
    public AveragedWeightsInUse UseAverage()
    {
        RequireTrainedWeights();
        return new AveragedWeightsInUse(Averages());
    }

    /// <summary>
    /// Writes <c>self_attention.safetensors</c> (a partial checkpoint that any network of these sizes can load),
    /// <c>optimizer.safetensors</c>, and with an average <c>self_attention_average.safetensors</c>, a partial checkpoint too.
    /// Frozen weights are not written; their digest is.
    /// </summary>
    /// <param name="folder">Made if it does not exist.</param>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Save(string folder)
    {
        RequireTrainedWeights();
        Directory.CreateDirectory(folder);
        Dictionary<string, string> metadata = new() { [DigestKey] = _frozenDigest.Value };
        SafetensorsWriter.Write(
            Path.Combine(folder, WeightsFile), ModuleWeights.ToWrite(_trained.Select(s => (s.Name, s.Weight))), metadata);
        SafetensorsWriter.Write(Path.Combine(folder, OptimizerFile), _trained.SelectMany(s => s.ToWrite()), metadata);
        if (_averages is not null) SafetensorsWriter.Write(Path.Combine(folder, AverageFile), _averages.ToWrite(), metadata);
    }

    /// <summary>
    /// Restores what <see cref="Save"/> wrote. Nothing is changed unless all files fit. A saved average is passed over where none is kept.
    /// </summary>
    /// <exception cref="WeightMismatchException">The files are of a network or a trained set of another kind.</exception>
    /// <exception cref="WeightFormatException">A file is broken, or the run was saved on other frozen weights.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; that of the average, if the run was saved without one.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public void Load(string folder)
    {
        RequireTrainedWeights();
        using IWeightSource weights = WeightSources.Open(Path.Combine(folder, WeightsFile)),
            optimizer = WeightSources.Open(Path.Combine(folder, OptimizerFile));
        RequireSameBase(weights);
        RequireSameBase(optimizer);
        Require(weights, _trained.Select(s => (s.Name, (IReadOnlyList<long>)s.Weight.shape)));
        Require(optimizer, _trained.SelectMany(s => s.ExpectedKeys(optimizer)));
        using IWeightSource? average = _averages is null ? null : OpenAverage(folder);

        ModuleWeights.Load(_trained.Select(s => (s.Name, s.Weight)), weights, KeyTolerance.None);
        foreach (AdamWState state in _trained) state.Read(optimizer);
        if (average is not null) _averages!.Read(average);
    }

    /// <summary>Frees the network, the optimiser's state and the averages.</summary>
    public void Dispose()
    {
        _averages?.Dispose();
        foreach (AdamWState state in _trained) state.Dispose();
        Network.Dispose();
    }

    /// <summary>The timestep the network is given: 1000 σ, in float32, rounded to bfloat16 if asked.</summary>
    internal float Timestep(double sigma)
    {
        float timestep = (float)(TimestepsPerSigma * sigma);
        return _options.RoundTimestepToBFloat16 ? RoundToBFloat16(timestep) : timestep;
    }

    // To the nearest number whose lower 16 bits are zero, ties to even.
    private static float RoundToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000);
    }

    private IWeightSource OpenAverage(string folder)
    {
        string path = Path.Combine(folder, AverageFile);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} is missing: the run was saved without an average of its weights.", path);
        IWeightSource source = WeightSources.Open(path);
        try
        {
            RequireSameBase(source);
            Require(source, _averages!.ExpectedKeys);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private WeightAverages Averages() => _averages ?? throw new InvalidOperationException(
        $"The policy keeps no average of its weights; set {nameof(RedirectorPolicyOptions)}.{nameof(RedirectorPolicyOptions.KeepAverage)}.");

    private void RequireTrainedWeights()
    {
        if (_averages is { InUse: true }) throw new InvalidOperationException("The averages are in use; put the trained weights back first.");
    }

    private Tensor Velocity(RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents)
    {
        Tensor x = Upload(condition.Shape, count, latents);
        float timestep = Timestep(sigma);
        Tensor positive = Network.Velocity(x, [timestep], condition);
        return IsGuided ? Guided(positive, Network.Velocity(x, [timestep], condition, negative: true)) : positive;
    }

    private (Tensor Velocity, Action<Tensor> Backward) VelocityWithBackward(
        RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents)
    {
        if (!_options.RecomputeActivations)
        {
            Tensor velocity = Velocity(condition, sigma, count, latents);
            return (velocity, gradient => velocity.backward([gradient]));
        }

        Tensor x = Upload(condition.Shape, count, latents);
        float timestep = Timestep(sigma);
        RecomputedVelocity positive = RecomputedVelocity.Of(Network, x, timestep, condition, negative: false);
        if (!IsGuided) return (positive.Value, positive.Backward);

        RecomputedVelocity negative = RecomputedVelocity.Of(Network, x, timestep, condition, negative: true);
        return (Guided(positive.Value, negative.Value), gradient =>
        {
            negative.Backward(gradient * (1 - _options.GuidanceScale));
            positive.Backward(gradient * _options.GuidanceScale);
        });
    }

    private bool IsGuided => _options.GuidanceScale != 1;

    // Classifier-free guidance, Ho and Salimans 2022, in velocities.
    private Tensor Guided(Tensor positive, Tensor negative) => negative + (positive - negative) * _options.GuidanceScale;

    private Tensor Upload(LatentShape shape, int count, ReadOnlySpan<float> latents) => HostTensors.From(
        latents, [count, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width], ScalarType.Float32, Network.Device);

    private static void CheckBatch(RedirectorCondition condition, double sigma, int count, int length)
    {
        if (!(sigma >= 0 && sigma <= 1)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "σ must be in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        long expected = (long)count * condition.Shape.Count;
        if (length != expected)
            throw new ArgumentException($"{length} numbers given for {count} latents of {condition.Shape.Count}.", nameof(length));
    }

    private static void RequireFinite(ReadOnlySpan<float> values, RedirectorCondition condition, double sigma, string what)
    {
        int bad = values.IndexOfAnyExceptFinite();
        if (bad < 0) return;
        (int member, int element) = Math.DivRem(bad, condition.Shape.Count);
        throw new NonFiniteException(
            string.Create(CultureInfo.InvariantCulture, $"{what}[{element}] of latent {member} at σ = {sigma:G4}"));
    }

    private static Span<float> Buffer(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
        return buffer.AsSpan(0, length);
    }

    private static void Require(IWeightSource source, IEnumerable<(string Name, IReadOnlyList<long> Shape)> expected) =>
        WeightKeyReport.Compare(expected.ToDictionary(e => e.Name, e => e.Shape), source.Entries).Require(source.Path, KeyTolerance.None);

    private void RequireSameBase(IWeightSource source)
    {
        if (!source.Metadata.TryGetValue(DigestKey, out string? digest) || digest != _frozenDigest.Value)
            throw new WeightFormatException(source.Path, null,
                $"{DigestKey} is {digest ?? "absent"}, this network's is {_frozenDigest.Value}: the run was saved on another base");
    }
}
