using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public sealed class MapAnythingKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mapanything_v11", 736, 600, 1_142_998_072, 20_103_110)]
    [InlineData("mapanything_v1", 804, 668, 481_029_176, 19_021_766)]
    public void Networks_of_released_size_have_exactly_the_released_keys(string list, int keys, int posesOnly, long poseNumbers, long denseNumbers)
    {
        MapAnythingConfig config = list == "mapanything_v11" ? MapAnythingConfig.V11 : MapAnythingConfig.V1;
        using MapAnythingNetwork whole = new(config, META, ScalarType.BFloat16), poses = new(config with { Dense = null }, META, ScalarType.BFloat16);
        var released = KeyList.Load(list);

        Assert.Equal(keys, released.Count);
        Assert.Equal(Lines(released.Where(k => !MapAnythingKeys.IsUnneeded(k.Name))), Lines(Shapes(whole)));
        Assert.Equal(Lines(released.Where(k => !MapAnythingKeys.IsUnneeded(k.Name) && !MapAnythingKeys.IsDense(k.Name))), Lines(Shapes(poses)));
        Assert.Equal((76, 60), (released.Count(k => MapAnythingKeys.IsUnneeded(k.Name)), released.Count(k => MapAnythingKeys.IsDense(k.Name))));
        Assert.Equal(posesOnly, Shapes(poses).Count());
        Assert.Equal(poseNumbers, poses.parameters().Sum(p => p.numel()));
        Assert.Equal(poseNumbers + denseNumbers, whole.parameters().Sum(p => p.numel()));
        Assert.Empty(whole.named_buffers());
    }

    [Fact]
    public void Every_alias_of_the_reference_has_its_canonical_name()
    {
        string[][] aliases = [.. File.ReadLines(Repository.Fixture("models", "keys", "mapanything_aliases.txt")).Select(line => line.Split(' '))];

        Assert.Equal(76, aliases.Length);
        Assert.All(aliases, pair => Assert.Equal(pair[1], MapAnythingKeys.Canonical(pair[0])));
        Assert.All(KeyList.Load("mapanything_v11"), key => Assert.Equal(key.Name, MapAnythingKeys.Canonical(key.Name)));
    }

    [Fact]
    public void File_with_other_aliases_or_with_all_of_them_gives_the_same_network()
    {
        ILookup<string, string> aliases = File.ReadLines(Repository.Fixture("models", "keys", "mapanything_aliases.txt"))
            .Select(line => line.Split(' ')).ToLookup(pair => pair[1], pair => pair[0]);
        string others = Save("others", name => aliases[name].Take(1).DefaultIfEmpty(name));
        string all = Save("all", name => aliases[name].Append(name));

        using MapAnythingNetwork expected = MapAnythingFixture.Load("v11"), fromOthers = Load(others), fromAll = Load(all);

        Assert.Equal(FrozenWeightsDigest.Of(expected.named_parameters()), FrozenWeightsDigest.Of(fromOthers.named_parameters()));
        Assert.Equal(FrozenWeightsDigest.Of(expected.named_parameters()), FrozenWeightsDigest.Of(fromAll.named_parameters()));
    }

    [Theory]
    [InlineData("v11")]
    [InlineData("v1")]
    public void Position_of_the_reference_view_is_made_where_a_file_lacks_it(string release)
    {
        string path = Save("without", name => name == MapAnythingKeys.ReferencePosition ? [] : [name], release);

        using MapAnythingNetwork expected = MapAnythingFixture.Load(release), made = Load(path, release);

        Assert.Equal(FrozenWeightsDigest.Of(expected.named_parameters()), FrozenWeightsDigest.Of(made.named_parameters()));
    }

    [Fact]
    public void Missing_pose_weight_fails_with_a_report()
    {
        string path = Save("part", name => name is "pose_head.fc_t.bias" or "info_sharing.self_attention_blocks.2.ls1.gamma" ? [] : [name]);

        WeightMismatchException error = Assert.Throws<WeightMismatchException>(() => Load(path));

        Assert.Equal(["info_sharing.self_attention_blocks.2.ls1.gamma", "pose_head.fc_t.bias"], error.Report.Missing.Order(StringComparer.Ordinal));
        Assert.Contains("2 missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_dense_weight_matters_only_where_maps_are_wanted()
    {
        MapAnythingConfig config = MapAnythingFixture.Config("v11");
        using IWeightSource weights = WeightSources.Open(Save("poses", name => MapAnythingKeys.IsDense(name) ? [] : [name]));

        using (MapAnythingNetwork.Load(config with { Dense = null }, weights))
        {
        }

        Assert.Equal(60, Assert.Throws<WeightMismatchException>(() => MapAnythingNetwork.Load(config, weights)).Report.Missing.Count);
        Assert.Null(MapAnythingConfig.Detect(weights).Dense);
    }

    [Fact]
    public void Unknown_weight_is_refused_and_known_useless_ones_are_not()
    {
        string strange = Save("strange", name => name == "scale_token" ? [name, "encoder.model.register_tokens"] : [name]);
        string useless = Save("useless", name => name == "scale_token" ? [name, "encoder.model.mask_token", "depth_encoder.extra"] : [name]);

        WeightMismatchException error = Assert.Throws<WeightMismatchException>(() => Load(strange));
        using MapAnythingNetwork loaded = Load(useless);

        Assert.Equal(["encoder.model.register_tokens"], error.Report.Unused);
    }

    [Fact]
    public void Aliases_of_unlike_shape_are_refused()
    {
        using IWeightSource weights = WeightSources.Open(MapAnythingFixture.WeightsPath("v11"));
        const string Name = "dense_head.1.conv1.weight";
        string path = _folder.File("unlike.safetensors");
        SafetensorsWriter.Write(path,
        [
            WeightToWrite.Of(Name, weights.Entry(Name).Shape, weights.ReadSingles(Name)),
            WeightToWrite.Of("dpt_regressor_head.conv1.weight", [1], new float[1]),
        ]);

        using IWeightSource twice = WeightSources.Open(path);
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => MapAnythingConfig.Detect(twice));

        Assert.Contains("alias", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private string Save(string name, Func<string, IEnumerable<string>> names, string release = "v11")
    {
        using IWeightSource weights = WeightSources.Open(MapAnythingFixture.WeightsPath(release));
        string path = _folder.File(name + ".safetensors");
        SafetensorsWriter.Write(path, weights.Entries.Values.SelectMany(entry =>
            names(entry.Name).Select(given => WeightToWrite.Of(given, entry.Shape, weights.ReadSingles(entry.Name)))));
        return path;
    }

    private static MapAnythingNetwork Load(string path, string release = "v11")
    {
        using IWeightSource weights = WeightSources.Open(path);
        return MapAnythingNetwork.Load(MapAnythingFixture.Config(release), weights);
    }

    private static IEnumerable<(string Name, IReadOnlyList<long> Shape)> Shapes(nn.Module network) =>
        ModuleWeights.ShapesOf(network).Select(shape => (shape.Key, shape.Value));

    private static string[] Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        [.. keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))).Order(StringComparer.Ordinal)];
}
