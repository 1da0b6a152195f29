using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>A small JSON file of settings, read with messages that name the file and the setting.</summary>
internal sealed class JsonSettings : IDisposable
{
    private const long LongestBytes = 10_000_000;

    private readonly string _path;
    private readonly JsonDocument _document;

    private JsonSettings(string path, JsonDocument document) => (_path, _document) = (path, document);

    /// <summary>The object in the file.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightFormatException">It is too long, no JSON or no object.</exception>
    public static JsonSettings Open(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LongestBytes) throw new WeightFormatException(path, null, $"{length} bytes, expected at most {LongestBytes}");
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new JsonSettings(path, document);
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw new WeightFormatException(path, null, $"expected JSON ({e.Message})", e);
        }

        throw new WeightFormatException(path, null, "expected a JSON object");
    }

    /// <summary>An object inside another; null if it is not there or null.</summary>
    public JsonElement? Section(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement section) || section.ValueKind == JsonValueKind.Null) return null;
        return section.ValueKind == JsonValueKind.Object ? section : throw Wrong(name, section, "an object");
    }

    /// <summary>A number; null if it is not there or null.</summary>
    public double? Number(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, value, "a finite number");
    }

    /// <summary>A number that has to be there.</summary>
    public double Required(JsonElement parent, string name) =>
        Number(parent, name) ?? throw new WeightFormatException(_path, null, $"no '{name}', expected a number");

    /// <summary>A whole number; null if it is not there or null.</summary>
    public int? Whole(JsonElement parent, string name)
    {
        if (Number(parent, name) is not double number) return null;
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : throw Wrong(name, parent.GetProperty(name), "a whole number");
    }

    /// <summary>A whole number that has to be there.</summary>
    public int RequiredWhole(JsonElement parent, string name) =>
        Whole(parent, name) ?? throw new WeightFormatException(_path, null, $"no '{name}', expected a whole number");

    /// <summary>True or false; false if it is not there or null.</summary>
    public bool Flag(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");
    }

    /// <summary>An exception that names the file.</summary>
    public WeightFormatException Refused(string problem) => new(_path, null, problem);

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private WeightFormatException Wrong(string name, JsonElement found, string expected) =>
        new(_path, null, $"'{name}' is {found.GetRawText()}, expected {expected}");
}
