using TorchSharp;

namespace GeoAlign.Models;

/// <summary>Devices by their names.</summary>
public static class ComputeDevice
{
    /// <summary>The device of a name; one that this machine does not have is refused before anything is loaded.</summary>
    /// <param name="name">cpu, cuda, cuda:1, ….</param>
    /// <exception cref="ArgumentException">It is no name of a device, or Torch does not see the device; the message says what there is.</exception>
    public static torch.Device Named(string name)
    {
        torch.Device device = torch.device(name);
        if (device.type != DeviceType.CUDA) return device;
        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (count == 0) throw new ArgumentException($"The device is '{name}', but Torch has no CUDA device here (no GPU, no driver, or a libtorch without CUDA); use cpu.");
        return device.index < count ? device : throw new ArgumentException($"The device is '{name}', but there {(count == 1 ? "is 1 CUDA device, cuda:0" : $"are {count} CUDA devices, cuda:0 to cuda:{count - 1}")}.");
    }
}
