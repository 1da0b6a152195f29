using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Networks of full size on the meta device: every name and shape, no weights.</summary>
public class MetaNetworkTests
{
    private const long MostBytes = 200_000_000;

    [Fact]
    public void The_released_network_is_built_without_its_weights()
    {
        long grown = GrowthOfResidentBytes(() => new RedirectorTransformer(RedirectorConfig.Release, META, ScalarType.BFloat16), network =>
        {
            Assert.Equal(1_662_761_792, network.parameters().Sum(p => p.numel()));      // 3.3 GB and more, were they held
            Assert.All(network.parameters(), p => Assert.Equal(DeviceType.META, p.device_type));
        });

        Assert.True(grown < MostBytes, $"{grown} bytes");
    }

    [Fact]
    public void A_text_encoder_of_billions_is_built_without_its_weights()
    {
        ParameterFactory make = new(META, new NumberFormats(ScalarType.BFloat16));
        var keys = KeyList.Load("umt5_xxl_encoder");

        long grown = GrowthOfResidentBytes(() => new DisposableList([.. keys.Select(key => make.Frozen([.. key.Shape]))]), weights =>
        {
            Assert.Equal(5_680_910_336, weights.Sum(p => p.numel()));
            foreach ((Parameter weight, (string _, IReadOnlyList<long> shape)) in weights.Zip(keys)) Assert.Equal(shape, weight.shape);
        });

        Assert.True(grown < MostBytes, $"{grown} bytes");
    }

    [Fact]
    public void Values_sent_there_leave_only_their_shape()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor sent = HostTensors.From([1, 2, 3, 4, 5, 6], [2, 3], ScalarType.BFloat16, META);

        Assert.Equal([2, 3], sent.shape);
        Assert.Equal((DeviceType.META, ScalarType.BFloat16), (sent.device_type, sent.dtype));
        Assert.ThrowsAny<Exception>(() => HostTensors.Copy(sent, new float[6]));
    }

    [Fact]
    public void Loading_weights_into_a_network_that_cannot_hold_them_is_refused()
    {
        using RedirectorFixture fixture = new();
        using TemporaryFolder folder = new();
        fixture.Network.Save(folder.File("w"));
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("w"));
        using RedirectorTransformer network = new(RedirectorFixture.Config, META, ScalarType.Float32);

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => ModuleWeights.Load(network, file, KeyTolerance.None));

        Assert.Contains("meta", e.Message, StringComparison.Ordinal);
    }

    private static long GrowthOfResidentBytes<T>(Func<T> build, Action<T> check) where T : IDisposable
    {
        using Process before = Process.GetCurrentProcess();
        using T built = build();
        check(built);
        using Process after = Process.GetCurrentProcess();
        return after.WorkingSet64 - before.WorkingSet64;
    }

    private sealed class DisposableList(List<Parameter> weights) : List<Parameter>(weights), IDisposable
    {
        public void Dispose() => ForEach(weight => weight.Dispose());
    }
}
