using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Sampling;

/// <summary>The bytes of one cached result.</summary>
/// <remarks>
/// Little-endian: "GACACHE1"; type of the numbers (4 bytes: 1 float32, 2 float64); number of axes; sizes; length and UTF-8 bytes of the key's
/// description; the numbers; SHA-256 of everything before it.
/// </remarks>
internal static class CacheFile
{
    private const int HashBytes = 32;

    public const int Float32 = 1, Float64 = 2;

    private static ReadOnlySpan<byte> Magic => "GACACHE1"u8;

    public static byte[] Encode(CacheKey key, int type, IReadOnlyList<int> shape, ReadOnlySpan<byte> numbers)
    {
        byte[] description = Encoding.UTF8.GetBytes(key.Description);
        byte[] file = new byte[checked(Magic.Length + 12 + 4 * shape.Count + description.Length + numbers.Length + HashBytes)];
        Span<byte> rest = file;
        Magic.CopyTo(rest);
        rest = rest[Magic.Length..];
        Put(ref rest, type);
        Put(ref rest, shape.Count);
        foreach (int size in shape) Put(ref rest, size);
        Put(ref rest, description.Length);
        description.CopyTo(rest);
        numbers.CopyTo(rest[description.Length..]);
        SHA256.HashData(file.AsSpan(0, file.Length - HashBytes), file.AsSpan(file.Length - HashBytes));
        return file;
    }

    /// <summary>Takes a file apart; the problem when it is damaged or another key's.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> file, CacheKey key, int type, out int[] shape, out ReadOnlySpan<byte> numbers)
    {
        shape = [];
        numbers = default;
        if (file.Length < Magic.Length + 12 + HashBytes || !file.StartsWith(Magic)) return "it is cut off or no cache file";
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(file[..^HashBytes], hash);
        if (!hash.SequenceEqual(file[^HashBytes..])) return "its checksum does not fit";

        ReadOnlySpan<byte> rest = file[Magic.Length..^HashBytes];
        int found = Take(ref rest), axes = Take(ref rest);
        if (found != type) return $"it holds numbers of type {found}, expected {type}";
        if (axes < 0 || rest.Length < 4L * axes + 4) return "its header does not fit its length";
        shape = new int[axes];
        long count = 1;
        for (int i = 0; i < axes; i++) count *= shape[i] = Take(ref rest);
        int descriptionLength = Take(ref rest);
        if (descriptionLength < 0 || rest.Length != descriptionLength + count * (type == Float32 ? 4 : 8)) return "its header does not fit its length";
        if (Encoding.UTF8.GetString(rest[..descriptionLength]) != key.Description) return "it belongs to another key";
        numbers = rest[descriptionLength..];
        return null;
    }

    private static void Put(ref Span<byte> rest, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, value);
        rest = rest[4..];
    }

    private static int Take(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }
}
