using System.Buffers.Binary;
using System.Globalization;
using System.Text.Unicode;

namespace GeoAlign.Models;

/// <summary>The replacements of characters that a SentencePiece file carries, NFKC and more: longest match first.</summary>
/// <remarks>
/// <para>
/// Stored as the length of a trie, the trie (a double array in the units of Darts-clone, 32 bits each) and the replacements, each ended by a
/// zero byte. A unit holds a label in bits 0 to 7, an offset in bits 10 to 30 (shifted by 8 more where bit 9 is set) and, in bit 8, whether a
/// match ends here; the value of a match is a unit of its own with bit 31 set.
/// </para>
/// <para>
/// Every unit and replacement is checked once when the file is read, so that a walk cannot leave the array: an array is a whole number of
/// blocks of 256 units, and a step by a byte stays inside the block that an offset leads to.
/// </para>
/// </remarks>
internal sealed class CharacterMap
{
    private const int BlockUnits = 256;

    /// <summary>The longest replacement of NFKC has 33 bytes (U+FDFA). The bound keeps a normalised text in proportion to its source.</summary>
    private const int MostReplacementBytes = 256;

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    private CharacterMap(uint[] units, byte[] replacements) => (_units, _replacements) = (units, replacements);

    /// <summary>Reads and checks a compiled map.</summary>
    /// <exception cref="TokenizerFormatException">The map is broken.</exception>
    public static CharacterMap Parse(string path, ReadOnlySpan<byte> compiled)
    {
        uint trieBytes = compiled.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(compiled) : 0;
        if (trieBytes == 0 || trieBytes % (BlockUnits * sizeof(uint)) != 0 || trieBytes > compiled.Length - sizeof(uint))
            throw Problem(path, $"{compiled.Length} bytes with a trie of {trieBytes}, expected a multiple of {BlockUnits * sizeof(uint)}");

        uint[] units = new uint[trieBytes / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(compiled[(sizeof(uint) * (i + 1))..]);
        CharacterMap map = new(units, compiled[(sizeof(uint) + (int)trieBytes)..].ToArray());
        map.Check(path);
        return map;
    }

    /// <summary>What the start of a text is replaced by.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="matched">Bytes that are replaced; 0 if the text does not start with anything in the map.</param>
    public ReadOnlySpan<byte> Match(ReadOnlySpan<byte> text, out int matched)
    {
        uint[] units = _units;
        uint value = 0, position = Offset(units[0]);
        matched = 0;
        for (int i = 0; i < text.Length; i++)
        {
            position ^= text[i];
            uint unit = units[position];
            if (Label(unit) != text[i]) break;
            position ^= Offset(unit);
            if (EndsMatch(unit)) (value, matched) = (Value(units[position]), i + 1);
        }

        return matched == 0 ? default : Replacement(value);
    }

    // Units that are not in use have offset 0 and pass; a value unit has no offset.
    private void Check(string path)
    {
        for (uint i = 0; i < _units.Length; i++)
        {
            uint unit = _units[i];
            if (IsValue(unit)) continue;
            uint target = i ^ Offset(unit);
            if (target >= _units.Length) throw Problem(path, $"unit {i} leads to unit {target} of {_units.Length}");
            if (EndsMatch(unit)) CheckReplacement(path, Value(_units[target]));
        }
    }

    private void CheckReplacement(string path, uint offset)
    {
        if (offset >= _replacements.Length)
            throw Problem(path, $"a replacement starts at byte {offset}, expected at most {_replacements.Length - 1}");
        ReadOnlySpan<byte> rest = _replacements.AsSpan((int)offset);
        int length = rest[..Math.Min(rest.Length, MostReplacementBytes + 1)].IndexOf((byte)0);
        if (length < 0) throw Problem(path, $"the replacement at byte {offset} does not end within {MostReplacementBytes} bytes");
        if (!Utf8.IsValid(rest[..length])) throw Problem(path, $"the replacement at byte {offset} is not UTF-8");
    }

    private ReadOnlySpan<byte> Replacement(uint offset)
    {
        ReadOnlySpan<byte> rest = _replacements.AsSpan((int)offset);
        return rest[..rest.IndexOf((byte)0)];
    }

    private static bool IsValue(uint unit) => unit >> 31 != 0;

    private static bool EndsMatch(uint unit) => (unit >> 8 & 1) != 0;

    private static uint Value(uint unit) => unit & 0x7FFFFFFF;

    // A value unit keeps bit 31 and so equals no byte.
    private static uint Label(uint unit) => unit & 0x800000FF;

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);

    private static TokenizerFormatException Problem(string path, FormattableString problem) =>
        new(path, "character map: " + problem.ToString(CultureInfo.InvariantCulture));
}
