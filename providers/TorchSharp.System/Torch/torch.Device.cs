using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    /// <summary>The CUDA device as a name; the distribution's libtorch cannot create tensors on it.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    /// <summary>Where a tensor lives: a type of device and, where there are several, its number.</summary>
    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            if (parts.Length > 2)
                throw new ArgumentException($"'{description}' is no device; expected a form like 'cpu' or 'cuda:1'.", nameof(description));
            type = Parse(parts[0]);
            index = parts.Length == 1 ? Default(type)
                : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : throw new ArgumentException($"'{description}' is no device; '{parts[1]}' is no number.", nameof(description));
        }

        public Device(string deviceType, int index = -1) : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index >= 0 ? index : Default(deviceType);
        }

        /// <summary>The CUDA device of that number.</summary>
        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        /// <summary>Number of the device; -1 where a type has only one.</summary>
        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        public override bool Equals(object? obj) => obj is Device other && other.type == type && other.index == index;

        public override int GetHashCode() => HashCode.Combine(type, index);

        private static int Default(DeviceType type) => type is DeviceType.CPU or DeviceType.META ? -1 : 0;

        private static DeviceType Parse(string name) => name switch
        {
            "cpu" or "CPU" => DeviceType.CPU,
            "cuda" or "CUDA" => DeviceType.CUDA,
            "mps" or "MPS" => DeviceType.MPS,
            "meta" or "META" => DeviceType.META,
            _ => throw new ArgumentException($"'{name}' is no device type; known are cpu, cuda, mps and meta."),
        };
    }
}
