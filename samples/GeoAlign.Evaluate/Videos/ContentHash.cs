using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>SHA-256 of what a file or a folder of frames holds, as hexadecimal text.</summary>
internal static class ContentHash
{
    /// <summary>Of a file: its bytes. Of a folder: names, lengths and bytes of its files in natural order.</summary>
    public static string Of(string path)
    {
        if (!Directory.Exists(path))
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[8];
        foreach (string file in Directory.EnumerateFiles(path).OrderBy(f => f, NaturalOrder.Instance))
        {
            byte[] bytes = File.ReadAllBytes(file);
            BinaryPrimitives.WriteInt64LittleEndian(length, bytes.LongLength);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a text.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
