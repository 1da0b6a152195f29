using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Loads a Qwen2-VL network from weights under native names, with low-rank additions merged.</summary>
internal static class Qwen2VlWeights
{
    /// <summary>Refuses weights that do not fit a network, before memory is taken for it. The output layer stays unread.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="source">Weights under native names.</param>
    /// <param name="mayHaveLora">Whether low-rank additions are expected among them.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    /// <exception cref="WeightFormatException">A low-rank addition is not whole or fits no weight.</exception>
    public static void Check(nn.Module network, IWeightSource source, bool mayHaveLora)
    {
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes = ModuleWeights.ShapesOf(network);
        IEnumerable<KeyValuePair<string, WeightEntry>> considered =
            source.Entries.Where(entry => !Qwen2VlKeys.IsUnneeded(entry.Key) && !(mayHaveLora && Qwen2VlKeys.IsLora(entry.Key)));
        WeightKeyReport.Compare(shapes, new Dictionary<string, WeightEntry>(considered, StringComparer.Ordinal))
            .Require(source.Path, KeyTolerance.None);
        if (mayHaveLora) LoraMerge.In(source, shapes);
    }

    /// <summary>Loads weights that were checked.</summary>
    /// <param name="network">Receives the weights.</param>
    /// <param name="source">Weights under native names.</param>
    /// <param name="scaling">Factor of low-rank additions; null where there are none.</param>
    public static void Load(nn.Module network, IWeightSource source, LoraScaling? scaling)
    {
        Dictionary<string, LoraMerge> merges = scaling is null
            ? []
            : LoraMerge.In(source, ModuleWeights.ShapesOf(network)).ToDictionary(merge => merge.Weight, StringComparer.Ordinal);
        (string Name, Parameter Weight)[] weights = [.. network.named_parameters().Select(p => (p.Item1, p.Item2))];
        ModuleWeights.Load(weights.Where(w => !merges.ContainsKey(w.Name)), source, KeyTolerance.Unused);
        foreach ((string name, Parameter weight) in weights)
        {
            if (scaling is { } factor && merges.TryGetValue(name, out LoraMerge? merge)) merge.Load(source, weight, factor);
        }
    }
}
