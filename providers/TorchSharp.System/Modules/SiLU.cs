using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · sigmoid(x).</summary>
public sealed class SiLU : nn.Module<Tensor, Tensor>
{
    private readonly bool _inPlace;

    internal SiLU(bool inPlace) : base(nameof(SiLU)) => _inPlace = inPlace;

    public override Tensor forward(Tensor tensor) => nn.functional.silu(tensor, _inPlace);
}
