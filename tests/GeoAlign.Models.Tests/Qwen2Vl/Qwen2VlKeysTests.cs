using System.Globalization;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Networks of full size on the meta device against the key lists of the releases.</summary>
public class Qwen2VlKeysTests
{
    [Theory]
    [InlineData("qwen2vl_2b_instruct", 729, 0, 2_208_985_600)]
    [InlineData("qwen2vl_7b_instruct", 729, 1, 8_291_375_616)]
    public void The_released_networks_have_the_released_keys(string list, int keys, int outputLayers, long parameters)
    {
        Qwen2VlConfig config = list.Contains("2b", StringComparison.Ordinal) ? Qwen2VlConfig.Release2B : Qwen2VlConfig.Release7B;
        using Qwen2VlNetwork network = new(config, META, ScalarType.BFloat16);
        var released = KeyList.Load(list);

        Assert.Equal(Lines(released.Where(key => !Qwen2VlKeys.IsUnneeded(key.Name))), Lines(network));
        Assert.Equal(keys + outputLayers, released.Count);
        long unread = released.Where(key => Qwen2VlKeys.IsUnneeded(key.Name)).Sum(key => key.Shape[0] * key.Shape[1]);
        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()) + unread);
        Assert.Empty(network.named_buffers());
    }

    [Theory]
    [InlineData("qwen2vl_2b_instruct")]
    [InlineData("qwen2vl_7b_instruct")]
    public void Sizes_are_seen_from_the_released_shapes(string list)
    {
        using ListedWeights weights = new(list);

        Assert.Equal(list.Contains("2b", StringComparison.Ordinal) ? Qwen2VlConfig.Release2B : Qwen2VlConfig.Release7B,
            Qwen2VlConfigSource.OfShapes(weights));
    }

    [Fact]
    public void VideoReward_has_its_merged_keys()
    {
        Qwen2VlConfig config = Qwen2VlConfig.Release2B with { VocabularySize = 151_660 };
        using Qwen2VlNetwork network = new(config, META, ScalarType.BFloat16, make => VideoAlignNetwork.NewHead(make, config));

        Assert.Equal(Lines(KeyList.Load("videoreward_2b_merged")), Lines(network));
        using ListedWeights merged = new("videoreward_2b_merged");
        Assert.Equal(config, Qwen2VlConfigSource.Find(merged, []));
        using VideoAlignNetwork tokens = new(
            new Qwen2VlNetwork(config, META, ScalarType.BFloat16, make => VideoAlignNetwork.NewHead(make, config)),
            VideoAlignTokens.VideoReward, VideoAlignNormalisation.VideoReward);
        Assert.Equal(ScalarType.Float32, network.named_parameters().Single(p => p.Item1 == "rm_head.weight").Item2.dtype);
    }

    [Fact]
    public void VideoRewards_adapter_trained_rest_and_base_make_one_network()
    {
        using LayeredWeights weights = new([
            Qwen2VlKeys.Native(new ListedWeights("videoreward_2b_lora")), Qwen2VlKeys.Native(new ListedWeights("videoreward_2b_non_lora")),
            Qwen2VlKeys.Native(new ListedWeights("qwen2vl_2b_instruct"))]);
        Qwen2VlConfig config = Qwen2VlConfigSource.Find(weights, []);
        using Qwen2VlNetwork network = new(config, META, ScalarType.BFloat16, make => VideoAlignNetwork.NewHead(make, config));

        Qwen2VlWeights.Check(network, weights, mayHaveLora: true);
        IReadOnlyList<LoraMerge> merges = LoraMerge.In(weights, ModuleWeights.ShapesOf(network));

        Assert.Equal(151_660, config.VocabularySize);
        Assert.Equal(196, merges.Count);
        Assert.Equal(7 * 28, merges.Select(merge => merge.Weight).Distinct().Count(
            name => name.StartsWith("model.layers.", StringComparison.Ordinal) && name.EndsWith("_proj.weight", StringComparison.Ordinal)));
        // Without the expectation of low-rank additions they are unknown keys.
        Assert.Equal(392, Assert.Throws<WeightMismatchException>(
            () => Qwen2VlWeights.Check(network, weights, mayHaveLora: false)).Report.Unused.Count);
    }

    [Fact]
    public void HpsV3_has_its_released_keys()
    {
        using ListedWeights released = new("hpsv3_7b");
        Qwen2VlConfig config = Qwen2VlConfigSource.Find(released, []);
        using Qwen2VlNetwork network = new(config, META, ScalarType.BFloat16, make => new HpsV3Head(make, config.Width, 1024, 16));

        Assert.Equal(Qwen2VlConfig.Release7B with { VocabularySize = 151_658 }, config);
        Assert.Equal(736, released.Entries.Count);
        Assert.Equal(Lines(KeyList.Load("hpsv3_7b").Where(key => key.Name != "lm_head.weight")), Lines(network));
        Assert.All(network.named_parameters().Where(p => p.Item1.StartsWith("rm_head.", StringComparison.Ordinal)),
            p => Assert.Equal(ScalarType.Float32, p.Item2.dtype));
    }

    [Theory]
    [InlineData("visual.blocks.3.attn.qkv.bias", "visual.blocks.3.attn.qkv.bias")]
    [InlineData("model.visual.blocks.3.attn.qkv.bias", "visual.blocks.3.attn.qkv.bias")]
    [InlineData("base_model.model.visual.merger.mlp.2.bias", "visual.merger.mlp.2.bias")]
    [InlineData("base_model.model.model.visual.merger.mlp.2.bias", "visual.merger.mlp.2.bias")]
    [InlineData("model.embed_tokens.weight", "model.embed_tokens.weight")]
    [InlineData("model.language_model.norm.weight", "model.norm.weight")]
    [InlineData("language_model.norm.weight", "model.norm.weight")]
    [InlineData("base_model.model.model.language_model.norm.weight", "model.norm.weight")]
    [InlineData("base_model.model.rm_head.weight", "rm_head.weight")]
    [InlineData("base_model.model.lm_head.weight", "lm_head.weight")]
    [InlineData("base_model.model.model.layers.7.self_attn.q_proj.base_layer.bias", "model.layers.7.self_attn.q_proj.bias")]
    [InlineData("base_model.model.model.layers.7.mlp.up_proj.lora_A.default.weight", "model.layers.7.mlp.up_proj.lora_A.weight")]
    [InlineData("base_model.model.model.layers.7.mlp.up_proj.lora_B.weight", "model.layers.7.mlp.up_proj.lora_B.weight")]
    [InlineData("something.else", "something.else")]
    public void Stored_names_have_native_ones(string stored, string native) => Assert.Equal(native, Qwen2VlKeys.ToNative(stored));

    private static IEnumerable<string> Lines(Qwen2VlNetwork network) =>
        Lines(network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape)));

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal);
}
