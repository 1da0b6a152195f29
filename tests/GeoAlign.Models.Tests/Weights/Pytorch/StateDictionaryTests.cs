namespace GeoAlign.Models.Tests;

public class StateDictionaryTests
{
    [Theory]
    [InlineData("", "a.w")]
    [InlineData("model_state", "a.w")]
    [InlineData("state_dict", "a.w")]
    [InlineData("model", "a.w")]
    [InlineData("module", "a.w")]
    [InlineData("state_dict/model", "a.w")]
    [InlineData("", "module.a.w")]
    [InlineData("state_dict", "model.a.w")]
    [InlineData("model", "module._orig_mod.a.w")]
    public void Wrappers_and_common_prefixes_are_taken_away(string wrappers, string name)
    {
        string[] path = wrappers.Split('/', StringSplitOptions.RemoveEmptyEntries);
        PickleBytes pickle = new PickleBytes().Op('}').Text("epoch").Integer(3).Op('s');
        foreach (string wrapper in path) pickle.Text(wrapper).Op('}').Text("note").Text("x").Op('s');
        pickle.Row(name, "0", 6).Op('s').Row(name + "2", "0", 6).Op('s');
        foreach (string _ in path) pickle.Op('s');

        Assert.Equal(["a.w", "a.w2"], Names(pickle));
    }

    [Fact]
    public void A_prefix_that_only_some_names_have_and_a_block_path_stay()
    {
        Assert.Equal(["module.a", "b"], Names(new PickleBytes().Op('}').Row("module.a", "0", 6).Op('s').Row("b", "0", 6).Op('s')));
        Assert.Equal(["blocks.0.a", "blocks.0.b"],
            Names(new PickleBytes().Op('}').Row("blocks.0.a", "0", 6).Op('s').Row("blocks.0.b", "0", 6).Op('s')));
    }

    [Fact]
    public void A_wrapper_without_tensors_does_not_hide_those_beside_it() =>
        Assert.Equal(["w"], Names(new PickleBytes().Op('}').Text("model").Op('}').Op('s').Row("w", "0", 6).Op('s')));

    [Fact]
    public void A_name_that_appears_twice_is_refused() => Assert.Equal("w",
        Assert.Throws<WeightFormatException>(() => Names(new PickleBytes().Op('}').Row("w", "0", 6).Op('s').Row("w", "0", 6).Op('s'))).Tensor);

    [Fact]
    public void The_layout_with_64_bit_places_is_read()
    {
        using TemporaryFolder folder = new();
        byte[] pickle = new PickleBytes().Op('}').Row("w", "0", 6).Op('s').Stop();
        File.WriteAllBytes(folder.File("wide"),
            new ZipBytes { Wide = true }.Add("r/data.pkl", pickle).Add("r/data/0", CheckpointBytes.Row(6, first: 5)).Finish());

        using IWeightSource source = WeightSources.Open(folder.File("wide"));

        Assert.Equal([5, 6, 7, 8, 9, 10], source.ReadSingles("w"));
    }

    private static string[] Names(PickleBytes pickle)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x"), CheckpointBytes.Zip(pickle.Stop(), ("0", CheckpointBytes.Row(6))));
        using IWeightSource source = WeightSources.Open(folder.File("x"));
        return [.. source.Entries.Keys];
    }
}
