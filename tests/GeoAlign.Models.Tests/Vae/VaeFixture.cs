using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny autoencoder: base width 3, video of 9 frames of 24×32 pixels, latents of 3 frames of 3×4 cells.</summary>
internal sealed class VaeFixture : IDisposable
{
    public const double Tolerance = 5e-5;      // that of the golden file

    public VaeFixture(WanVaeParts parts = WanVaeParts.Both, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = OpenWeights();
        Network = WanVae.Load(WanVaeConfig.Tiny, weights, parts, type: type);
    }

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("models", "vae_tiny.io.safetensors");

    public static LatentShape Shape { get; } = new(3, 3, 4);

    public WanVae Network { get; }

    public static IWeightSource OpenWeights() => WeightSources.Open(Repository.Fixture("models", "vae_tiny.weights.safetensors"));

    /// <summary>The first frames of the golden video, in the layout of the codec.</summary>
    public static float[] Video(int frames) => Array.ConvertAll(Interleaved(Golden["in.video"], frames), v => (float)v);

    /// <summary>The first frames of the golden latents.</summary>
    public static float[] Latents(int frames)
    {
        FixtureTensor golden = Golden["in.latent"];
        int area = golden.Shape[3] * golden.Shape[4], perChannel = golden.Shape[2] * area;
        return [.. Enumerable.Range(0, WanVaeConfig.LatentChannels).SelectMany(c => golden.Values.Skip(c * perChannel).Take(frames * area))
            .Select(v => (float)v)];
    }

    /// <summary>A golden video <c>[1, 3, N, H, W]</c> as <c>[N, H, W, 3]</c>.</summary>
    public static double[] Interleaved(FixtureTensor planes, int frames)
    {
        int area = planes.Shape[3] * planes.Shape[4], plane = planes.Shape[2] * area;
        return [.. Enumerable.Range(0, frames * area * 3).Select(i => planes.Values[i % 3 * plane + i / 3])];
    }

    public static LatentShape Prefix(int frames) => Shape with { Frames = frames };

    /// <summary>A random network of base width 3, unlike the golden one.</summary>
    public static WanVae Random(int seed)
    {
        WanVae network = new(WanVaeConfig.Tiny, WanVaeParts.Both, CPU, ScalarType.Float32);
        System.Random random = new(seed);
        using IDisposable noGradient = no_grad();
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            long fanIn = weight.numel() / weight.shape[0];
            bool isNorm = name.EndsWith("gamma", StringComparison.Ordinal);
            float[] values = new float[weight.numel()];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)((isNorm ? 1 : 0) + (2 * random.NextDouble() - 1) * (isNorm ? 0.3 : 1.2 / Math.Sqrt(fanIn)));
            weight.copy_(tensor(values, weight.shape));
        }

        return network;
    }

    public void Dispose() => Network.Dispose();
}
