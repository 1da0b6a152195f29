using System.Runtime.InteropServices;

namespace GeoAlign.Sampling;

/// <summary>Arrays of numbers on disk by what they were computed from: latents, embeddings, features.</summary>
/// <remarks>
/// A file is written under a temporary name and renamed; it carries its key and a checksum, which are compared at every read. A damaged file is
/// never trusted: it is thrown away with a message and computed again. Safe to use from several threads and processes.
/// </remarks>
/// <param name="options">Folder and limits.</param>
public sealed class ArrayCache(CacheOptions options)
{
    private readonly CacheFolder _folder = new(options);

    /// <summary>The array of a key; null when there is none, or only a damaged one.</summary>
    public CachedArray? Find(CacheKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_folder.Read(key) is not { } file) return null;
        if (CacheFile.TryDecode(file, key, CacheFile.Float32, out int[] shape, out ReadOnlySpan<byte> numbers) is { } problem)
        {
            _folder.Drop(key, problem);
            return null;
        }

        return new CachedArray(shape, MemoryMarshal.Cast<byte, float>(numbers).ToArray());
    }

    /// <summary>Stores an array; one already there is replaced.</summary>
    public void Store(CacheKey key, CachedArray array)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(array);
        _folder.Write(key, CacheFile.Encode(key, CacheFile.Float32, array.Shape, MemoryMarshal.AsBytes(array.Values.Span)));
    }

    /// <summary>The array of a key, computed and stored where it is not there.</summary>
    public async Task<CachedArray> GetOrComputeAsync(CacheKey key, Func<CancellationToken, Task<CachedArray>> compute, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compute);
        if (Find(key) is { } found) return found;
        CachedArray computed = await compute(cancellationToken).ConfigureAwait(false);
        Store(key, computed);
        return computed;
    }
}
