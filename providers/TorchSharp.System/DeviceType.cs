namespace TorchSharp;

/// <summary>Kinds of devices. Only CPU and META exist in the distribution's libtorch.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MPS = 13,
    META = 14,
}
