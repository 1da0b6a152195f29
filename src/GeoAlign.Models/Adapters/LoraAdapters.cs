using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Low-rank additions to linear layers of a network, which itself stays as it is.</summary>
/// <remarks>
/// Hu et al. 2022: A ~ N(0, 1/in), B = 0. Kept in float32; names are those of the layers with <c>.lora_A.weight</c> and
/// <c>.lora_B.weight</c> behind them. Not part of the network's own weights, so saving the network leaves them out.
/// </remarks>
public sealed class LoraAdapters : IDisposable
{
    private readonly List<(string Layer, Projection Projection, LowRankUpdate Update)> _all = [];
    private bool _attached = true;

    private LoraAdapters(FlowTransformer network, LoraOptions options)
    {
        foreach ((string layer, nn.Module module) in network.named_modules())
        {
            if (module is not Projection projection || !options.Targets.Includes(layer + ".weight")) continue;
            if (projection.Adapter is not null) throw new InvalidOperationException($"{layer} has a low-rank addition already.");
            long[] size = projection.Weight.shape;
            Parameter down = New(network, options.Rank, size[1]),
                up = New(network, size[0], options.Rank);
            WeightInitialisation.Fill(layer + ".lora_A.weight", down, options.Seed);
            using (no_grad()) up.zero_();
            _all.Add((layer, projection, new LowRankUpdate(down, up, (options.Alpha ?? options.Rank) / options.Rank)));
        }

        if (_all.Count == 0) throw new ArgumentException($"No linear layer is selected by {options.Targets}.", nameof(options));
        foreach ((_, Projection projection, LowRankUpdate update) in _all) projection.Adapter = update;
    }

    /// <summary>Layers that have an addition.</summary>
    public IReadOnlyList<string> Layers => [.. _all.Select(a => a.Layer)];

    /// <summary>Numbers in all additions.</summary>
    public long ParameterCount => Weights.Sum(w => w.Weight.numel());

    /// <summary>The trained weights, by name.</summary>
    internal IReadOnlyList<(string Name, Parameter Weight)> Weights =>
        [.. _all.SelectMany(a => new[] { (a.Layer + ".lora_A.weight", a.Update.Down), (a.Layer + ".lora_B.weight", a.Update.Up) })];

    /// <summary>Adds adapters to a network, whose results stay the same until they are trained or loaded.</summary>
    /// <exception cref="ArgumentException">A setting is impossible, or no linear layer is selected.</exception>
    /// <exception cref="InvalidOperationException">A selected layer has an addition already.</exception>
    public static LoraAdapters Attach(FlowTransformer network, LoraOptions options) => new(network, options.Validated());

    /// <summary>Writes the additions to a safetensors file.</summary>
    public void Save(string path) => SafetensorsWriter.Write(path, ModuleWeights.ToWrite(Weights));

    /// <summary>Takes the additions from a file.</summary>
    /// <exception cref="WeightMismatchException">The file is of other layers or another rank.</exception>
    public void Load(IWeightSource source) => ModuleWeights.Load(Weights, source, KeyTolerance.None);

    /// <summary>Adds the additions to the network's weights for good, and removes the adapters: the network is a plain one again.</summary>
    /// <exception cref="InvalidOperationException">They were removed already.</exception>
    public void Merge()
    {
        if (!_attached) throw new InvalidOperationException("The adapters were merged or removed already.");
        using IDisposable noGradient = no_grad();
        foreach ((_, Projection projection, LowRankUpdate update) in _all)
        {
            using DisposeScope scope = NewDisposeScope();
            projection.Weight.add_(update.Product().As(projection.Weight.dtype));
        }

        Dispose();
    }

    /// <summary>Removes the adapters; the network is what it was without them.</summary>
    public void Dispose()
    {
        if (!_attached) return;
        _attached = false;
        foreach ((_, Projection projection, LowRankUpdate update) in _all)
        {
            projection.Adapter = null;
            update.Down.Dispose();
            update.Up.Dispose();
        }
    }

    private static Parameter New(FlowTransformer network, params long[] shape) =>
        new(empty(shape, dtype: network.Formats.Exact, device: network.Device), requires_grad: false);
}
