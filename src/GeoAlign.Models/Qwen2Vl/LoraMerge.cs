using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Low-rank additions in a weight file, added for good to the weights that they belong to. Hu et al. 2022, "LoRA", eq. 3.</summary>
internal sealed class LoraMerge
{
    private readonly string _layer;
    private readonly long _rank;

    private LoraMerge(string layer, long rank) => (_layer, _rank) = (layer, rank);

    /// <summary>The weight that is added to.</summary>
    public string Weight => _layer + ".weight";

    /// <summary>All additions of a source under native names.</summary>
    /// <param name="source">Weights.</param>
    /// <param name="shapes">Shapes of the network's own weights.</param>
    /// <exception cref="WeightFormatException">Half of an addition is missing, or it fits no weight.</exception>
    public static IReadOnlyList<LoraMerge> In(IWeightSource source, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        List<LoraMerge> all = [];
        foreach (string name in source.Entries.Keys.Where(Qwen2VlKeys.IsLora))
        {
            bool isDown = name.EndsWith(Qwen2VlKeys.LoraDown, StringComparison.Ordinal);
            string layer = name[..^Qwen2VlKeys.LoraDown.Length], other = layer + (isDown ? Qwen2VlKeys.LoraUp : Qwen2VlKeys.LoraDown);
            if (!source.Entries.ContainsKey(other)) throw new WeightFormatException(source.Path, name, $"it has no counterpart '{other}'");
            if (isDown) all.Add(Checked(source, layer, shapes));
        }

        return all;
    }

    /// <summary>W + factor·B·A in float32 at least, rounded once to the type of the parameter. One tensor at a time.</summary>
    /// <param name="source">Has W, A and B.</param>
    /// <param name="weight">Parameter that receives the sum.</param>
    /// <param name="scaling">Factor of the addition.</param>
    public void Load(IWeightSource source, Parameter weight, LoraScaling scaling)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ScalarType exact = weight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor sum = Read(Weight), down = Read(_layer + Qwen2VlKeys.LoraDown), up = Read(_layer + Qwen2VlKeys.LoraUp);
        weight.copy_(sum.add_(up.matmul(down), scaling.Factor(_rank)));

        Tensor Read(string name)
        {
            WeightEntry entry = source.Entry(name);
            Tensor values = empty([.. entry.Shape], dtype: exact, device: weight.device);
            ModuleWeights.Copy(source, entry, values);
            return values;
        }
    }

    private static LoraMerge Checked(IWeightSource source, string layer, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        WeightEntry down = source.Entries[layer + Qwen2VlKeys.LoraDown], up = source.Entries[layer + Qwen2VlKeys.LoraUp];
        if (!shapes.TryGetValue(layer + ".weight", out IReadOnlyList<long>? shape))
            throw new WeightFormatException(source.Path, down.Name, $"the network has no weight '{layer}.weight' to add it to");
        long rank = down.Shape.Length == 2 ? down.Shape[0] : 0;
        if (rank < 1 || !shape.SequenceEqual([up.Shape.FirstOrDefault(), down.Shape[1]]) || !up.Shape.SequenceEqual([shape[0], rank]))
        {
            throw new WeightFormatException(source.Path, layer,
                $"A {WeightEntry.Format(down.Shape)} and B {WeightEntry.Format(up.Shape)} do not multiply to {WeightEntry.Format(shape)}");
        }

        foreach (WeightEntry part in new[] { source.Entry(layer + ".weight"), down, up })
        {
            if (!part.Type.IsFloatingPoint())
                throw new WeightFormatException(source.Path, part.Name, $"found {part.Type}, expected a floating-point type");
        }

        return new LoraMerge(layer, rank);
    }
}
