using ExternalException = System.Runtime.InteropServices.ExternalException;
using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

/// <summary>Tensors of the meta device have a shape and a type, and no memory.</summary>
public class MetaTensorTests : TorchFacts
{
    private static readonly long[] Petabytes = [1L << 25, 1L << 25];

    [Fact]
    public void Tensors_of_any_size_are_made_without_memory()
    {
        long live = NativeMemory.Now().LiveBytes;

        foreach (Tensor made in new[]
        {
            empty(Petabytes, device: META), zeros(Petabytes, device: META), ones(Petabytes, device: META),
            full(Petabytes, 2.5, device: META), zeros(Petabytes, dtype: ScalarType.BFloat16, device: device("meta")),
            new Parameter(empty(Petabytes, device: META), requires_grad: false),
        })
        {
            Assert.Equal(Petabytes, made.shape);
            Assert.Equal(META, made.device);
            Assert.Equal(1L << 50, made.numel());
        }

        Assert.Equal(live, NativeMemory.Now().LiveBytes);
    }

    [Fact]
    public void Shapes_and_types_can_be_changed()
    {
        Tensor made = empty(4, 6, device: META);

        Assert.Equal([6, 4], made.transpose(0, 1).shape);
        Assert.Equal([2, 12], made.view(2, 12).shape);
        Assert.Equal([4, 2], made.narrow(1, 3, 2).shape);
        Assert.Equal([4, 6], made.detach().shape);
        Assert.Equal(ScalarType.BFloat16, made.to(ScalarType.BFloat16).dtype);
        Assert.Equal([4, 6], ones(4, 6).to(META).shape);
        Assert.Equal([4, 6], made.fill_(3).zero_().shape);
    }

    [Fact]
    public void Numbers_cannot_be_read_or_brought_to_the_processor()
    {
        Tensor made = zeros(4, device: META);

        Assert.Throws<ExternalException>(() => { _ = made.bytes.Length; });
        Assert.Throws<ExternalException>(() => { _ = made.data<float>()[0]; });
        Assert.Throws<ExternalException>(() => made.cpu());
        Assert.Throws<ExternalException>(() => zeros([1], device: META).item<float>());
    }

    [Fact]
    public void A_module_is_made_there_layer_by_layer()
    {
        using Linear layer = nn.Linear(1 << 20, 1 << 20, device: META);

        Assert.Equal([1L << 20, 1L << 20], layer.weight.shape);
        Assert.Equal(META, layer.weight.device);
    }
}
