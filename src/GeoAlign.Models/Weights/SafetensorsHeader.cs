using System.Collections.Immutable;
using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>Parses the JSON header of a safetensors file that may come from anywhere: every number in it is checked before use.</summary>
/// <remarks>
/// Format: uint64 header length, JSON <c>name → { dtype, shape, data_offsets }</c> with an optional <c>__metadata__</c> of texts,
/// then the data. Offsets count from the end of the header. As in the format's reference implementation the tensors
/// must fill the data exactly: no overlap, no hole, nothing left over.
/// </remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>Longest header accepted: the limit of the format's reference implementation.</summary>
    public const long LongestHeaderBytes = 100_000_000;

    /// <summary>The header nests three levels: file, tensor, shape.</summary>
    private const int DeepestNesting = 3;

    /// <summary>Highest number of axes accepted (ours: networks use at most 6).</summary>
    public const int MostAxes = 16;

    private const string MetadataKey = "__metadata__";

    private readonly string _path;
    private readonly long _dataLength;
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _begins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string path, long dataLength) => (_path, _dataLength) = (path, dataLength);

    /// <summary>All tensors, by name.</summary>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <summary>First byte of each tensor, from the end of the header.</summary>
    public IReadOnlyDictionary<string, long> Begins => _begins;

    /// <summary>The writer's own texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Parses a header.</summary>
    /// <param name="path">Named in errors.</param>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">Bytes of the file behind the header.</param>
    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json, long dataLength)
    {
        SafetensorsHeader header = new(path, dataLength);
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
            header.ReadFile(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)      // the second: text that is no valid UTF-8 or UTF-16
        {
            throw new WeightFormatException(path, null, $"the header is not valid JSON ({e.Message})", e);
        }

        header.CheckThatTensorsFillTheData();
        return header;
    }

    private void ReadFile(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Broken(null, "the header is not a JSON object");
        bool metadataSeen = false;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            if (name != MetadataKey) ReadTensor(ref reader, name);
            else if (metadataSeen) throw Broken(null, $"{MetadataKey} appears twice");
            else
            {
                metadataSeen = true;
                ReadMetadata(ref reader);
            }
        }

        if (reader.Read()) throw Broken(null, "the header goes on after its JSON object");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) != JsonTokenType.StartObject) throw Broken(null, $"{MetadataKey} is not an object");
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            if (Next(ref reader) != JsonTokenType.String) throw Broken(null, $"{MetadataKey} holds something else than texts");
            if (!_metadata.TryAdd(key, reader.GetString()!)) throw Broken(null, $"{MetadataKey} has a key twice");
        }
    }

    private void ReadTensor(ref Utf8JsonReader reader, string name)
    {
        if (Next(ref reader) != JsonTokenType.StartObject) throw Broken(name, "its entry is not an object");
        string? code = null;
        ImmutableArray<long> shape = default, offsets = default;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string field = reader.GetString()!;
            switch (field)
            {
                case "dtype" when code is null:
                    code = Next(ref reader) == JsonTokenType.String ? reader.GetString() : throw Broken(name, "dtype is not a text");
                    break;
                case "shape" when shape.IsDefault:
                    shape = ReadNumbers(ref reader, name, field, MostAxes);
                    break;
                case "data_offsets" when offsets.IsDefault:
                    offsets = ReadNumbers(ref reader, name, field, 2);
                    break;
                default:
                    bool known = field is "dtype" or "shape" or "data_offsets";
                    throw Broken(name, known ? $"{field} appears twice" : "it has a field besides dtype, shape and data_offsets");
            }
        }

        if (code is null || shape.IsDefault || offsets.IsDefault) throw Broken(name, "it lacks one of dtype, shape, data_offsets");
        Add(name, code, shape, offsets);
    }

    private ImmutableArray<long> ReadNumbers(ref Utf8JsonReader reader, string name, string field, int most)
    {
        if (Next(ref reader) != JsonTokenType.StartArray) throw Broken(name, $"{field} is not an array");
        ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (numbers.Count == most) throw Broken(name, $"{field} has more than {most} numbers");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Broken(name, $"{field} holds something else than whole numbers from 0 to 2⁶³−1");
            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    private void Add(string name, string code, ImmutableArray<long> shape, ImmutableArray<long> offsets)
    {
        if (!WeightTypes.TryParseSafetensorsCode(code, out WeightType type))
            throw Broken(
                name, $"element type '{(code.Length <= 20 ? code : code[..20])}' is not one of F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL");
        if (offsets.Length != 2) throw Broken(name, $"data_offsets has {offsets.Length} numbers, expected 2");

        (long begin, long end) = (offsets[0], offsets[1]);
        if (begin > end || end > _dataLength)
            throw Broken(name, $"data_offsets [{begin}, {end}] do not lie in the {_dataLength} bytes of data");

        long elements = ElementCount(name, shape);
        Int128 bytes = (Int128)elements * type.SizeInBytes();
        if (bytes != end - begin)
            throw Broken(name, $"{code} {WeightEntry.Format(shape)} takes {bytes} bytes, data_offsets [{begin}, {end}] give {end - begin}");
        if (!_entries.TryAdd(name, new WeightEntry(name, type, shape, elements))) throw Broken(name, "the name appears twice");
        _begins.Add(name, begin);
    }

    private long ElementCount(string name, ImmutableArray<long> shape)
    {
        Int128 count = 1;
        foreach (long size in shape)
        {
            count *= size;
            if (count > long.MaxValue) throw Broken(name, $"shape {WeightEntry.Format(shape)} has more elements than 2⁶³−1");
        }

        return (long)count;
    }

    private void CheckThatTensorsFillTheData()
    {
        long filled = 0;
        foreach (WeightEntry entry in _entries.Values.OrderBy(e => _begins[e.Name]).ThenBy(e => e.ByteLength))
        {
            long begin = _begins[entry.Name];
            if (begin < filled) throw Broken(entry.Name, $"it begins at byte {begin}, inside another tensor that ends at {filled}");
            if (begin > filled) throw Broken(entry.Name, $"it begins at byte {begin}, expected {filled}: a hole before it");
            filled += entry.ByteLength;
        }

        if (filled != _dataLength) throw Broken(null, $"the tensors take {filled} bytes, the file holds {_dataLength} behind its header");
    }

    private JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw Broken(null, "the header ends in the middle");

    private WeightFormatException Broken(string? tensor, string problem) => new(_path, tensor, problem);
}
