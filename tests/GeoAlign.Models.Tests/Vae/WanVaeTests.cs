using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class WanVaeTests
{
    [Fact]
    public void The_released_network_has_the_released_keys_in_the_released_order()
    {
        IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> keys = WanVae.KeysOf(WanVaeConfig.Release);

        Assert.Equal(Lines(KeyList.Load("wan21_vae")), Lines(keys));
        Assert.Equal((194, 126_892_531), (keys.Count, Parameters(keys)));
        Assert.Equal("ccc42284ea13e1ad04693284c7a09be6", CheckpointFingerprint.Of(keys));
    }

    [Fact]
    public void The_halves_share_no_weight_and_make_the_whole()
    {
        var encoder = WanVae.KeysOf(WanVaeConfig.Release, WanVaeParts.Encoder);
        var decoder = WanVae.KeysOf(WanVaeConfig.Release, WanVaeParts.Decoder);

        Assert.Equal((53_596_928, 73_295_603), (Parameters(encoder), Parameters(decoder)));
        Assert.Equal(Lines(KeyList.Load("wan21_vae")), Lines([.. encoder, .. decoder]));
    }

    [Fact]
    public void Every_intermediate_of_the_encoder_meets_its_golden_value()
    {
        using VaeFixture fixture = new();
        using ChunkHistory history = new();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor video = Tensor("in.video");
        Dictionary<string, double[]> seen = [];
        List<double[]> latents = [];

        foreach ((int chunk, int first, int count) in new[] { (0, 0, 1), (1, 1, 4), (2, 5, 4) })
        {
            latents.Add(Values(fixture.Network.EncodeChunk(video.narrow(2, first, count), history, Record)));
            void Record(string name, Tensor x) => seen.Add($"mid.{GoldenName(name)}.chunk{chunk}", Values(x));
        }

        Assert.Equal(26, CheckGolden("mid.enc.", seen));
        for (int frame = 0; frame < 3; frame++)
            Near.Equal(Frame("enc.z9", frame), latents[frame], VaeFixture.Tolerance, what: $"latent frame {frame}");
    }

    [Fact]
    public void Every_intermediate_of_the_decoder_meets_its_golden_value()
    {
        using VaeFixture fixture = new();
        using ChunkHistory history = new();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor latents = Tensor("in.latent");
        Dictionary<string, double[]> seen = [];

        for (int chunk = 0; chunk < 3; chunk++)
        {
            fixture.Network.DecodeChunk(latents.narrow(2, chunk, 1), history, Record);
            void Record(string name, Tensor x) => seen.Add($"mid.{name}.chunk{chunk}", Values(x));
        }

        Assert.Equal(18, CheckGolden("mid.dec.", seen));
        for (int frame = 0; frame < 3; frame++)
            Near.Equal(Frame("mid.conv2.chunk0", frame), seen[$"mid.conv2.chunk{frame}"], VaeFixture.Tolerance, what: "conv2");
    }

    [Theory]
    [InlineData(1), InlineData(5), InlineData(13)]
    public void Chunks_give_what_the_whole_clip_gives(int frames)
    {
        using WanVae network = VaeFixture.Random(seed: 7);
        WholeClipVae whole = new(network);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor video = Wave(3, frames, 16, 24), latents = Wave(16, (frames + 3) / 4, 2, 3);

        Near.Equal(Values(LatentStatistics.Normalise(whole.Encode(video))), Values(Encode(network, video)),
            1e-5, what: "encoded");
        Near.Equal(Values(whole.Decode(LatentStatistics.Restore(latents))), Values(Decode(network, latents)),
            1e-5, what: "decoded");
    }

    [Fact]
    public void A_prefix_of_the_clip_gives_exactly_the_prefix_of_the_result()
    {
        using WanVae network = VaeFixture.Random(seed: 8);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor video = Wave(3, 9, 8, 16), latents = Wave(16, 3, 1, 2);

        Assert.Equal(Values(Encode(network, video).narrow(2, 0, 2)),
            Values(Encode(network, video.narrow(2, 0, 5))));
        Assert.Equal(Values(Decode(network, latents).narrow(2, 0, 5)),
            Values(Decode(network, latents.narrow(2, 0, 2))));
    }

    [Fact]
    public void Later_frames_do_not_change_earlier_results_but_do_change_later_ones()
    {
        using VaeFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor latents = Tensor("in.latent"), other = latents.clone();
        other.narrow(2, 1, 1).mul_(0.5);

        double[] before = Values(Decode(fixture.Network, latents)), after = Values(Decode(fixture.Network, other));

        const int Area = 24 * 32, PerColour = 9 * Area;
        for (int i = 0; i < before.Length; i++)
            Assert.True(i % PerColour >= Area || before[i] == after[i], $"frame 0 changed at {i}");
        foreach (int frame in new[] { 1, 4, 5, 8 })
        {
            Assert.False(before.AsSpan(frame * Area, Area).SequenceEqual(after.AsSpan(frame * Area, Area)), $"frame {frame} is the same");
        }
    }

    [Fact]
    public void A_half_alone_computes_the_same_and_refuses_the_other_direction()
    {
        using VaeFixture encoder = new(WanVaeParts.Encoder), decoder = new(WanVaeParts.Decoder), both = new();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();

        Assert.All(encoder.Network.named_parameters(), p => Assert.DoesNotContain("decoder", p.Item1, StringComparison.Ordinal));
        Assert.All(decoder.Network.named_parameters(), p => Assert.DoesNotContain("encoder", p.Item1, StringComparison.Ordinal));
        Assert.Equal(Values(Encode(both.Network, Tensor("in.video"))),
            Values(Encode(encoder.Network, Tensor("in.video"))));
        Assert.Equal(Values(Decode(both.Network, Tensor("in.latent"))),
            Values(Decode(decoder.Network, Tensor("in.latent"))));
        Assert.Contains("cannot encode",
            Assert.Throws<InvalidOperationException>(() => Encode(decoder.Network, Tensor("in.video"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot decode",
            Assert.Throws<InvalidOperationException>(() => Decode(encoder.Network, Tensor("in.latent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_one_half_serves_that_half_and_names_what_the_whole_lacks()
    {
        using TemporaryFolder folder = new();
        using VaeFixture encoder = new(WanVaeParts.Encoder);
        string path = folder.File("encoder.safetensors");
        SafetensorsWriter.Write(path, ModuleWeights.ToWrite(encoder.Network.named_parameters()));
        using IWeightSource half = WeightSources.Open(path);

        using WanVae loaded = WanVae.Load(WanVaeConfig.Tiny, half, WanVaeParts.Encoder);
        WeightMismatchException e = Assert.Throws<WeightMismatchException>(() => WanVae.Load(WanVaeConfig.Tiny, half));

        Assert.Equal(WanVaeParts.Encoder, loaded.Parts);
        Assert.Equal(WanVae.KeysOf(WanVaeConfig.Tiny, WanVaeParts.Decoder).Select(k => k.Name), e.Report.Missing);
        Assert.Contains("108 missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_keys_and_wrong_shapes_are_refused_with_a_full_report()
    {
        using TemporaryFolder folder = new();
        using VaeFixture fixture = new();
        string path = folder.File("foreign.safetensors");
        SafetensorsWriter.Write(path, ModuleWeights.ToWrite(
            fixture.Network.named_parameters().Select(p => (p.Item1 == "conv2.bias" ? "conv3.bias" : p.Item1, p.Item2))));
        using IWeightSource foreign = WeightSources.Open(path), tiny = VaeFixture.OpenWeights();

        WeightKeyReport report = WanVae.CompareKeys(WanVaeConfig.Tiny, foreign, WanVaeParts.Encoder);
        WeightMismatchException unknown =
            Assert.Throws<WeightMismatchException>(() => WanVae.Load(WanVaeConfig.Tiny, foreign, WanVaeParts.Encoder));
        WeightMismatchException misshapen = Assert.Throws<WeightMismatchException>(() => WanVae.Load(new WanVaeConfig { Width = 4 }, tiny));

        Assert.Equal((86, "conv3.bias"), (report.Matching.Count, Assert.Single(report.Unused)));
        Assert.Contains("1 unknown to the network: conv3.bias", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("encoder.conv1.weight expected [4, 3, 3, 3, 3] found [3, 3, 3, 3, 3]", misshapen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Double_precision_meets_the_golden_values_too()
    {
        using VaeFixture fixture = new(type: ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();

        Near.Equal(VaeFixture.Golden["enc.z9"].Values,
            Values(Encode(fixture.Network, Tensor("in.video").to(ScalarType.Float64))), VaeFixture.Tolerance, what: "encoded");
    }

    [Fact]
    public void Impossible_parts_and_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WanVae.KeysOf(WanVaeConfig.Tiny, 0));
        Assert.Throws<ArgumentException>(() => WanVae.KeysOf(new WanVaeConfig { Width = 0 }));
    }

    /// <summary>Compares every golden intermediate of a prefix; returns how many there were.</summary>
    private static int CheckGolden(string prefix, Dictionary<string, double[]> seen)
    {
        string[] golden = [.. VaeFixture.Golden.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        foreach (string name in golden) Near.Equal(VaeFixture.Golden[name].Values, seen[name], VaeFixture.Tolerance, what: name);
        return golden.Length;
    }

    private static string GoldenName(string name) => name == "enc.middle1" ? "enc.middle1_attn" : name;

    private static double[] Frame(string name, int frame)
    {
        FixtureTensor golden = VaeFixture.Golden[name];
        int area = golden.Shape[3] * golden.Shape[4];
        return [.. Enumerable.Range(0, golden.Shape[1])
            .SelectMany(c => golden.Values.Skip((c * golden.Shape[2] + frame) * area).Take(area))];
    }

    private static Tensor Encode(WanVae network, Tensor video)
    {
        using ChunkHistory history = new();
        List<Tensor> frames = [network.EncodeChunk(video.narrow(2, 0, 1), history)];
        for (long first = 1; first < video.shape[2]; first += 4) frames.Add(network.EncodeChunk(video.narrow(2, first, 4), history));
        return cat([.. frames], dim: 2);
    }

    private static Tensor Decode(WanVae network, Tensor latents)
    {
        using ChunkHistory history = new();
        List<Tensor> frames = [];
        for (long i = 0; i < latents.shape[2]; i++) frames.Add(network.DecodeChunk(latents.narrow(2, i, 1), history));
        return cat([.. frames], dim: 2);
    }

    private static Tensor Tensor(string name) =>
        tensor(VaeFixture.Golden[name].Floats(), [.. VaeFixture.Golden[name].Shape.Select(size => (long)size)]);

    private static double[] Values(Tensor x) => RedirectorFixture.Values(x);

    // A pattern without symmetry in any axis.
    private static Tensor Wave(long channels, long frames, long rows, long columns) =>
        (arange(channels * frames * rows * columns, dtype: ScalarType.Float32) * 0.7183 + 0.3).sin()
            .view(1, channels, frames, rows, columns);

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))));

    private static long Parameters(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Sum(k => k.Shape.Aggregate(1L, (product, size) => product * size));
}
