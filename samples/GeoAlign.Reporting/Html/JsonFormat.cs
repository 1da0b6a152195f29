using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GeoAlign.Reporting.Html;

/// <summary>How data is written for the page's scripts.</summary>
internal static class JsonFormat
{
    /// <summary>Letters of all languages as they are; &lt;, &gt;, &amp;, quotes and + as escapes.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A number with seven significant digits, far under what a picture can show; null where it is not finite.</summary>
    public static void Number(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture), skipInputValidation: true);
        else json.WriteNullValue();
    }

    /// <summary>A named number.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.Number(value);
    }

    /// <summary>A named array of numbers.</summary>
    public static void Numbers(this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) json.Number(value);
        json.WriteEndArray();
    }
}
