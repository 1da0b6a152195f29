using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Hyperbolic tangent.</summary>
public sealed class Tanh : nn.Module<Tensor, Tensor>
{
    private readonly bool _inPlace;

    internal Tanh(bool inPlace) : base(nameof(Tanh)) => _inPlace = inPlace;

    public override Tensor forward(Tensor tensor) => nn.functional.tanh(tensor, _inPlace);
}
