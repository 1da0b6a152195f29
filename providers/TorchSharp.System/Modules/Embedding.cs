using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Rows of a table by integer index.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long _paddingIndex;
    private readonly bool _scaleByFrequency;
    private readonly bool _sparse;

    internal Embedding(Parameter weight, long paddingIndex, bool scaleByFrequency, bool sparse) : base(nameof(Embedding))
    {
        (_paddingIndex, _scaleByFrequency, _sparse) = (paddingIndex, scaleByFrequency, sparse);
        register_parameter(nameof(weight), weight);
    }

    public Parameter weight
    {
        get => get_parameter(nameof(weight))!;
        set => ConditionallyRegisterParameter(nameof(weight), value);
    }

    public override Tensor forward(Tensor input) => Aten.Call("embedding", weight, input, _paddingIndex, _scaleByFrequency, _sparse);
}
