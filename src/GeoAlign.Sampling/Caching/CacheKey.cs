using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Sampling;

/// <summary>What a cached result was computed from: named parts in order, and their hash. Equal parts give equal keys on every machine.</summary>
public sealed class CacheKey
{
    private CacheKey(string description, string hash) => (Description, Hash) = (description, hash);

    /// <summary>The parts as text, one "name=value" a line; stored with the result and compared when it is read.</summary>
    public string Description { get; }

    /// <summary>SHA-256 of the description, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>A key of named parts, such as ("kind", "vae-latents"), ("clip", hash), ("model", hash).</summary>
    /// <exception cref="ArgumentException">No part, an empty or repeated name, or a name or value with a line break.</exception>
    public static CacheKey Of(params ReadOnlySpan<(string Name, string Value)> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("A cache key needs at least one part.", nameof(parts));
        StringBuilder text = new();
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, string value) in parts)
        {
            if (string.IsNullOrEmpty(name) || name.AsSpan().IndexOfAny('=', '\n') >= 0 || value is null || value.Contains('\n', StringComparison.Ordinal) || !names.Add(name))
                throw new ArgumentException($"The part '{name}' = '{value}' of a cache key is empty, repeated, or holds a line break.", nameof(parts));
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        string description = text.ToString();
        return new(description, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description))));
    }

    /// <inheritdoc/>
    public override string ToString() => Description.TrimEnd('\n').Replace('\n', ' ');
}
