using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class HpsV3NetworkTests
{
    private const double Tolerance = 1e-4;      // that of the golden file

    private static FixtureTensors Golden => Qwen2VlFixture.Golden;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void The_score_meets_its_golden_value(ScalarType type)
    {
        using HpsV3Network network = Qwen2VlFixture.LoadHpsV3(type);

        HpsV3Score score = network.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image);

        Near.Equal(Golden["hpsv3.mu_sigma"].Values, [score.Mu, score.Sigma], Tolerance);
        Near.Equal(Golden["hpsv3.mu_logsigma"].Values, [score.Mu, Math.Log(score.Sigma)], Tolerance);
    }

    [Fact]
    public void Features_at_the_reward_token_meet_their_golden_value()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();

        TokenFeatures features = network.Encode(
            [new Qwen2VlSequence(Qwen2VlFixture.HpsV3Ids) { Images = [Qwen2VlFixture.Image] }], Qwen2VlPositionRule.Sequential)[0];

        Near.Equal(Golden["hpsv3.hidden_at_reward"].Values, features.Values.Span.Slice(20 * 48, 48), Tolerance);
    }

    [Fact]
    public void Later_names_of_the_weights_give_the_same_score()
    {
        using HpsV3Network first = Qwen2VlFixture.LoadHpsV3(), later = Qwen2VlFixture.LoadHpsV3(rename: name =>
            name.StartsWith("visual.", StringComparison.Ordinal) ? "model." + name
            : name.StartsWith("model.", StringComparison.Ordinal) ? "model.language_model." + name[6..] : name);

        Assert.Equal(first.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image), later.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image));
    }

    [Fact]
    public void Images_of_one_call_get_the_scores_they_get_alone()
    {
        using HpsV3Network network = Qwen2VlFixture.LoadHpsV3();
        float[] noise = [.. Enumerable.Range(0, 16 * Qwen2VlPatches.PatchLength).Select(i => MathF.Sin(i))];
        Qwen2VlPatches other = new(noise, 1, 4, 4);
        int[] longer = [.. Qwen2VlFixture.HpsV3Ids[..10], 7, 8, 9, .. Qwen2VlFixture.HpsV3Ids[10..]];
        HpsV3Score[] alone = [network.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image), network.Score(longer, other)];

        IReadOnlyList<HpsV3Score> together = network.Score([
            new Qwen2VlSequence(Qwen2VlFixture.HpsV3Ids) { Images = [Qwen2VlFixture.Image] }, new Qwen2VlSequence(longer) { Images = [other] }]);

        Near.Equal([.. alone.SelectMany(s => new[] { s.Mu, s.Sigma })], [.. together.SelectMany(s => new[] { s.Mu, s.Sigma })], 1e-5);
        Assert.NotEqual(alone[0].Mu, alone[1].Mu, 1e-3);
        Assert.Empty(network.Score([]));
    }

    [Fact]
    public void The_reward_token_has_to_be_there_once()
    {
        using HpsV3Network network = Qwen2VlFixture.LoadHpsV3();
        int[] none = Array.ConvertAll(Qwen2VlFixture.HpsV3Ids, id => id == 199 ? 1 : id), two = [.. Qwen2VlFixture.HpsV3Ids, 199];

        Assert.Contains("Sequence 0 has 0 reward tokens (id 199), expected one.", Refused(none), StringComparison.Ordinal);
        Assert.Contains("Sequence 0 has 2 reward tokens (id 199), expected one.", Refused(two), StringComparison.Ordinal);
        Assert.Contains("4 image tokens (id 192), but its 1 images make 12",
            Assert.Throws<ArgumentException>(() => network.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Videos[0])).Message, StringComparison.Ordinal);

        string Refused(int[] ids) => Assert.Throws<ArgumentException>(() => network.Score(ids, Qwen2VlFixture.Image)).Message;
    }

    [Theory]
    [InlineData("rm_head.5.bias", float.NaN, "μ = NaN")]
    [InlineData("rm_head.5.bias", 1e4f, "ln σ = ")]          // e^10000 is no number
    public void Scores_that_are_not_finite_are_refused(string name, float value, string reason)
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("HPSv3.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.HpsV3).Select(
            weight => weight.Name == name ? WeightToWrite.Of(name, weight.Shape, new[] { value, value }) : weight));
        using HpsV3Network network = HpsV3Network.Load(folder.Path, Qwen2VlFixture.HpsV3Options);

        InvalidOperationException e =
            Assert.Throws<InvalidOperationException>(() => network.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image));

        Assert.Contains("HPSv3's score of sequence 0 is", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_with_their_names()
    {
        using TemporaryFolder folder = new();
        string headless = folder.File("headless.safetensors"), broken = folder.File("broken.safetensors");
        SafetensorsWriter.Write(headless, Qwen2VlFixture.Weights());
        SafetensorsWriter.Write(broken, Qwen2VlFixture.Weights(Qwen2VlFixture.HpsV3, name => name switch
        {
            "model.norm.weight" => "model.normal.weight",
            _ => name,
        }).Append(WeightToWrite.Of("lm_head.weight", [2, 3], new float[6])));

        var noHead = Assert.Throws<WeightFormatException>(() => HpsV3Network.Load(headless, Qwen2VlFixture.HpsV3Options));
        var other = Assert.Throws<WeightMismatchException>(() => HpsV3Network.Load(broken, Qwen2VlFixture.HpsV3Options));

        Assert.Contains("'rm_head.0.weight'", noHead.Message, StringComparison.Ordinal);
        Assert.Equal(["model.norm.weight"], other.Report.Missing);
        Assert.Equal(["model.normal.weight"], other.Report.Unused);
    }
}
