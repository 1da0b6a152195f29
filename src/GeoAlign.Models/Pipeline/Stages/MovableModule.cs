using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A frozen network that is moved between its device and the host.</summary>
/// <remarks>
/// The network computes on the device it was made for; use it only while it is there, which <see cref="DeviceStages"/> sees to. Moving makes new
/// parameters and frees the old ones, so nothing may hold on to them: a network in training is refused.
/// </remarks>
public sealed class MovableModule : IMovablePart
{
    private readonly nn.Module _module;
    private readonly Device _device;

    /// <summary>Makes a network movable; it stays the caller's.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="module">The network.</param>
    /// <param name="device">Device the network was made for.</param>
    /// <exception cref="ArgumentException">A weight is being trained.</exception>
    public MovableModule(string name, nn.Module module, Device device)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        foreach ((string key, TorchSharp.Modules.Parameter weight) in module.named_parameters())
        {
            if (weight.requires_grad)
                throw new ArgumentException($"{name}: {key} is being trained; its optimiser would lose it when it is moved.", nameof(module));
        }

        (Name, _module, _device) = (name, module, device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void ToDevice() => _module.to(_device);

    /// <inheritdoc/>
    public void ToHost() => _module.to(CPU);
}
