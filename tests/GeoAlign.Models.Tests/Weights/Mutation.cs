using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Models.Tests;

/// <summary>Small damage to a file: what accidents and attackers do.</summary>
internal static class Mutation
{
    public static readonly byte[][] JsonPieces = Pieces(
        "0", "-1", "1e9", "9223372036854775807", "9223372036854775808", "18446744073709551616", "null", "true", "\"\"", "[]", "{}",
        "[[[[[[[[", "{\"a\":", ",", ":", "\"", "\\", "\\ud800", "\"dtype\":", "\"shape\":", "\"data_offsets\":",
        "\"__metadata__\":{\"k\":\"v\"},", "\"weight_map\":", "F32", "I64", " ", "\0", "../", "/", "\u00ff");

    public static readonly byte[][] PicklePieces = Pieces(
        ")", "]", "}", "(", "t", "u", "e", "a", "s", "R", "Q", "b", "N", ".", "h\0", "q\0", "r\0\0\0\u007f", "\u0085", "\u0086", "\u0087",
        "\u0088", "X\u00ff\u00ff\u00ff\u00ff", "X\u0005\0\0\0model", "J\u00ff\u00ff\u00ff\u007f", "J\u00ff\u00ff\u00ff\u00ff", "\u008a\0",
        "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "\u008a\u00ff", "cos\nsystem\n", "ctorch\nLongStorage\n",
        "ccollections\nOrderedDict\n", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007");

    private static readonly long[] Numbers =
    [
        0, 1, -1, 7, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, int.MaxValue, uint.MaxValue, 1L << 32, 1L << 50,
        long.MaxValue - 7, long.MaxValue, long.MinValue,
    ];

    /// <summary>A copy with one change: a flipped bit, a piece cut, doubled, moved or put in, another number, a cut end.</summary>
    public static byte[] Apply(byte[] bytes, Random random, byte[][] pieces)
    {
        if (bytes.Length == 0) return pieces[random.Next(pieces.Length)];
        int at = random.Next(bytes.Length);
        int length = random.Next(1, 1 + Math.Min(30, bytes.Length - at));
        byte[] changed = [.. bytes];
        switch (random.Next(9))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. pieces[random.Next(pieces.Length)], .. bytes[at..]];
            case 4:
                int digit = Array.FindIndex(changed, at, b => b is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0) changed[digit] = (byte)('0' + random.Next(10));
                return changed;
            case 5:
                bytes.AsSpan(at, length).CopyTo(changed.AsSpan(random.Next(bytes.Length - length + 1)));
                return changed;
            case 6:
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
                number[..Math.Min(1 << random.Next(4), bytes.Length - at)].CopyTo(changed.AsSpan(at));
                return changed;
            case 7:
                byte[] piece = pieces[random.Next(pieces.Length)];
                piece.AsSpan(0, Math.Min(piece.Length, bytes.Length - at)).CopyTo(changed.AsSpan(at));
                return changed;
            default:
                return random.Next(4) == 0 ? bytes[..at] : [.. bytes[..^Math.Min(bytes.Length, length)]];
        }
    }

    private static byte[][] Pieces(params string[] pieces) => [.. pieces.Select(Encoding.Latin1.GetBytes)];
}
