namespace GeoAlign.Models.Tests;

public class Qwen2VlConfigSourceTests
{
    private const string Published7B = """
        {
          "architectures": ["Qwen2VLForConditionalGeneration"], "model_type": "qwen2_vl", "hidden_act": "silu",
          "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4,
          "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "use_sliding_window": false, "sliding_window": 32768, "vocab_size": 152064,
          "vision_config": { "depth": 32, "embed_dim": 1280, "mlp_ratio": 4, "num_heads": 16, "in_chans": 3, "hidden_size": 3584,
                             "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14, "temporal_patch_size": 2 },
          "rope_scaling": { "type": "mrope", "mrope_section": [16, 24, 24] }
        }
        """;

    [Fact]
    public void A_published_configuration_gives_its_sizes()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("config.json"), Published7B);

        Assert.Equal(Qwen2VlConfig.Release7B, Qwen2VlConfigSource.ReadIfQwen2Vl(folder.File("config.json")));
    }

    [Fact]
    public void Later_configurations_have_the_decoders_sizes_in_a_section()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("config.json"), """
            { "model_type": "qwen2_vl", "image_token_id": 192, "video_token_id": 193,
              "text_config": { "hidden_size": 48, "intermediate_size": 96, "num_hidden_layers": 3, "num_attention_heads": 6,
                               "num_key_value_heads": 2, "vocab_size": 210, "pad_token_id": 189, "rope_parameters": { "rope_theta": 1e6, "mrope_section": [2, 1, 1] } },
              "vision_config": { "depth": 2, "embed_dim": 32, "num_heads": 2 } }
            """);

        Qwen2VlConfig? config = Qwen2VlConfigSource.ReadIfQwen2Vl(folder.File("config.json"));

        Assert.Equal(Qwen2VlConfig.Tiny with { VocabularySize = 210 }, config);
    }

    [Fact]
    public void A_checkpoints_own_rows_count_and_a_configuration_of_another_network_does_not()
    {
        using TemporaryFolder folder = new();
        using ListedWeights weights = new("hpsv3_7b");
        File.WriteAllText(folder.File("config.json"), Published7B.Replace("\"rope_theta\": 1000000.0", "\"rope_theta\": 5e5", StringComparison.Ordinal));
        Qwen2VlConfig written = Qwen2VlConfigSource.Find(weights, [folder.Path]);
        File.WriteAllText(folder.File("config.json"), """{ "model_type": "wan" }""");

        Assert.Equal(Qwen2VlConfig.Release7B with { VocabularySize = 151_658, RotaryBase = 5e5 }, written);
        Assert.Equal(Qwen2VlConfig.Release7B with { VocabularySize = 151_658 }, Qwen2VlConfigSource.Find(weights, [folder.Path]));
    }

    [Theory]
    [InlineData("\"hidden_size\": 3584, \"intermediate_size\"", "\"intermediate_size\"", "no 'hidden_size', expected a whole number")]
    [InlineData("\"num_attention_heads\": 28", "\"num_attention_heads\": 2.5", "'num_attention_heads' is 2.5, expected a whole number")]
    [InlineData("\"num_attention_heads\": 28", "\"num_attention_heads\": \"28\"", "expected a finite number")]
    [InlineData("\"use_sliding_window\": false", "\"use_sliding_window\": true", "'use_sliding_window' is true, which is not supported")]
    [InlineData("\"patch_size\": 14, ", "\"patch_size\": 16, ", "'patch_size' is 16, expected 14")]
    [InlineData("[16, 24, 24]", "[16, 48]", "'mrope_section' is [16, 48], expected three whole numbers")]
    [InlineData("\"rope_scaling\": {", "\"rope_scaling\": 7, \"other\": {", "'rope_scaling' is 7, expected an object")]
    [InlineData("\"vocab_size\": 152064,", "\"vocab_size\": 152064,,", "expected JSON")]
    public void A_broken_configuration_is_refused_with_the_setting(string text, string by, string reason)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("config.json");
        File.WriteAllText(path, Published7B.Replace(text, by, StringComparison.Ordinal));

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => Qwen2VlConfigSource.ReadIfQwen2Vl(path));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_sizes_are_refused_with_the_file()
    {
        using TemporaryFolder folder = new();
        using ListedWeights weights = new("hpsv3_7b");
        File.WriteAllText(folder.File("config.json"), Published7B.Replace("\"num_key_value_heads\": 4", "\"num_key_value_heads\": 3", StringComparison.Ordinal));

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => Qwen2VlConfigSource.Find(weights, [folder.Path]));

        Assert.Contains("hpsv3_7b: its sizes are impossible (Qwen2VlConfig: Heads 28 is not a multiple of KeyHeads 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_are_no_qwen2_vl_are_refused()
    {
        using ListedWeights other = new("umt5_xxl_encoder");
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("tiny.safetensors"), Qwen2VlFixture.Weights());
        using IWeightSource tiny = WeightSources.Open(folder.Path);

        Assert.Contains("'model.embed_tokens.weight': it is missing",
            Assert.Throws<WeightFormatException>(() => Qwen2VlConfigSource.Find(other, [])).Message, StringComparison.Ordinal);
        Assert.Contains("has no heads of 128 and 80 as the releases do; give the sizes",
            Assert.Throws<WeightFormatException>(() => Qwen2VlConfigSource.Find(tiny, [])).Message, StringComparison.Ordinal);
    }
}
