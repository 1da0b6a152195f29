using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny image encoder: its weights, input and intermediates.</summary>
internal sealed class ClipFixture : IDisposable
{
    public const int Height = 48, Width = 80;

    public ClipFixture(ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(WeightsPath);
        Network = ClipImageEncoder.Load(ClipConfig.Tiny, weights, type: type);
    }

    public static string WeightsPath => Repository.Fixture("models", "clip_tiny.weights.safetensors");

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("models", "clip_tiny.io.safetensors");

    public static float[] Image => Golden["in.image"].Floats();

    public ClipImageEncoder Network { get; }

    public void Dispose() => Network.Dispose();
}
