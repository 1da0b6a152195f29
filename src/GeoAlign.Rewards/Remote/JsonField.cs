using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeoAlign.Rewards;

/// <summary>Fields of a protocol message: read with a message that names the field and what it should be.</summary>
internal static class JsonField
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            throw new ScorerProtocolException($"{what} is not JSON: {e.Message}", e);
        }
    }

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static JsonElement Of(JsonElement parent, string name, JsonValueKind kind)
    {
        if (parent.ValueKind != JsonValueKind.Object) throw new ScorerProtocolException($"{name}: stands in a {parent.ValueKind}, expected an object.");
        if (!parent.TryGetProperty(name, out JsonElement value)) throw new ScorerProtocolException($"{name}: is missing.");
        return value.ValueKind == kind ? value : throw new ScorerProtocolException($"{name}: is a {value.ValueKind}, expected a {kind}.");
    }

    /// <summary>A field that may be absent or null.</summary>
    public static JsonElement? Optional(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Of(parent, name, kind) : null;

    /// <summary>Text of 1 to <paramref name="maxCharacters"/> characters.</summary>
    public static string Text(JsonElement parent, string name, int maxCharacters) => TextValue(Of(parent, name, JsonValueKind.String), name, maxCharacters);

    /// <summary>A value that must be text of 1 to <paramref name="maxCharacters"/> characters.</summary>
    public static string TextValue(JsonElement value, string name, int maxCharacters)
    {
        if (value.ValueKind != JsonValueKind.String) throw new ScorerProtocolException($"{name}: is a {value.ValueKind}, expected text.");
        string text = Unicode(value) ?? throw new ScorerProtocolException($"{name}: is no valid Unicode text.");
        return text.Length >= 1 && text.Length <= maxCharacters ? text : throw new ScorerProtocolException($"{name}: has {text.Length} characters, expected 1 to {maxCharacters}.");
    }

    public static int Count(JsonElement parent, string name, int max)
    {
        JsonElement value = Of(parent, name, JsonValueKind.Number);
        return value.TryGetInt32(out int count) && count >= 1 && count <= max ? count : throw new ScorerProtocolException($"{name}: is {value.GetRawText()}, expected a whole number from 1 to {max}.");
    }

    public static double Finite(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Number) throw new ScorerProtocolException($"{name}: is a {value.ValueKind}, expected a number.");
        return value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw new ScorerProtocolException(string.Create(CultureInfo.InvariantCulture, $"{name}: is {value.GetRawText()}, expected a finite number."));
    }

    public static double[] FiniteNumbers(JsonElement array, string name, int count)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != count) throw new ScorerProtocolException($"{name}: expected a list of {count} numbers.");
        return [.. array.EnumerateArray().Select(e => Finite(e, name))];
    }

    public static void RequireVersion(JsonElement root)
    {
        string version = Text(root, "protocol", 100);
        if (version != ScorerProtocol.Version) throw new ScorerProtocolException($"protocol: is '{version}', expected '{ScorerProtocol.Version}'.");
    }

    /// <summary>A remark in a message, on one line; null when it is not text or empty.</summary>
    public static string? Remark(JsonElement value) => value.ValueKind == JsonValueKind.String && Unicode(value) is { } text && Line(text) is { Length: > 0 } line ? line : null;

    /// <summary>Foreign text for a report: one line, not too long.</summary>
    public static string Line(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= ScorerProtocol.MaxTextCharacters ? line : line[..ScorerProtocol.MaxTextCharacters] + "…";
    }

    // Half a surrogate pair can be written in JSON and is not text.
    private static string? Unicode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
