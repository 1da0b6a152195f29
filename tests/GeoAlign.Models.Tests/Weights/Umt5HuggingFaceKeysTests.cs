namespace GeoAlign.Models.Tests;

public class Umt5HuggingFaceKeysTests
{
    private static readonly (string HuggingFace, string Native)[] BlockPairs =
    [
        ("layer.0.SelfAttention.q.weight", "attn.q.weight"), ("layer.0.SelfAttention.k.weight", "attn.k.weight"),
        ("layer.0.SelfAttention.v.weight", "attn.v.weight"), ("layer.0.SelfAttention.o.weight", "attn.o.weight"),
        ("layer.0.SelfAttention.relative_attention_bias.weight", "pos_embedding.embedding.weight"),
        ("layer.0.layer_norm.weight", "norm1.weight"), ("layer.1.layer_norm.weight", "norm2.weight"),
        ("layer.1.DenseReluDense.wi_0.weight", "ffn.gate.0.weight"), ("layer.1.DenseReluDense.wi_1.weight", "ffn.fc1.weight"),
        ("layer.1.DenseReluDense.wo.weight", "ffn.fc2.weight"),
    ];

    [Fact]
    public void The_whole_release_maps_onto_the_native_keys() => Assert.Equal(
        KeyList.Load("umt5_xxl_encoder").Select(key => key.Name).Order(StringComparer.Ordinal),
        Pairs(24).Select(p => Umt5HuggingFaceKeys.ToNative(p.HuggingFace)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("decoder.block.0.layer.0.SelfAttention.q.weight")]
    [InlineData("encoder.block.0.layer.1.layer_norm.bias")]
    [InlineData("encoder.block.0.layer.2.layer_norm.weight")]
    [InlineData("encoder.block.x.layer.0.layer_norm.weight")]
    [InlineData("token_embedding.weight")]
    public void Names_the_encoder_does_not_have_stay(string name) => Assert.Equal(name, Umt5HuggingFaceKeys.ToNative(name));

    [Theory]
    [InlineData("shared.weight")]
    [InlineData("encoder.embed_tokens.weight")]
    [InlineData("shared.weight", "encoder.embed_tokens.weight")]
    public void A_file_with_these_names_gives_the_same_network(params string[] embedding)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> names = Pairs(3).ToDictionary(p => p.Native, p => p.HuggingFace);
        using IWeightSource native = WeightSources.Open(Umt5Fixture.WeightsPath);
        SafetensorsWriter.Write(folder.File("h"), native.Entries.Values.SelectMany(entry =>
            (entry.Name == "token_embedding.weight" ? embedding : [names[entry.Name]]).Select(name =>
                WeightToWrite.Of(name, entry.Shape, native.ReadSingles(entry.Name)))));

        using Umt5Fixture expected = new();
        using Umt5Encoder found = new ReleasedCheckpoints { TextEncoder = folder.File("h") }.LoadTextEncoder(Umt5Config.Tiny);

        Assert.Equal(FrozenWeightsDigest.Of(expected.Network.named_parameters()), FrozenWeightsDigest.Of(found.named_parameters()));
        Assert.Same(native, Umt5HuggingFaceKeys.Native(native));
    }

    [Fact]
    public void Several_files_may_be_named_by_a_pattern()
    {
        using TemporaryFolder folder = new();
        using IWeightSource native = WeightSources.Open(Umt5Fixture.WeightsPath);
        foreach (IGrouping<bool, WeightEntry> half in native.Entries.Values.GroupBy(entry => entry.Name.StartsWith("blocks.", StringComparison.Ordinal)))
        {
            SafetensorsWriter.Write(folder.File($"model-{(half.Key ? 1 : 2)}-of-2.safetensors"),
                half.Select(entry => WeightToWrite.Of(entry.Name, entry.Shape, native.ReadSingles(entry.Name))));
        }

        using Umt5Fixture expected = new();
        using Umt5Encoder found = new ReleasedCheckpoints { TextEncoder = folder.File("model-*.safetensors") }.LoadTextEncoder(Umt5Config.Tiny);

        Assert.Equal(FrozenWeightsDigest.Of(expected.Network.named_parameters()), FrozenWeightsDigest.Of(found.named_parameters()));
        Assert.Contains("part-*", Assert.Throws<FileNotFoundException>(() =>
            new ReleasedCheckpoints { TextEncoder = folder.File("part-*.safetensors") }.LoadTextEncoder(Umt5Config.Tiny)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_stored_twice_in_two_shapes_is_refused()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("h"),
        [
            WeightToWrite.Of("encoder.final_layer_norm.weight", [1], new float[1]),
            WeightToWrite.Of("shared.weight", [2, 1], new float[2]), WeightToWrite.Of("encoder.embed_tokens.weight", [1, 2], new float[2]),
        ]);
        using IWeightSource source = WeightSources.Open(folder.File("h"));

        Assert.Contains("alias", Assert.Throws<WeightFormatException>(() => Umt5HuggingFaceKeys.Native(source)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string HuggingFace, string Native)> Pairs(int blocks) =>
    [
        ("shared.weight", "token_embedding.weight"), ("encoder.final_layer_norm.weight", "norm.weight"),
        .. Enumerable.Range(0, blocks).SelectMany(b => BlockPairs.Select(p => ($"encoder.block.{b}.{p.HuggingFace}", $"blocks.{b}.{p.Native}"))),
    ];
}
