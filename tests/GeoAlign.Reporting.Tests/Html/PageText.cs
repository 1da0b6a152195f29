using System.Text.Json;
using System.Text.RegularExpressions;

namespace GeoAlign.Reporting.Tests.Html;

/// <summary>Pages as the tests read them.</summary>
internal static partial class PageText
{
    /// <summary>The page of a report with these blocks only.</summary>
    public static Task<string> Of(params ReportBlock[] blocks) => new Report { Title = "A report", Sections = [new("Part", blocks)] }.ToHtmlAsync();

    /// <summary>What the page embeds for its scripts, in order.</summary>
    public static JsonElement[] Data(string html) =>
        [.. DataBlock().Matches(html).Select(m => JsonDocument.Parse(m.Groups[1].Value).RootElement)];

    /// <summary>Numbers of an array; a missing one is NaN.</summary>
    public static double[] Numbers(this JsonElement array) =>
        [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    // As a browser finds it: the element ends at the first "</script", whatever surrounds it.
    [GeneratedRegex("<script type=\"application/json\">(.*?)</script", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex DataBlock();
}
