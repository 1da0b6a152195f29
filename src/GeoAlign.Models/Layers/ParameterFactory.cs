using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// Makes the weights of a network: uninitialised memory of the right type in the right place, not trained until asked for.
/// </summary>
/// <remarks>Nothing is drawn from a random generator here, so building a network leaves libtorch's generators as they are.</remarks>
internal sealed class ParameterFactory(Device device, NumberFormats formats)
{
    /// <summary>Types the network computes in.</summary>
    public NumberFormats Formats { get; } = formats.Validated();

    /// <summary>Where the weights live. On <c>META</c> they have names, shapes and types but no memory: a network of any size is free.</summary>
    public Device Device { get; } = device;

    /// <summary>A weight that only takes part in matrix products.</summary>
    public Parameter Frozen(params long[] shape) => Create(Formats.Compute, shape);

    /// <summary>A weight kept in full precision: trained ones, norms, modulation, the time path.</summary>
    public Parameter Exact(params long[] shape) => Create(Formats.Exact, shape);

    private Parameter Create(ScalarType type, long[] shape) => new(empty(shape, dtype: type, device: Device), requires_grad: false);
}
