namespace GeoAlign.Models.Tests;

public sealed class MapAnythingConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mapanything_v11")]
    [InlineData("mapanything_v1")]
    public void Sizes_of_the_releases_are_read_from_their_keys(string list)
    {
        using KeysOnly weights = new(list);

        Assert.Equal(list == "mapanything_v11" ? MapAnythingConfig.V11 : MapAnythingConfig.V1, MapAnythingConfig.Detect(weights));
    }

    [Fact]
    public void What_weights_do_not_show_comes_from_the_settings_of_the_release()
    {
        using KeysOnly weights = new("mapanything_v11");
        string settings = Write("""
            { "encoder_config": { "keep_first_n_layers": 24, "size": "giant" }, "use_register_tokens_from_encoder": false,
              "info_sharing_mlp_layer_str": "swiglufused",
              "info_sharing_config": { "module_args": { "depth": 16, "dim": 1536, "num_heads": 12, "indices": [3, 9], "init_values": 1e-5 } } }
            """);

        MapAnythingConfig config = MapAnythingConfig.Detect(weights, settings);

        Assert.Equal(
            MapAnythingConfig.V11 with { Sharing = MapAnythingConfig.V11.Sharing with { Heads = 12 }, FirstTap = 3, SecondTap = 9, SharesImageToken = false }, config);
    }

    [Theory]
    [InlineData("""{ "info_sharing_config": { "module_args": { "depth": 24 } } }""", "depth is 24, but the weights")]
    [InlineData("""{ "info_sharing_config": { "module_args": { "dim": 768 } } }""", "dim is 768, but the weights")]
    [InlineData("""{ "info_sharing_config": { "module_args": { } }, "encoder_config": { "keep_first_n_layers": 40 } }""", "keep_first_n_layers is 40, but the weights")]
    [InlineData("""{ "info_sharing_config": { "module_args": { } }, "encoder_config": { "patch_size": 16 } }""", "patch_size is 16, but the weights")]
    [InlineData("""{ "info_sharing_config": { "module_args": { } }, "info_sharing_mlp_layer_str": "mlp" }""", "info_sharing_mlp_layer_str is Gelu, but the weights")]
    [InlineData("""{ "info_sharing_config": { "module_args": { } }, "info_sharing_mlp_layer_str": "moe" }""", "expected mlp, swiglu or swiglufused")]
    [InlineData("""{ "info_sharing_config": { "module_args": { "indices": [1, 2, 3] } } }""", "indices has 3 numbers, expected 2")]
    [InlineData("""{ "info_sharing_config": { "module_args": { "depth": "deep" } } }""", "expected the JSON of a MapAnything release")]
    [InlineData("""{ "info_sharing_config": { "module_args": { "depth": 16.5 } } }""", "expected the JSON of a MapAnything release")]
    [InlineData("""{ "architectures": ["Other"] }""", "info_sharing_config.module_args")]
    [InlineData("[]", "info_sharing_config.module_args")]
    [InlineData("{", "expected the JSON of a MapAnything release")]
    public void Settings_that_are_broken_or_contradict_the_weights_are_refused_with_their_file(string json, string problem)
    {
        using KeysOnly weights = new("mapanything_v11");
        string path = Write(json);

        WeightFormatException error = Assert.Throws<WeightFormatException>(() => MapAnythingConfig.Detect(weights, path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        using KeysOnly weights = new("clip_vit_h14_visual");

        Assert.Contains("every MapAnything network has it", Assert.Throws<WeightFormatException>(() => MapAnythingConfig.Detect(weights)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_sizes_are_all_named()
    {
        MapAnythingConfig config = MapAnythingConfig.V11;

        Assert.Contains("Encoder.Heads is 0, must be ≥ 1; Sharing.Width 1536 is not a multiple of Sharing.Heads 7; PatchPixels is 0",
            Refused(config with { Encoder = config.Encoder with { Heads = 0 }, Sharing = config.Sharing with { Heads = 7 }, PatchPixels = 0 }), StringComparison.Ordinal);
        Assert.Contains("differs from Sharing.Width", Refused(config with { Sharing = config.Sharing with { Width = 768 } }), StringComparison.Ordinal);
        Assert.Contains("from 0 to 15", Refused(config with { SecondTap = 16 }), StringComparison.Ordinal);
        Assert.Contains("Dense.FeatureWidth is 0", Refused(config with { Dense = new() { FeatureWidth = 0 } }), StringComparison.Ordinal);
        _ = (config with { SecondTap = 16, Dense = null }).Validated();

        static string Refused(MapAnythingConfig bad) => Assert.Throws<ArgumentException>(() => bad.Validated()).Message;
    }

    private string Write(string json)
    {
        string path = _folder.File("config.json");
        File.WriteAllText(path, json);
        return path;
    }

    /// <summary>Names and shapes of a release, without its numbers.</summary>
    private sealed class KeysOnly(string list) : IWeightSource
    {
        public string Path => list;

        public IReadOnlyDictionary<string, WeightEntry> Entries { get; } = KeyList.Load(list)
            .ToDictionary(k => k.Name, k => new WeightEntry(k.Name, WeightType.F32, [.. k.Shape], k.Shape.Aggregate(1L, (a, b) => a * b)));

        public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

        public void ReadBytes(string name, long byteOffset, Span<byte> destination) => throw new InvalidOperationException("There are no numbers.");

        public void Dispose()
        {
        }
    }
}
