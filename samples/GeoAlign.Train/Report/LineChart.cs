using System.Globalization;
using System.Net;
using System.Text;

namespace GeoAlign.Train.Report;

/// <summary>A small line chart as inline SVG: one horizontal axis of iterations, one or more named series with gaps where a value is missing.</summary>
internal sealed class LineChart(string title, string unit)
{
    private const int Width = 420, Height = 220, Left = 62, Right = 12, Top = 16, Bottom = 34;
    private static readonly string[] Colours = ["#1f6feb", "#d1570b", "#1a7f37", "#8250df", "#bf3989"];

    private readonly List<(string Name, double?[] Values)> _series = [];

    /// <summary>Adds a series; element i belongs to iteration i + 1, as people count.</summary>
    public LineChart Add(string name, IEnumerable<double?> values)
    {
        _series.Add((name, [.. values.Select(v => v is { } x && double.IsFinite(x) ? v : null)]));
        return this;
    }

    /// <summary>The chart as an HTML figure.</summary>
    public string ToHtml()
    {
        double[] present = [.. _series.SelectMany(s => s.Values).OfType<double>()];
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)} <small>{WebUtility.HtmlEncode(unit)}</small></figcaption>");
        if (present.Length == 0) return html.Append("<p class=none>no values</p></figure>").ToString();

        double[] ticks = Ticks(present.Min(), present.Max());
        (double low, double high) = (ticks[0], ticks[^1]);
        int last = Math.Max(1, _series.Max(s => s.Values.Length) - 1);
        double X(int i) => Left + (double)i / last * (Width - Left - Right);
        double Y(double v) => Top + (high - v) / (high - low) * (Height - Top - Bottom);

        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=img aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        foreach (double tick in ticks)
            html.Append(CultureInfo.InvariantCulture, $"<line class=grid x1={Left} x2={Width - Right} y1={Y(tick):F1} y2={Y(tick):F1} /><text x={Left - 6} y={Y(tick) + 4:F1} text-anchor=end>{Label(tick)}</text>");
        for (int i = 0; i <= last; i += Math.Max(1, last / 6))
            html.Append(CultureInfo.InvariantCulture, $"<text x={X(i):F1} y={Height - 14} text-anchor=middle>{i + 1}</text>");
        for (int s = 0; s < _series.Count; s++) AppendSeries(html, _series[s].Values, Colours[s % Colours.Length], X, Y);
        html.Append("</svg><p class=legend>");
        if (_series.Count == 1 && _series[0].Name.Length == 0) return html.Append("</p></figure>").ToString();
        for (int s = 0; s < _series.Count; s++)
            html.Append(CultureInfo.InvariantCulture, $"<span><i style=\"background:{Colours[s % Colours.Length]}\"></i>{WebUtility.HtmlEncode(_series[s].Name)}</span>");
        return html.Append("</p></figure>").ToString();
    }

    private static void AppendSeries(StringBuilder html, double?[] values, string colour, Func<int, double> x, Func<double, double> y)
    {
        StringBuilder path = new();
        bool pen = false;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{x(i):F1} {y(value):F1}");
                html.Append(CultureInfo.InvariantCulture, $"<circle cx={x(i):F1} cy={y(value):F1} r=2 fill=\"{colour}\"><title>iteration {i + 1}: {value:G5}</title></circle>");
            }

            pen = values[i] is not null;
        }

        html.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=none stroke=\"{colour}\" stroke-width=1.6 />");
    }

    // Steps of 1, 2 or 5 times a power of ten that span the data; a constant gets room around it.
    private static double[] Ticks(double low, double high)
    {
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(high))) (low, high) = (low - Math.Max(1e-6, 0.1 * Math.Abs(low)), high + Math.Max(1e-6, 0.1 * Math.Abs(high)));
        double raw = (high - low) / 4, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
        int first = (int)Math.Floor(low / step), lastTick = (int)Math.Ceiling(high / step);
        return [.. Enumerable.Range(first, Math.Max(2, lastTick - first + 1)).Select(k => k * step)];
    }

    private static string Label(double value) =>
        Math.Abs(value) < 1e-15 ? "0" : value.ToString(Math.Abs(value) is >= 1e5 or < 1e-3 ? "0.#E+0" : "G5", CultureInfo.InvariantCulture);
}
