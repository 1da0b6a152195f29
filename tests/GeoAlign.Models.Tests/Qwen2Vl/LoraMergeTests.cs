using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class LoraMergeTests
{
    private const string Layer = "layer";

    private static FixtureTensors Golden { get; } = FixtureTensors.Load("rewards", "aggregation.safetensors");

    [Theory]
    [InlineData(false, "lora.merged")]
    [InlineData(true, "lora.merged_rslora")]
    public void A_merged_weight_meets_its_golden_value(bool isRankStabilised, string golden)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("w"), [Stored("lora.weight", ".weight"), Stored("lora.A", ".lora_A.weight"), Stored("lora.B", ".lora_B.weight")]);
        using IWeightSource source = WeightSources.Open(folder.File("w"));
        using TorchSharp.Modules.Parameter single = new(zeros([10, 12]), requires_grad: false), half = new(zeros([10, 12], dtype: ScalarType.BFloat16), requires_grad: false);

        LoraMerge merge = Assert.Single(LoraMerge.In(source, Shapes));
        LoraScaling scaling = new(Golden["lora.r_alpha"].Values[1], isRankStabilised);
        merge.Load(source, single, scaling);
        merge.Load(source, half, scaling);

        Assert.Equal("layer.weight", merge.Weight);
        Near.Equal(Golden[golden].Values, RedirectorFixture.Values(single), 1e-5);
        // Summed in float32 and rounded once.
        Near.Equal(Golden[golden].Values, RedirectorFixture.Values(half), 1e-6, relative: 1.0 / 256);
    }

    [Fact]
    public void VideoRewards_factor_is_two() => Assert.Equal(2, LoraScaling.VideoReward.Factor(64));

    [Fact]
    public void Additions_that_fit_no_weight_are_refused()
    {
        WeightToWrite weight = Zeros(".weight", 10, 12), down = Zeros(".lora_A.weight", 4, 12), up = Zeros(".lora_B.weight", 10, 4);

        Assert.Contains("it has no counterpart 'layer.lora_B.weight'", Refused(weight, down), StringComparison.Ordinal);
        Assert.Contains("it has no counterpart 'layer.lora_A.weight'", Refused(weight, up), StringComparison.Ordinal);
        Assert.Contains("A [3, 12] and B [10, 4] do not multiply to [10, 12]", Refused(weight, Zeros(".lora_A.weight", 3, 12), up), StringComparison.Ordinal);
        Assert.Contains("A [4, 12] and B [12, 4] do not multiply", Refused(weight, down, Zeros(".lora_B.weight", 12, 4)), StringComparison.Ordinal);
        Assert.Contains("A [12] and B [10, 4] do not multiply", Refused(weight, Zeros(".lora_A.weight", 12), up), StringComparison.Ordinal);
        Assert.Contains("the network has no weight 'other.weight' to add it to",
            Refused(weight, down with { Name = "other.lora_A.weight" }, up with { Name = "other.lora_B.weight" }), StringComparison.Ordinal);
        Assert.Contains("found I32, expected a floating-point type", Refused(weight, down with { Type = WeightType.I32 }, up), StringComparison.Ordinal);

        static string Refused(params WeightToWrite[] weights)
        {
            using TemporaryFolder folder = new();
            SafetensorsWriter.Write(folder.File("w"), weights);
            using IWeightSource source = WeightSources.Open(folder.File("w"));
            return Assert.Throws<WeightFormatException>(() => LoraMerge.In(source, Shapes)).Message;
        }
    }

    private static Dictionary<string, IReadOnlyList<long>> Shapes => new(StringComparer.Ordinal) { [Layer + ".weight"] = [10, 12] };

    private static WeightToWrite Stored(string golden, string suffix) =>
        WeightToWrite.Of(Layer + suffix, [.. Golden[golden].Shape.Select(size => (long)size)], Golden[golden].Floats());

    private static WeightToWrite Zeros(string suffix, params long[] shape) =>
        WeightToWrite.Of(Layer + suffix, shape, new float[shape.Aggregate(1L, (product, size) => product * size)]);
}
