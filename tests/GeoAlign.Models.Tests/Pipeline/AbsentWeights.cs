using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>A network whose weights are NaN while it is away, so that work without it does not go unnoticed.</summary>
internal sealed class AbsentWeights(string name, nn.Module network) : IMovablePart
{
    private readonly Dictionary<string, Tensor> _away = [];

    public string Name => name;

    public void ToDevice()
    {
        using IDisposable noGradient = no_grad();
        foreach ((string key, Parameter weight) in network.named_parameters())
        {
            if (!_away.Remove(key, out Tensor? kept)) continue;
            using DisposeScope scope = NewDisposeScope();
            weight.copy_(kept);
            kept.Dispose();
        }
    }

    public void ToHost()
    {
        using IDisposable noGradient = no_grad();
        foreach ((string key, Parameter weight) in network.named_parameters())
        {
            if (_away.ContainsKey(key)) continue;
            using DisposeScope scope = NewDisposeScope();
            _away[key] = weight.detach().clone().DetachFromDisposeScope();
            weight.fill_(float.NaN);
        }
    }
}
