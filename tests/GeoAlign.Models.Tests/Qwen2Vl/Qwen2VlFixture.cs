using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny Qwen2-VL: its weights, sequences, videos and intermediates.</summary>
internal static class Qwen2VlFixture
{
    public const string Backbone = "w.", VideoAlign = "w.videoalign.", HpsV3 = "w.hpsv3.";

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("rewards", "qwen2vl_tiny.safetensors");

    public static VideoAlignTokens Tokens { get; } = new(196, 197, 198);

    public const int RewardToken = 199;

    /// <summary>Two videos of grids 2×4×6 and 3×2×4.</summary>
    public static IReadOnlyList<Qwen2VlPatches> Videos { get; } =
        [.. Enumerable.Range(0, 2).Select(i => Patches($"pixel_values_videos.{i}", $"video_grid_thw.{i}"))];

    public static Qwen2VlPatches Image { get; } = Patches("pixel_values", "image_grid_thw");

    /// <summary>Two prompts of 38 and 29 tokens with a video each.</summary>
    public static IReadOnlyList<Qwen2VlSequence> Sequences { get; } =
        [.. Enumerable.Range(0, 2).Select(i => new Qwen2VlSequence(Ids(i)) { Videos = [Videos[i]] })];

    public static int[] HpsV3Ids { get; } = Array.ConvertAll(Golden["hpsv3.input_ids"].Values, id => (int)id);

    public static VideoAlignNetworkOptions VideoAlignOptions { get; } = new() { Sizes = Qwen2VlConfig.Tiny, Tokens = Tokens };

    public static HpsV3NetworkOptions HpsV3Options { get; } = new() { Sizes = Qwen2VlConfig.Tiny, RewardTokenId = RewardToken };

    /// <summary>The stored weights of the backbone and of one head under native names, or under those that a function makes of them.</summary>
    public static IEnumerable<WeightToWrite> Weights(string? head = null, Func<string, string>? rename = null)
    {
        foreach (string name in Golden.Names.Where(name => name.StartsWith(Backbone, StringComparison.Ordinal)))
        {
            bool isHead = name.Contains("rm_head", StringComparison.Ordinal);
            if (isHead && (head is null || !name.StartsWith(head, StringComparison.Ordinal))) continue;
            string native = name[(isHead ? head! : Backbone).Length..];
            FixtureTensor tensor = Golden[name];
            yield return WeightToWrite.Of(rename?.Invoke(native) ?? native, [.. tensor.Shape.Select(size => (long)size)], tensor.Floats());
        }
    }

    public static Qwen2VlNetwork LoadNetwork(ScalarType type = ScalarType.Float32)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Weights());
        return Qwen2VlNetwork.Load(folder.Path, Qwen2VlConfig.Tiny, type: type);
    }

    public static VideoAlignNetwork LoadVideoAlign(ScalarType type = ScalarType.Float32)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Weights(VideoAlign));
        return VideoAlignNetwork.Load(folder.Path, VideoAlignOptions with { Type = type });
    }

    public static HpsV3Network LoadHpsV3(ScalarType type = ScalarType.Float32, Func<string, string>? rename = null)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("HPSv3.safetensors"), Weights(HpsV3, rename));
        return HpsV3Network.Load(folder.File("HPSv3.safetensors"), HpsV3Options with { Type = type });
    }

    public static void Set(nn.Module network, string name, float value)
    {
        using (no_grad()) network.named_parameters().Single(p => p.Item1 == name).Item2.fill_(value);
    }

    private static int[] Ids(int sequence)
    {
        int count = (int)Golden["attention_mask"].Row(sequence).ToArray().Sum();
        return [.. Golden["input_ids"].Row(sequence)[..count].ToArray().Select(id => (int)id)];
    }

    private static Qwen2VlPatches Patches(string values, string grid)
    {
        double[] sizes = Golden[grid].Values;
        return new Qwen2VlPatches(Golden[values].Floats(), (int)sizes[0], (int)sizes[1], (int)sizes[2]);
    }
}
