namespace GeoAlign.Models.Tests;

/// <summary>A key list as a weight source: names and shapes of a release, no values.</summary>
internal sealed class ListedWeights(string name, WeightType type = WeightType.BF16) : IWeightSource
{
    public string Path => name;

    public IReadOnlyDictionary<string, WeightEntry> Entries { get; } = KeyList.Load(name).ToDictionary(
        key => key.Name,
        key => new WeightEntry(key.Name, type, [.. key.Shape], key.Shape.Aggregate(1L, (product, size) => product * size)),
        StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public void ReadBytes(string name, long byteOffset, Span<byte> destination) =>
        throw new InvalidOperationException($"{name} is only listed.");

    public void Dispose()
    {
    }
}
