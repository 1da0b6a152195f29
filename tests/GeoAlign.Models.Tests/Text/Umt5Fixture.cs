using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny text encoder: its weights, inputs and intermediates.</summary>
internal sealed class Umt5Fixture : IDisposable
{
    public Umt5Fixture(ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(WeightsPath);
        Network = Umt5Encoder.Load(Umt5Config.Tiny, weights, type: type);
    }

    public static string WeightsPath => Repository.Fixture("models", "umt5_tiny.weights.safetensors");

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("models", "umt5_tiny.io.safetensors");

    /// <summary>Two texts of 150 and 37 ids, without padding.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Texts { get; } = [Text(0), Text(1)];

    public Umt5Encoder Network { get; }

    /// <summary>A network of any size whose weights are drawn from a seed.</summary>
    public static Umt5Encoder Random(Umt5Config config, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Random random = new(seed);
        Umt5Encoder network = new(config, CPU, ScalarType.Float32);
        foreach ((string name, TorchSharp.Modules.Parameter weight) in network.named_parameters())
        {
            double[] values = [.. Enumerable.Range(0, (int)weight.numel()).Select(_ => 0.6 * random.NextDouble() - 0.3)];
            weight.copy_(tensor(values, weight.shape));
        }

        return network;
    }

    public void Dispose() => Network.Dispose();

    private static int[] Text(int index)
    {
        int count = (int)Golden["in.mask"].Row(index).ToArray().Sum();
        return [.. Golden["in.ids"].Row(index)[..count].ToArray().Select(id => (int)id)];
    }
}
