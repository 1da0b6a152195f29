using System.Globalization;
using System.Xml;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Numbers and words as a plot writes them.</summary>
internal static class SvgText
{
    /// <summary>A position in hundredths of a pixel, without minus zero.</summary>
    public static string At(double pixels) => (Math.Round(pixels, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A number on an axis with the digits its step needs.</summary>
    public static string Mark(double value, double step)
    {
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 9);
        return NumberText.Of(Math.Round(value, decimals) + 0.0, decimals == 0 ? "0" : "0." + new string('0', decimals));
    }

    /// <summary>A measured number with three significant digits.</summary>
    public static string Figure(double value) => NumberText.Of(value, NumberText.FormatFor([value]));

    /// <summary>Words that XML can hold and that fit a line: characters it forbids become �, the middle of long ones is left out.</summary>
    public static string Words(string text, int longest)
    {
        string legal = string.Concat(text.EnumerateRunes().Select(rune => rune.Value > 0xffff || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\ufffd"));
        if (legal.Length <= longest) return legal;
        int head = longest / 3, tail = longest - head - 1;
        if (char.IsHighSurrogate(legal[head - 1])) head--;
        if (char.IsLowSurrogate(legal[legal.Length - tail])) tail--;
        return legal[..head] + "…" + legal[^tail..];
    }
}
