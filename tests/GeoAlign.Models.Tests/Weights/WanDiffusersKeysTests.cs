namespace GeoAlign.Models.Tests;

public class WanDiffusersKeysTests
{
    // Every kind of tensor of the diffusers release of Wan2.1-T2V-1.3B and what it is called there natively.
    private static readonly (string Diffusers, string Native)[] Pairs =
    [
        ("patch_embedding.weight", "patch_embedding.weight"), ("patch_embedding.bias", "patch_embedding.bias"),
        ("condition_embedder.text_embedder.linear_1.weight", "text_embedding.0.weight"),
        ("condition_embedder.text_embedder.linear_1.bias", "text_embedding.0.bias"),
        ("condition_embedder.text_embedder.linear_2.weight", "text_embedding.2.weight"),
        ("condition_embedder.text_embedder.linear_2.bias", "text_embedding.2.bias"),
        ("condition_embedder.time_embedder.linear_1.weight", "time_embedding.0.weight"),
        ("condition_embedder.time_embedder.linear_1.bias", "time_embedding.0.bias"),
        ("condition_embedder.time_embedder.linear_2.weight", "time_embedding.2.weight"),
        ("condition_embedder.time_embedder.linear_2.bias", "time_embedding.2.bias"),
        ("condition_embedder.time_proj.weight", "time_projection.1.weight"),
        ("condition_embedder.time_proj.bias", "time_projection.1.bias"),
        ("scale_shift_table", "head.modulation"), ("proj_out.weight", "head.head.weight"), ("proj_out.bias", "head.head.bias"),
    ];

    private static readonly (string Diffusers, string Native)[] BlockPairs =
    [
        ("scale_shift_table", "modulation"), ("norm2.weight", "norm3.weight"), ("norm2.bias", "norm3.bias"),
        ("ffn.net.0.proj.weight", "ffn.0.weight"), ("ffn.net.0.proj.bias", "ffn.0.bias"),
        ("ffn.net.2.weight", "ffn.2.weight"), ("ffn.net.2.bias", "ffn.2.bias"),
        .. Attention("attn1", "self_attn"), .. Attention("attn2", "cross_attn"),
    ];

    [Fact]
    public void The_whole_release_maps_onto_the_native_keys()
    {
        List<(string Diffusers, string Native)> all = [.. Pairs];
        for (int block = 0; block < 30; block++)
            all.AddRange(BlockPairs.Select(p => ($"blocks.{block}.{p.Diffusers}", $"blocks.{block}.{p.Native}")));

        foreach ((string diffusers, string native) in all) Assert.Equal(native, WanDiffusersKeys.ToNative(diffusers));
        Assert.Equal(KeyList.Load("wan21_t2v_1_3b").Select(key => key.Name).Order(StringComparer.Ordinal),
            all.Select(p => WanDiffusersKeys.ToNative(p.Diffusers)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("blocks.3.attn2.add_k_proj.weight", "blocks.3.cross_attn.k_img.weight")]
    [InlineData("blocks.3.attn2.add_v_proj.bias", "blocks.3.cross_attn.v_img.bias")]
    [InlineData("blocks.3.attn2.norm_added_k.weight", "blocks.3.cross_attn.norm_k_img.weight")]
    [InlineData("condition_embedder.image_embedder.norm1.weight", "img_emb.proj.0.weight")]
    [InlineData("condition_embedder.image_embedder.ff.net.0.proj.weight", "img_emb.proj.1.weight")]
    [InlineData("condition_embedder.image_embedder.ff.net.2.bias", "img_emb.proj.3.bias")]
    [InlineData("condition_embedder.image_embedder.norm2.bias", "img_emb.proj.4.bias")]
    [InlineData("blocks.3.attn9.to_q.weight", "blocks.3.attn9.to_q.weight")]
    [InlineData("blocks.3", "blocks.3")]
    [InlineData("something", "something")]
    public void Image_layers_map_too_and_unknown_names_stay(string diffusers, string native) =>
        Assert.Equal(native, WanDiffusersKeys.ToNative(diffusers));

    [Fact]
    public void A_file_with_diffusers_names_loads_like_the_native_one()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> diffusersName =
            Pairs.Concat(BlockPairs.SelectMany(p => new[] { 0, 1 }.Select(b => ($"blocks.{b}.{p.Diffusers}", $"blocks.{b}.{p.Native}"))))
                .ToDictionary(p => p.Item2, p => p.Item1);
        using IWeightSource native = WeightSources.Open(Repository.Fixture("models", "wan_t2v_tiny.weights.safetensors"));
        SafetensorsWriter.Write(folder.File("d"), native.Entries.Values.Select(entry =>
            WeightToWrite.Of(diffusersName[entry.Name], entry.Shape, native.ReadSingles(entry.Name))));

        using IWeightSource opened = WeightSources.Open(folder.File("d"));
        using IWeightSource view = WanDiffusersKeys.Native(opened);

        Assert.Same(native, WanDiffusersKeys.Native(native));
        Assert.Equal(native.Entries.Keys.Order(StringComparer.Ordinal), view.Entries.Keys.Order(StringComparer.Ordinal));
        foreach (string name in native.Entries.Keys) Assert.Equal(native.ReadSingles(name), view.ReadSingles(name));

        using WanTransformer expected = WanTransformer.Load(WanTransformerTests.Config, native), found = WanTransformer.Load(WanTransformerTests.Config, opened);
        Assert.Equal(FrozenWeightsDigest.Of(expected.named_parameters()), FrozenWeightsDigest.Of(found.named_parameters()));
        Assert.NotEmpty(opened.ReadSingles("proj_out.bias"));        // still open: it is the caller's
    }

    [Fact]
    public void Reports_on_renamed_weights_are_complete_and_say_the_stored_names()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("d"),
        [
            WeightToWrite.Of("condition_embedder.time_embedder.linear_1.weight", [2, 3], new float[6]),
            WeightToWrite.Of("proj_out.bias", [5], new float[5]), WeightToWrite.Of("unheard.of", [1], new float[1]),
        ]);
        using IWeightSource view = WanDiffusersKeys.Native(WeightSources.Open(folder.File("d")));
        Dictionary<string, IReadOnlyList<long>> network = new()
        {
            ["time_embedding.0.weight"] = [2, 3], ["head.head.bias"] = [4], ["head.head.weight"] = [4, 4],
        };

        WeightKeyReport report = WeightKeyReport.Compare(network, view.Entries);
        WeightMismatchException e = Assert.Throws<WeightMismatchException>(() => report.Require(view.Path, KeyTolerance.None));

        Assert.Equal(["time_embedding.0.weight"], report.Matching);
        Assert.Equal(
        [
            "head.head.bias (stored as proj_out.bias): expected [4], found [5]", "head.head.weight: expected [4, 4], found none",
            "unheard.of: expected none, found [1]",
        ], e.Report.Differences);
        Assert.StartsWith(folder.File("d"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tensors_that_would_have_one_name_are_refused()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(
            folder.File("d"), new[] { "proj_out.bias", "head.head.bias" }.Select(name => WeightToWrite.Of(name, [1], new float[1])));
        using IWeightSource source = WeightSources.Open(folder.File("d"));

        Assert.Throws<WeightFormatException>(() => new RenamedWeights(source, WanDiffusersKeys.ToNative));
    }

    private static IEnumerable<(string, string)> Attention(string diffusers, string native)
    {
        foreach ((string there, string here) in new[] { ("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("to_out.0", "o") })
        {
            yield return ($"{diffusers}.{there}.weight", $"{native}.{here}.weight");
            yield return ($"{diffusers}.{there}.bias", $"{native}.{here}.bias");
        }

        yield return ($"{diffusers}.norm_q.weight", $"{native}.norm_q.weight");
        yield return ($"{diffusers}.norm_k.weight", $"{native}.norm_k.weight");
    }
}
