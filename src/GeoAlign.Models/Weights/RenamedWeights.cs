namespace GeoAlign.Models;

/// <summary>A weight source whose tensors appear under other names. Messages still say what they are called in the file.</summary>
public sealed class RenamedWeights : IWeightSource
{
    private readonly IWeightSource _source;
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _innerNames = new(StringComparer.Ordinal);

    /// <summary>Shows a source under other names.</summary>
    /// <param name="source">Where the tensors are; it is disposed with this view.</param>
    /// <param name="rename">New name of each tensor; the same one to leave it.</param>
    /// <exception cref="WeightFormatException">Two tensors would have one name.</exception>
    public RenamedWeights(IWeightSource source, Func<string, string> rename) : this(source, rename, hasAliases: false)
    {
    }

    /// <summary>Shows a source in which one tensor may be stored under several names, of which each is shown once.</summary>
    /// <param name="source">Where the tensors are; it is disposed with this view.</param>
    /// <param name="rename">New name of each tensor, the same for all aliases of one.</param>
    /// <param name="hasAliases">
    /// Whether tensors of one shape may come to have one name: they are taken for one tensor, and read where it has that name in the file,
    /// else where it comes first.
    /// </param>
    /// <exception cref="WeightFormatException">Two tensors would have one name, and aliases are not allowed or their shapes differ.</exception>
    internal RenamedWeights(IWeightSource source, Func<string, string> rename, bool hasAliases)
    {
        _source = source;
        foreach ((string inner, WeightEntry entry) in source.Entries)
        {
            string name = rename(inner);
            if (_entries.TryGetValue(name, out WeightEntry? other))
            {
                string known = _innerNames[name];
                if (!hasAliases) throw new WeightFormatException(source.Path, inner, $"as '{name}' it would have the name of '{known}'");
                if (!other.Shape.SequenceEqual(entry.Shape))
                    throw new WeightFormatException(source.Path, inner, $"shape {WeightEntry.Format(entry.Shape)}, but its alias '{known}' has {WeightEntry.Format(other.Shape)}");
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

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
