using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class ModuleWeightsTests
{
    [Theory]
    [InlineData(ScalarType.Float32, WeightType.F32)]
    [InlineData(ScalarType.Float64, WeightType.F64)]
    [InlineData(ScalarType.BFloat16, WeightType.BF16)]
    [InlineData(ScalarType.Float16, WeightType.F16)]
    public void A_network_survives_a_round_trip_in_its_own_types(ScalarType type, WeightType stored)
    {
        using TemporaryFolder folder = new();
        using Sample written = new(type, 3, 5), read = new(type, 3, 5);
        written.Fill();

        SafetensorsWriter.Write(folder.File("w"), ModuleWeights.ToWrite(written.named_parameters()));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        WeightKeyReport report = ModuleWeights.Load(read, file, KeyTolerance.None);

        Assert.Equal(["weight"], report.Matching);
        Assert.Equal(stored, file.Entries["weight"].Type);
        Assert.Equal(RedirectorFixture.Values(written.Weight), RedirectorFixture.Values(read.Weight));
    }

    [Fact]
    public void Values_are_converted_to_the_type_of_the_network()
    {
        using TemporaryFolder folder = new();
        using Sample network = new(ScalarType.BFloat16, 2, 2);
        SafetensorsWriter.Write(folder.File("w"), [WeightToWrite.Of("weight", [2, 2], new[] { 1f, 1.001f, -3.14159f, 1e-30f })]);
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));

        ModuleWeights.Load(network, file, KeyTolerance.None);

        Near.Equal([1, 1, -3.140625, 1e-30], RedirectorFixture.Values(network.Weight), 0, 4e-3, what: "rounded to bfloat16");
        Assert.Equal(-3.140625, RedirectorFixture.Values(network.Weight)[2]);
    }

    [Fact]
    public void A_tensor_of_several_pieces_is_copied_whole()
    {
        using TemporaryFolder folder = new();
        long[] shape = [1031, 9000];                                   // 37 MB: many pieces, the last one short
        using Sample written = new(ScalarType.Float32, shape), read = new(ScalarType.Float32, shape);
        written.Fill();

        SafetensorsWriter.Write(folder.File("w"), ModuleWeights.ToWrite(written.named_parameters()));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        ModuleWeights.Load(read, file, KeyTolerance.None);

        using DisposeScope scope = NewDisposeScope();
        Assert.True((written.Weight.detach() - read.Weight.detach()).abs().max().ToDouble() == 0);
        Assert.True(read.Weight.detach().abs().min().ToDouble() > 0, "the sample has no zeros, so none may be left");
    }

    [Fact]
    public void Nothing_is_loaded_unless_everything_fits()
    {
        using TemporaryFolder folder = new();
        using Sample network = new(ScalarType.Float32, 2, 2);
        network.Fill();
        double[] before = RedirectorFixture.Values(network.Weight);
        SafetensorsWriter.Write(
            folder.File("more"), [WeightToWrite.Of("weight", [2, 2], new float[4]), WeightToWrite.Of("bias", [2], new float[2])]);
        SafetensorsWriter.Write(folder.File("integers"), [new WeightToWrite("weight", WeightType.I32, [2, 2], s => s.Write(new byte[16]))]);
        using SafetensorsFile more = SafetensorsFile.Open(folder.File("more")), integers = SafetensorsFile.Open(folder.File("integers"));

        Assert.Throws<WeightMismatchException>(() => ModuleWeights.Load(network, more, KeyTolerance.Missing));
        Assert.Throws<WeightFormatException>(() => ModuleWeights.Load(network, integers, KeyTolerance.None));

        Assert.Equal(before, RedirectorFixture.Values(network.Weight));
    }

    [Fact]
    public void Loading_and_saving_leave_no_tensor_behind()
    {
        using TemporaryFolder folder = new();
        using Sample network = new(ScalarType.Float32, 30, 40);
        network.Fill();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        SafetensorsWriter.Write(folder.File("w"), ModuleWeights.ToWrite(network.named_parameters()));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        ModuleWeights.Load(network, file, KeyTolerance.None);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Loading_holds_the_weights_once()
    {
        using TemporaryFolder folder = new();
        long[] shape = [2048, 4096];                                   // 34 MB as float32
        using Sample written = new(ScalarType.Float32, shape), same = new(ScalarType.Float32, shape);
        using Sample converted = new(ScalarType.BFloat16, shape);
        written.Fill();
        same.Fill();                                                   // touches the memory that loading will write
        converted.Fill();
        ModuleWeights.Save(written, folder.File("w"));

        foreach (Sample network in new[] { same, converted })
        {
            // A second copy would show every time; what the runtime takes for itself meanwhile shows in some.
            long beside = long.MaxValue;
            for (int attempt = 0; attempt < 5 && beside >= 12_000_000; attempt++)
            {
                using WatchedSource file = new(WeightSources.Open(folder.File("w")));
                long before = Environment.WorkingSet;
                ModuleWeights.Load(network, file, KeyTolerance.None);
                Assert.Equal(4 * 2048 * 4096, file.BytesRead);
                Assert.True(file.LargestPiece <= ModuleWeights.ChunkBytes, $"a piece of {file.LargestPiece} bytes");
                beside = Math.Min(beside, file.LargestWorkingSet - before);
            }

            Assert.True(beside < 12_000_000, $"{beside} bytes beside the network");
        }
    }

    [Fact]
    public void A_partial_file_replaces_its_part_of_any_network_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        using Sequential trained = Pair(1), network = Pair(2), original = Pair(2);
        Func<string, bool> second = name => name.StartsWith("1.", StringComparison.Ordinal);
        ModuleWeights.Save(trained, folder.File("part"), second);
        ModuleWeights.Save(trained, folder.File("bias"), name => name == "1.bias");
        ModuleWeights.Save(trained, folder.File("whole"));
        using IWeightSource part = WeightSources.Open(folder.File("part")), bias = WeightSources.Open(folder.File("bias")),
            whole = WeightSources.Open(folder.File("whole"));

        WeightMismatchException e = Assert.Throws<WeightMismatchException>(() => ModuleWeights.LoadPart(network, whole, second));
        Assert.Equal(["0.bias", "0.weight"], e.Report.Unused.Order(StringComparer.Ordinal));
        Assert.Equal(["1.weight"], ModuleWeights.LoadPart(network, bias, second).Missing);
        Assert.Empty(ModuleWeights.LoadPart(network, part, second).Missing);

        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            Sequential expected = second(name) ? trained : original;
            Parameter other = expected.named_parameters().Single(p => p.Item1 == name).Item2;
            Assert.Equal(RedirectorFixture.Values(other), RedirectorFixture.Values(weight));
        }
    }

    private static Sequential Pair(int seed)
    {
        manual_seed(seed);
        return nn.Sequential(("0", nn.Linear(3, 4)), ("1", nn.Linear(4, 2)));
    }

    /// <summary>Looks at every read and at the memory of the process meanwhile.</summary>
    private sealed class WatchedSource(IWeightSource source) : IWeightSource
    {
        public long BytesRead { get; private set; }

        public long LargestPiece { get; private set; }

        public long LargestWorkingSet { get; private set; }

        public string Path => source.Path;

        public IReadOnlyDictionary<string, WeightEntry> Entries => source.Entries;

        public IReadOnlyDictionary<string, string> Metadata => source.Metadata;

        public void ReadBytes(string name, long byteOffset, Span<byte> destination)
        {
            source.ReadBytes(name, byteOffset, destination);
            BytesRead += destination.Length;
            LargestPiece = Math.Max(LargestPiece, destination.Length);
            LargestWorkingSet = Math.Max(LargestWorkingSet, Environment.WorkingSet);
        }

        public void Dispose() => source.Dispose();
    }

    private sealed class Sample : nn.Module
    {
        private readonly Parameter weight;

        public Sample(ScalarType type, params long[] shape) : base(nameof(Sample))
        {
            weight = new Parameter(zeros(shape, dtype: type), requires_grad: true);
            RegisterComponents();
        }

        public Parameter Weight => weight;

        public void Fill()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            weight.copy_((arange(1, weight.numel() + 1, dtype: ScalarType.Float64) * 0.618 % 7 + 0.25).view(weight.shape));
        }
    }
}
