using System.Globalization;
using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The weights of a network that are trained: their gradients, their optimiser, optionally their moving average, and their files.
/// </summary>
internal sealed class WeightTraining : IPolicyOptimizer, IAveragedWeights, IDisposable
{
    private const string OptimizerFile = "optimizer.safetensors", DigestKey = "frozen_weights_sha256";

    private readonly AdamWOptions _optimizer;
    private readonly List<AdamWState> _all;
    private readonly Lazy<string> _frozenDigest;
    private readonly WeightAverages? _averages;
    private readonly string _weightsFile, _averageFile;
    private bool _gradientsChecked = true;

    /// <summary>Marks weights as trained and all others as frozen.</summary>
    /// <param name="trained">Weights to train, in full precision.</param>
    /// <param name="frozen">All other weights of the network; a saved run is tied to them.</param>
    /// <param name="optimizer">Settings of the optimiser.</param>
    /// <param name="keepAverage">Whether to keep a moving average.</param>
    /// <param name="fileStem">Name of the weight file, without extension.</param>
    /// <exception cref="ArgumentException">Nothing is to be trained, or a weight to be trained is kept in too low a precision.</exception>
    private WeightTraining(
        IReadOnlyList<(string Name, Parameter Weight)> trained, IReadOnlyList<(string Name, Parameter Weight)> frozen,
        AdamWOptions optimizer, bool keepAverage, string fileStem)
    {
        if (trained.Count == 0) throw new ArgumentException("No weight of the network is selected for training.", nameof(trained));
        foreach ((string name, Parameter weight) in trained)
        {
            if (weight.dtype is ScalarType.Float32 or ScalarType.Float64) continue;
            throw new ArgumentException(
                $"{name} is kept in {weight.dtype}, too coarse to be trained: make the network in Float32, or leave this weight frozen.",
                nameof(trained));
        }

        foreach ((_, Parameter weight) in frozen) weight.requires_grad = false;
        foreach ((_, Parameter weight) in trained) weight.requires_grad = true;
        (_optimizer, _weightsFile, _averageFile) = (optimizer, fileStem + ".safetensors", fileStem + "_average.safetensors");
        _all = [.. trained.Select(t => new AdamWState(t.Name, t.Weight))];
        Names = [.. trained.Select(t => t.Name)];
        ParameterCount = trained.Sum(t => t.Weight.numel());
        if (keepAverage) _averages = new WeightAverages(trained);
        _frozenDigest = new Lazy<string>(() => FrozenWeightsDigest.Of(frozen));
    }

    /// <summary>Trains the selected weights of a network; all others are frozen.</summary>
    public static WeightTraining Of(
        nn.Module network, WeightSelection selection, AdamWOptions optimizer, bool keepAverage, string fileStem)
    {
        ILookup<bool, (string, Parameter)> weights = network.named_parameters().ToLookup(w => selection.Includes(w.Item1), w => (w.Item1, w.Item2));
        return new WeightTraining([.. weights[true]], [.. weights[false]], optimizer, keepAverage, fileStem);
    }

    /// <summary>Trains low-rank additions to a network; all its own weights are frozen.</summary>
    public static WeightTraining Of(nn.Module network, LoraAdapters adapters, AdamWOptions optimizer, bool keepAverage) =>
        new(adapters.Weights, [.. network.named_parameters().Select(w => (w.Item1, w.Item2))], optimizer, keepAverage, "lora");

    /// <summary>Keys of the trained weights, in the network's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Numbers that are trained.</summary>
    public long ParameterCount { get; }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (AdamWState state in _all)
        {
            using DisposeScope scope = NewDisposeScope();
            state.Weight.grad = null;
        }

        _gradientsChecked = true;
    }

    /// <summary>Says that gradients are about to be added, so that the next update looks at them first.</summary>
    public void ExpectGradients() => _gradientsChecked = false;

    /// <inheritdoc/>
    public double GradientNorm()
    {
        double sum = 0;
        foreach (AdamWState state in _all)
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
        RequireInPlace();
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "The learning rate must be finite and ≥ 0.");
        if (!(gradientScale >= 0 && double.IsFinite(gradientScale)))
            throw new ArgumentOutOfRangeException(nameof(gradientScale), gradientScale, "The gradient scale must be finite and ≥ 0.");

        if (!_gradientsChecked) GradientNorm();
        foreach (AdamWState state in _all) state.Update(_optimizer, learningRate, gradientScale);
    }

    /// <inheritdoc/>
    public bool KeepsAverage => _averages is not null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use.</exception>
    public void MoveAverage(double decay)
    {
        if (!(decay >= 0 && decay < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay must be in [0, 1).");
        RequireInPlace();
        Averages().Move(decay);
    }

    /// <summary>Lets the network work with the averages until the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">No average is kept, or the averages are in use already.</exception>
    public AveragedWeightsInUse UseAverage()
    {
        RequireInPlace();
        return new AveragedWeightsInUse(Averages());
    }

    /// <summary>Refuses to learn, save or load while the averages are in the network.</summary>
    public void RequireInPlace()
    {
        if (_averages is { InUse: true }) throw new InvalidOperationException("The averages are in use; put the trained weights back first.");
    }

    /// <inheritdoc/>
    public void Save(string folder) => Save(folder, new Dictionary<string, string>());

    /// <summary>Writes the trained weights, the optimiser's state and the average; <paramref name="remarks"/> go into every file.</summary>
    public void Save(string folder, IReadOnlyDictionary<string, string> remarks)
    {
        RequireInPlace();
        Directory.CreateDirectory(folder);
        Dictionary<string, string> metadata = new(remarks) { [DigestKey] = _frozenDigest.Value };
        SafetensorsWriter.Write(
            Path.Combine(folder, _weightsFile), ModuleWeights.ToWrite(_all.Select(s => (s.Name, s.Weight))), metadata);
        SafetensorsWriter.Write(Path.Combine(folder, OptimizerFile), _all.SelectMany(s => s.ToWrite()), metadata);
        if (_averages is not null) SafetensorsWriter.Write(Path.Combine(folder, _averageFile), _averages.ToWrite(), metadata);
    }

    /// <inheritdoc/>
    void IPolicyOptimizer.Load(string folder) => Load(folder);

    /// <summary>Restores what was saved. Nothing is changed unless all files fit.</summary>
    /// <returns>The remarks that were saved with the weights.</returns>
    public IReadOnlyDictionary<string, string> Load(string folder)
    {
        RequireInPlace();
        using IWeightSource weights = WeightSources.Open(Path.Combine(folder, _weightsFile)),
            optimizer = WeightSources.Open(Path.Combine(folder, OptimizerFile));
        RequireSameBase(weights);
        RequireSameBase(optimizer);
        Require(weights, _all.Select(s => (s.Name, (IReadOnlyList<long>)s.Weight.shape)));
        Require(optimizer, _all.SelectMany(s => s.ExpectedKeys(optimizer)));
        using IWeightSource? average = _averages is null ? null : OpenAverage(folder);

        ModuleWeights.Load(_all.Select(s => (s.Name, s.Weight)), weights, KeyTolerance.None);
        foreach (AdamWState state in _all) state.Read(optimizer);
        if (average is not null) _averages!.Read(average);
        return weights.Metadata;
    }

    /// <summary>"329,840,640 of 1,662,761,792 numbers are trained: self-attention …".</summary>
    public string Describe(string selection, long networkParameters) => string.Create(CultureInfo.InvariantCulture,
        $"{ParameterCount:N0} numbers in {Names.Count} tensors are trained: {selection}; the network has {networkParameters:N0}.");

    /// <summary>Frees the optimiser's state and the averages.</summary>
    public void Dispose()
    {
        _averages?.Dispose();
        foreach (AdamWState state in _all) state.Dispose();
    }

    private IWeightSource OpenAverage(string folder)
    {
        string path = Path.Combine(folder, _averageFile);
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

    private WeightAverages Averages() =>
        _averages ?? throw new InvalidOperationException("No average of the weights is kept; ask for one in the options (KeepAverage).");

    private static void Require(IWeightSource source, IEnumerable<(string Name, IReadOnlyList<long> Shape)> expected) =>
        WeightKeyReport.Compare(expected.ToDictionary(e => e.Name, e => e.Shape), source.Entries).Require(source.Path, KeyTolerance.None);

    private void RequireSameBase(IWeightSource source)
    {
        if (!source.Metadata.TryGetValue(DigestKey, out string? digest) || digest != _frozenDigest.Value)
            throw new WeightFormatException(source.Path, null,
                $"{DigestKey} is {digest ?? "absent"}, this network's is {_frozenDigest.Value}: the run was saved on another base");
    }
}
