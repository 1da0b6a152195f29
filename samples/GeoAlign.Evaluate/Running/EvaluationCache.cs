using System.Text.Json;

namespace GeoAlign.Evaluate;

/// <summary>Things that are slow to compute, in files named after everything they depend on. A file is never changed, only added.</summary>
/// <param name="root">Folder of the cache.</param>
internal sealed class EvaluationCache(string root)
{
    /// <summary>Folder of the cache.</summary>
    public string Root { get; } = root;

    /// <summary>Hashes of the files in use.</summary>
    public ContentHashes Hashes { get; } = ContentHashes.Open(Path.Combine(root, "hashes.json"));

    /// <summary>Reads an entry, or makes and keeps it. What <paramref name="make"/> throws is not kept.</summary>
    /// <param name="kind">Folder of entries of one type.</param>
    /// <param name="address">Text that names all the entry depends on: content hashes, identities of networks, settings.</param>
    /// <param name="make">Computes it.</param>
    public async Task<T> GetAsync<T>(string kind, string address, Func<Task<T>> make)
        where T : class
    {
        if (TryRead<T>(kind, address) is { } entry) return entry;
        T made = await make();
        WholeFile.Write(PathOf(kind, address), JsonSerializer.SerializeToUtf8Bytes(made, EvaluationJson.Compact));
        return made;
    }

    /// <summary>Reads an entry; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public T? TryRead<T>(string kind, string address)
        where T : class
    {
        string path = PathOf(kind, address);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), EvaluationJson.Compact);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: not an entry of this cache ({e.Message}) Delete it to have it computed again.", e);
        }
    }

    /// <summary>File of an entry.</summary>
    public string PathOf(string kind, string address) => Path.Combine(Root, kind, ContentHash.OfText(address)[..40] + ".json");
}
