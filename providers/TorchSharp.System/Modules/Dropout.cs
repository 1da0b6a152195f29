using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Sets elements to zero with probability p while training and scales the others by 1/(1 − p).</summary>
public sealed class Dropout : nn.Module<Tensor, Tensor>
{
    private readonly double _p;
    private readonly bool _inPlace;

    internal Dropout(double p, bool inPlace) : base(nameof(Dropout)) => (_p, _inPlace) = (p, inPlace);

    public override Tensor forward(Tensor input) => nn.functional.dropout(input, _p, training, _inPlace);
}
