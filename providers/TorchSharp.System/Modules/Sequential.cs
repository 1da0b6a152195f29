using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other; what lies between them is disposed. Without names they are called "0", "1", and so on.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
    {
        foreach ((string key, nn.Module<Tensor, Tensor> module) in modules) register_module(key, module);
    }

    public override Tensor forward(Tensor tensor)
    {
        Tensor current = tensor;
        foreach (nn.Module module in children())
        {
            Tensor next = ((nn.Module<Tensor, Tensor>)module).call(current);
            if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
            current = next;
        }

        return ReferenceEquals(current, tensor) ? tensor.alias() : current;
    }
}
