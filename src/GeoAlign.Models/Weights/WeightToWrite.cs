using System.Runtime.InteropServices;

namespace GeoAlign.Models;

/// <summary>One tensor to be written, whose bytes are produced when their turn comes.</summary>
/// <param name="Name">Key of the tensor.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, slowest axis first.</param>
/// <param name="WriteBytes">Writes exactly the product of the shape times the element size, little-endian, row-major.</param>
public sealed record WeightToWrite(string Name, WeightType Type, IReadOnlyList<long> Shape, Action<Stream> WriteBytes)
{
    /// <summary>A float32 tensor from memory.</summary>
    public static WeightToWrite Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, WeightType.F32, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));
}
