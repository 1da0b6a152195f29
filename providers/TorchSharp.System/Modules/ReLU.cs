using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>max(x, 0).</summary>
public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    private readonly bool _inPlace;

    internal ReLU(bool inPlace) : base(nameof(ReLU)) => _inPlace = inPlace;

    public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, _inPlace);
}
