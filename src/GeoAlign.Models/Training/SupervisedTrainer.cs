using System.Globalization;
using GeoAlign.Grpo;
using GeoAlign.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Trains a network by supervised flow matching, one update per call.</summary>
/// <remarks>
/// ReDirector's recipe (<c>train.py</c>): a level of the table per sample, noise, velocity, weighted squared error. The target's half
/// is noisy, the condition's half is clean. There is no dropping of prompts or conditions. Noise levels and noise are functions of
/// (seed, update, sample), so a run that continues after <see cref="Load"/> gives the weights it would have had. The network belongs
/// to the caller. Not for use by several threads at once.
/// </remarks>
public sealed class SupervisedTrainer : IDisposable
{
    private const string FileStem = "trained", UpdateKey = "update";

    private readonly SupervisedOptions _options;
    private readonly FlowMatchingTable _table;
    private readonly WeightTraining _training;
    private float[] _noise = [], _noisy = [], _velocities = [], _gradients = [];

    /// <summary>Chooses the weights of a network that are trained and freezes the others.</summary>
    public SupervisedTrainer(FlowTransformer network, SupervisedOptions? options = null)
    {
        (Network, _options) = (network, (options ?? new SupervisedOptions()).Validated());
        _table = new FlowMatchingTable(_options.Levels, _options.Shift);
        Adapters = _options.Lora is { } lora ? LoraAdapters.Attach(network, lora) : null;
        bool average = _options.Ema is not null;
        _training = Adapters is null
            ? WeightTraining.Of(network, _options.Selection, _options.Optimizer, average, FileStem)
            : WeightTraining.Of(network, Adapters, _options.Optimizer, average);
        Summary = _training.Describe(
            Adapters is null ? _options.Selection.Name : $"low-rank additions to {Adapters.Layers.Count} layers",
            network.named_parameters().Sum(w => w.Item2.numel()));
    }

    /// <summary>The low-rank additions that are trained, if there are any; <see cref="Dispose"/> removes those that were not merged.</summary>
    public LoraAdapters? Adapters { get; }

    /// <summary>The network that is trained.</summary>
    public FlowTransformer Network { get; }

    /// <summary>How many numbers are trained, and which: a line for the log.</summary>
    public string Summary { get; }

    /// <summary>Keys of the trained weights, in the network's order.</summary>
    public IReadOnlyList<string> TrainedWeights => _training.Names;

    /// <summary>Numbers that are trained.</summary>
    public long TrainedParameterCount => _training.ParameterCount;

    /// <summary>Updates made so far.</summary>
    public long Updates { get; private set; }

    /// <summary>One update of the weights on the mean loss over some samples.</summary>
    /// <param name="batch">
    /// Samples, in order. They pass through the network <see cref="SupervisedOptions.SamplesPerPass"/> at a time; samples of one pass
    /// must be of one size.
    /// </param>
    /// <exception cref="NonFiniteException">A velocity or gradient is NaN or infinite; no weight was changed.</exception>
    public SupervisedReport Step(IReadOnlyList<SupervisedSample> batch)
    {
        (double loss, double unweighted) = AccumulateGradients(batch);
        double norm = _training.GradientNorm(), rate = _options.LearningRate.At(Updates);
        _training.ApplyUpdate(rate, _options.MaximumGradientNorm is double limit ? GradientClipping.Factor(norm, limit) : 1);
        _training.ZeroGradients();
        if (_options.Ema is { } ema && ema.MovesAfter(checked((int)Updates))) _training.MoveAverage(ema.DecayAt((int)Updates));
        return new SupervisedReport(Updates++, loss, unweighted, norm, rate);
    }

    /// <summary>The mean loss over some samples with the weights as they are, at the noise levels and noise of a given update.</summary>
    /// <remarks>The same <paramref name="draw"/> compares two networks, or two stages of one, on equal terms.</remarks>
    /// <param name="batch">Samples, in order.</param>
    /// <param name="draw">Address of the random numbers; training uses the number of the update.</param>
    public (double Loss, double UnweightedLoss) Evaluate(IReadOnlyList<SupervisedSample> batch, int draw)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batch.Count, nameof(batch));
        using IDisposable noGradient = no_grad();
        double loss = 0, unweighted = 0;
        for (int first = 0; first < batch.Count; first += _options.SamplesPerPass)
        {
            using DisposeScope scope = NewDisposeScope();
            SupervisedSample[] samples = [.. batch.Skip(first).Take(_options.SamplesPerPass)];
            TrainingTime[] times = Draw(samples, draw, first);
            FlowContext context = Network.Encode([.. samples.Select(s => s.Inputs)]);
            Tensor velocity = Network.Velocity(Upload(samples, _noisy), Timesteps(times), context, samples[0].Inputs.Shape);
            (double passLoss, double passUnweighted) = Losses(velocity, samples, times, batch.Count);
            loss += passLoss;
            unweighted += passUnweighted;
        }

        return (loss, unweighted);
    }

    /// <summary>Lets the network work with the averages until the result is disposed; it can be evaluated meanwhile, not trained.</summary>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use already.</exception>
    public AveragedWeightsInUse UseAverage() => _training.UseAverage();

    /// <summary>
    /// Writes <c>trained.safetensors</c> (<c>lora.safetensors</c> with adapters), <c>optimizer.safetensors</c> and, with an average, <c>trained_average.safetensors</c>. Frozen
    /// weights are not written; their digest is.
    /// </summary>
    /// <param name="folder">Made if it does not exist.</param>
    public void Save(string folder) =>
        _training.Save(folder, new Dictionary<string, string> { [UpdateKey] = Updates.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Restores what <see cref="Save"/> wrote. Nothing is changed unless all files fit.</summary>
    /// <exception cref="WeightMismatchException">The files are of a network or a trained set of another kind.</exception>
    /// <exception cref="WeightFormatException">A file is broken, or the run was saved on other frozen weights.</exception>
    public void Load(string folder)
    {
        string path = Path.Combine(folder, (Adapters is null ? FileStem : "lora") + ".safetensors");
        long updates;
        using (IWeightSource source = WeightSources.Open(path))
        {
            string? text = source.Metadata.GetValueOrDefault(UpdateKey);
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out updates))
                throw new WeightFormatException(path, null, $"{UpdateKey} is {text ?? "absent"}, expected the number of updates made");
        }

        _training.Load(folder);
        Updates = updates;
    }

    /// <summary>Frees the optimiser's state and the averages; the network stays.</summary>
    public void Dispose()
    {
        _training.Dispose();
        Adapters?.Dispose();
    }

    /// <summary>Sets the gradients of the trained weights to those of the mean loss, as the next update would see them.</summary>
    internal (double Loss, double Unweighted) AccumulateGradients(IReadOnlyList<SupervisedSample> batch)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batch.Count, nameof(batch));
        _training.RequireInPlace();
        _training.ZeroGradients();
        _training.ExpectGradients();
        double loss = 0, unweighted = 0;
        for (int first = 0; first < batch.Count; first += _options.SamplesPerPass)
        {
            SupervisedSample[] samples = [.. batch.Skip(first).Take(_options.SamplesPerPass)];
            (double passLoss, double passUnweighted) = Accumulate(samples, first, batch.Count);
            loss += passLoss;
            unweighted += passUnweighted;
        }

        return (loss, unweighted);
    }

    private (double Loss, double Unweighted) Accumulate(SupervisedSample[] samples, int first, int total)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable withGradient = enable_grad();
        TrainingTime[] times = Draw(samples, checked((int)Updates), first);
        float[] timesteps = Timesteps(times);
        LatentShape shape = samples[0].Inputs.Shape;
        FlowContext context = Network.Encode([.. samples.Select(s => s.Inputs with { NegativeText = null })]);
        Tensor noisy = Upload(samples, _noisy), velocity;
        Action<Tensor> backward;
        if (_options.RecomputeActivations)
        {
            RecomputedVelocity recomputed = RecomputedVelocity.Of(Network, noisy, timesteps, context, shape, negative: false);
            (velocity, backward) = (recomputed.Value, recomputed.Backward);
        }
        else
        {
            velocity = Network.Velocity(noisy, timesteps, context, shape);
            backward = gradient => velocity.backward([gradient]);
        }

        (double, double) losses = Losses(velocity, samples, times, total);
        backward(Upload(samples, _gradients).As(velocity.dtype));
        return losses;
    }

    // Fills the buffers of noise and noisy latents.
    private TrainingTime[] Draw(SupervisedSample[] samples, int update, int first)
    {
        LatentShape shape = samples[0].Inputs.Shape;
        int size = shape.Count, from = (int)(_options.FirstLevelShare * _table.Count), to = (int)Math.Ceiling(_options.LastLevelShare * _table.Count);
        if (_noise.Length < samples.Length * size)
            (_noise, _noisy, _velocities, _gradients) = (Room(), Room(), Room(), Room());

        TrainingTime[] times = new TrainingTime[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i].Target.Length != size)
                throw new ArgumentException($"Sample {first + i}: Target has {samples[i].Target.Length} numbers, expected {size} as the first of its pass.");
            int level = from + new CounterRandom(_options.Seed, RandomPurpose.TrainingTime, update, first + i).Integer(to - from);
            times[i] = _table.At(level, _options.RoundTimestepToBFloat16);
            Span<float> noise = _noise.AsSpan(i * size, size);
            new CounterRandom(_options.Seed, RandomPurpose.TrainingNoise, update, first + i).Normals(noise);
            FlowMatchingLoss.AddNoise(samples[i].Target.Span, noise, times[i].Sigma, _noisy.AsSpan(i * size, size));
        }

        return times;

        float[] Room() => new float[samples.Length * size];
    }

    // Fills the buffers of velocities and of their loss gradients.
    private (double Loss, double Unweighted) Losses(Tensor velocity, SupervisedSample[] samples, TrainingTime[] times, int total)
    {
        int size = samples[0].Target.Length;
        Span<float> values = _velocities.AsSpan(0, samples.Length * size);
        HostTensors.Copy(velocity, values);
        int bad = ((ReadOnlySpan<float>)values).IndexOfAnyExceptFinite();
        if (bad >= 0) throw new NonFiniteException(string.Create(CultureInfo.InvariantCulture,
            $"Velocity[{bad % size}] of sample {bad / size} at σ = {times[bad / size].Sigma:G4}"));

        double loss = 0, unweighted = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double weight = Weight(times[i]);
            double error = FlowMatchingLoss.Evaluate(
                values.Slice(i * size, size), samples[i].Target.Span, _noise.AsSpan(i * size, size), weight / total,
                _gradients.AsSpan(i * size, size), out double meanSquare);
            loss += error;
            unweighted += meanSquare / total;
        }

        return (loss, unweighted);
    }

    private double Weight(TrainingTime time) => _options.Weighting switch
    {
        LossWeighting.Table => time.Weight,
        LossWeighting.Data => Math.Pow(Math.Max(time.Sigma, DataToVelocity.SmallestSigma), 2) / (time.Sigma * time.Sigma + 0.1),
        _ => 1,
    };

    private static float[] Timesteps(TrainingTime[] times) => Array.ConvertAll(times, time => time.Timestep);

    private Tensor Upload(SupervisedSample[] samples, float[] values)
    {
        LatentShape shape = samples[0].Inputs.Shape;
        return HostTensors.From(values.AsSpan(0, samples.Length * shape.Count),
            [samples.Length, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width], ScalarType.Float32, Network.Device);
    }
}
