namespace GeoAlign.Models;

/// <summary>
/// A weight source in which several names may mean one tensor: each appears once, under the common name. The source stays its owner's.
/// </summary>
internal sealed class AliasedWeights : IWeightSource
{
    private readonly IWeightSource _source;
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _innerNames = new(StringComparer.Ordinal);

    /// <summary>Shows a source under common names.</summary>
    /// <param name="source">Where the tensors are.</param>
    /// <param name="commonName">The name that all aliases of a tensor share.</param>
    /// <exception cref="WeightFormatException">Two aliases have tensors of unlike shapes.</exception>
    public AliasedWeights(IWeightSource source, Func<string, string> commonName)
    {
        _source = source;
        foreach ((string inner, WeightEntry entry) in source.Entries)
        {
            string name = commonName(inner);
            if (_entries.TryGetValue(name, out WeightEntry? other))
            {
                if (!other.Shape.SequenceEqual(entry.Shape))
                    throw new WeightFormatException(source.Path, inner, $"shape {WeightEntry.Format(entry.Shape)}, but its alias '{_innerNames[name]}' has {WeightEntry.Format(other.Shape)}");
                if (inner != name) continue;
            }

            _entries[name] = name == inner ? entry : entry with { Name = name, StoredName = entry.StoredName ?? inner };
            _innerNames[name] = inner;
        }
    }

    /// <inheritdoc/>
    public string Path => _source.Path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _source.Metadata;

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        this.Piece(name, byteOffset, destination.Length);
        _source.ReadBytes(_innerNames[name], byteOffset, destination);
    }

    /// <summary>Does nothing: the source is its owner's.</summary>
    public void Dispose()
    {
    }
}
