using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other. Without names they are called "0", "1", and so on.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
    {
        foreach ((string key, nn.Module<Tensor, Tensor> module) in modules) register_module(key, module);
    }

    public override Tensor forward(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor current = tensor;
        foreach (nn.Module module in children()) current = ((nn.Module<Tensor, Tensor>)module).call(current);
        return ReferenceEquals(current, tensor) ? tensor.alias().MoveToOuterDisposeScope() : current.MoveToOuterDisposeScope();
    }
}
