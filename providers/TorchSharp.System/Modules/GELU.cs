using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · Φ(x) with the normal distribution's Φ, or its tanh approximation.</summary>
public sealed class GELU : nn.Module<Tensor, Tensor>
{
    private readonly Approximate _approximate;
    private readonly bool _inPlace;

    internal GELU(Approximate approximate, bool inPlace) : base(nameof(GELU)) => (_approximate, _inPlace) = (approximate, inPlace);

    /// <summary>Formula: none is the exact one with erf, tanh is 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    public enum Approximate
    {
        none = 0,
        tanh = 1,
    }

    public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor, _approximate, _inPlace);

    internal static string Name(Approximate approximate) => approximate == Approximate.tanh ? "tanh" : "none";
}
