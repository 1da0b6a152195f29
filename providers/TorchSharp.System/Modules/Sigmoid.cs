using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class Sigmoid : nn.Module<Tensor, Tensor>
{
    private readonly bool _inPlace;

    internal Sigmoid(bool inPlace) : base(nameof(Sigmoid)) => _inPlace = inPlace;

    public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, _inPlace);
}
