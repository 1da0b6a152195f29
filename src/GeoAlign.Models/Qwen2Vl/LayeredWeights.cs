namespace GeoAlign.Models;

/// <summary>Several sources as one: a tensor of an earlier source hides those of its name in later ones.</summary>
internal sealed class LayeredWeights : IWeightSource
{
    private readonly IReadOnlyList<IWeightSource> _layers;
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IWeightSource> _sourceOf = new(StringComparer.Ordinal);

    /// <summary>Lays sources over one another, the first on top; they are disposed with this view.</summary>
    public LayeredWeights(IReadOnlyList<IWeightSource> layers)
    {
        _layers = layers;
        foreach (IWeightSource layer in layers)
        {
            foreach ((string name, WeightEntry entry) in layer.Entries)
            {
                if (!_sourceOf.TryAdd(name, layer)) continue;
                _entries.Add(name, entry with { File = entry.File ?? layer.Path });
            }
        }
    }

    /// <inheritdoc/>
    public string Path => string.Join(", ", _layers.Select(layer => layer.Path));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _layers[0].Metadata;

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        this.Entry(name);
        _sourceOf[name].ReadBytes(name, byteOffset, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IWeightSource layer in _layers) layer.Dispose();
    }
}
