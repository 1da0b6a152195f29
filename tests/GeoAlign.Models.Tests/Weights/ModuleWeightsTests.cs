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
        long[] shape = [1031, 9000];                                   // 37 MB: two pieces, the second short
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
