using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>Writes numbers into JSON with 17 digits, so that every double is read back as it was.</summary>
internal static class JsonNumbers
{
    public static void WriteArray(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values) Write(json, value);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, double value) => json.WriteRawValue(value.ToString("G17", CultureInfo.InvariantCulture));
}
