namespace TorchSharp.Modules;

/// <summary>
/// A tensor that a module registers as trainable. It takes over the native tensor of <c>data</c>, which is invalid afterwards.
/// </summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).Surrender())
    {
    }
}
