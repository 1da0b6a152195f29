namespace GeoAlign.Models;

/// <summary>A checkpoint written by PyTorch (<c>.pth</c>, <c>.pt</c>, <c>.ckpt</c>): its tensors, by name, and nothing else.</summary>
/// <remarks>
/// Such files are Python pickles, which in Python can run any program. Here nothing is run: tensors are rebuilt from dictionaries, lists,
/// plain values and the few names that describe tensors, and any other name is refused with its name. Views (transposed, sliced,
/// sharing a storage) read as the tensors they are. Values are read from the file when they are asked for.
/// </remarks>
public sealed class PytorchFile : IWeightSource
{
    /// <summary>Longest description of the tensors accepted (ours): room for 100,000 tensors.</summary>
    internal const int LongestPickleBytes = 16_000_000;

    private readonly WeightBytes _bytes;
    private readonly Dictionary<string, StridedView> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);

    private PytorchFile(WeightBytes bytes)
    {
        _bytes = bytes;
        (object? root, IStorages storages) = bytes.Head(4) switch
        {
            byte[] head when ZippedCheckpoint.IsAt(head) => ZippedCheckpoint.Read(bytes),
            byte[] head when LegacyCheckpoint.IsAt(head) => LegacyCheckpoint.Read(bytes),
            _ => throw new WeightFormatException(bytes.Path, null, "neither a zip archive nor a pickle: not a PyTorch checkpoint"),
        };

        foreach ((string name, PickledTensor tensor) in StateDictionary.Of(bytes.Path, root))
        {
            StridedView view = StridedView.Create(bytes, name, tensor, storages.Find(tensor.Storage, name));
            _views.Add(name, view);
            _entries.Add(name, view.Entry);
        }
    }

    /// <inheritdoc/>
    public string Path => _bytes.Path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Opens a file of either layout (a zip archive, or the earlier sequence of pickles); tensors are read later.</summary>
    /// <remarks>
    /// The weights are the tensors of the dictionary in the file, or of the one it holds under <c>model_state</c>, <c>state_dict</c>,
    /// <c>model</c> or <c>module</c>. A prefix <c>module.</c>, <c>model.</c> or <c>_orig_mod.</c> that all names have is taken away.
    /// </remarks>
    /// <exception cref="WeightFormatException">The file breaks the format, or asks for more than tensors and plain values.</exception>
    public static PytorchFile Open(string path)
    {
        WeightBytes bytes = WeightBytes.Open(path);
        try
        {
            return new PytorchFile(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        this.Piece(name, byteOffset, destination.Length);
        _views[name].Read(byteOffset, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    /// <summary>Whether a file begins like one of PyTorch's, whatever it is called.</summary>
    internal static bool IsAt(ReadOnlySpan<byte> head) => ZippedCheckpoint.IsAt(head) || LegacyCheckpoint.IsAt(head);
}
