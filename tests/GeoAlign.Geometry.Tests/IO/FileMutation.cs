using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

/// <summary>Damages files as disks, editors and attackers do; the same generator state gives the same damage.</summary>
internal static class FileMutation
{
    private static readonly byte[][] Tokens =
    [
        .. new[] { "nan", "NaN", "-inf", "Infinity", "1e999", "-1e-999", "99999999999999999999", "-1", "0", "-0", "1e100", "2e100", "1e308", ".", "-", "e5", "0x10", "1,5", "#", "\"", "\\u0000", "\\ud800", "[", "]", "{", "}", ",", ":", "] [", "null", "true", "\n", "\r\n", "\n\n", "\0", "\t", "\uFEFF", "ü", "'", "(", ")", "<f4", "|O", "PK" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80],
    ];

    private static readonly ulong[] Sizes = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, long.MaxValue, ulong.MaxValue];

    /// <summary>A copy with one to six random damages; <paramref name="other"/> lends pieces.</summary>
    public static byte[] Of(Random random, byte[] file, byte[] other)
    {
        List<byte> bytes = [.. file];
        for (int n = 1 + random.Next(random.Next(1, 6)); n > 0; n--) Damage(random, bytes, other);
        return [.. bytes];
    }

    private static void Damage(Random random, List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 1 << random.Next(1, 9)), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 6:
                byte[] token = Tokens[random.Next(Tokens.Length)];
                bytes.RemoveRange(at, Math.Min(token.Length, bytes.Count - at));
                bytes.InsertRange(at, token);
                break;
            case 7 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + random.Next(64))]);
                break;
            case 8:
                byte[] size = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(size, Sizes[random.Next(Sizes.Length)]);
                int width = 1 << random.Next(4);
                for (int i = 0; i < width && at + i < bytes.Count; i++) bytes[at + i] = size[i];
                break;
            default:
                ReplaceNumber(random, bytes, at);
                break;
        }
    }

    /// <summary>Replaces the run of digits at or after a place, or moves it to another place.</summary>
    private static void ReplaceNumber(Random random, List<byte> bytes, int at)
    {
        while (at < bytes.Count && bytes[at] is < (byte)'0' or > (byte)'9') at++;
        int end = at;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'e' or (byte)'-') end++;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Tokens[random.Next(18)]);
    }
}
