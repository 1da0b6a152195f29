using System.Collections.Immutable;
using System.Globalization;

namespace GeoAlign.Models;

/// <summary>What a weight file says about one tensor: its name, element type and shape. Row-major, little-endian, no gaps.</summary>
/// <param name="Name">Key of the tensor, for instance <c>blocks.0.self_attn.q.weight</c>.</param>
/// <param name="Type">Element type as stored.</param>
/// <param name="Shape">Sizes, slowest axis first; empty for a single number.</param>
/// <param name="ElementCount">Product of the shape.</param>
public sealed record WeightEntry(string Name, WeightType Type, ImmutableArray<long> Shape, long ElementCount)
{
    /// <summary>Bytes of the stored tensor.</summary>
    public long ByteLength => ElementCount * Type.SizeInBytes();

    /// <summary>File that holds the tensor where the source has several, else null.</summary>
    public string? File { get; init; }

    /// <summary>Name in the file where the source shows the tensor under another, else null.</summary>
    public string? StoredName { get; init; }

    /// <summary>Where the tensor is, as far as the path of its source does not say it: text for messages, or nothing.</summary>
    internal string Origin => (File, StoredName) switch
    {
        (null, null) => "",
        (string file, null) => $" (in {System.IO.Path.GetFileName(file)})",
        (null, string name) => $" (stored as {name})",
        (string file, string name) => $" (in {System.IO.Path.GetFileName(file)} as {name})",
    };

    /// <summary>Type and shape as people write them: <c>F32 [28, 1536]</c>.</summary>
    public override string ToString() => $"{Name} {Type.SafetensorsCode()} {Format(Shape)}";

    internal static string Format(IEnumerable<long> shape) =>
        "[" + string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";
}
