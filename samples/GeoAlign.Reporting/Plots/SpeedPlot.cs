using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Curves of a speed over frames or seconds. The value of a step stands at the frame it leads to.</summary>
/// <param name="Title">What is drawn, with its unit.</param>
/// <param name="PerSecond">Whether the horizontal axis counts seconds instead of frames.</param>
/// <param name="LeastTop">Smallest top of the vertical axis, so that rounding of a camera at rest does not fill it.</param>
/// <param name="SpeedsOf">Steps of a path.</param>
internal sealed record SpeedPlot(string Title, bool PerSecond, double LeastTop, Func<PlottedPath, double[]> SpeedsOf)
{
    private const double Above = 26, Below = 34, Left = 44;

    public void Append(HtmlWriter svg, PlotArea area, IReadOnlyList<PlottedPath> paths)
    {
        PlotArea inner = new(area.X + Left, area.Y + Above, area.Width - Left, area.Height - Above - Below);
        svg.Append($"<g data-speeds=\"{Title}\"><text class=\"ink head\" x=\"{SvgText.At(area.X)}\" y=\"{SvgText.At(area.Y + 14)}\">{Title}</text>");
        svg.Append($"<rect class=\"card\" x=\"{SvgText.At(inner.X)}\" y=\"{SvgText.At(inner.Y)}\" width=\"{SvgText.At(inner.Width)}\" height=\"{SvgText.At(inner.Height)}\" rx=\"4\"/>");
        (PlottedPath Path, double[] X, double[] Y)[] curves = [.. paths.Where(p => p.Speeds is not null).Select(p => (p, PositionsOf(p), SpeedsOf(p)))];
        if (curves.Length == 0) svg.Append($"<text class=\"soft label\" text-anchor=\"middle\" x=\"{SvgText.At(inner.X + inner.Width / 2)}\" y=\"{SvgText.At(inner.Y + inner.Height / 2)}\">a single pose has no speed</text>");
        else AppendCurves(svg, inner, curves);
        svg.Append($"</g>\n");
    }

    private void AppendCurves(HtmlWriter svg, PlotArea inner, (PlottedPath Path, double[] X, double[] Y)[] curves)
    {
        double last = curves.Max(c => c.X[^1]), highest = Math.Max(LeastTop, curves.Max(c => c.Y.Max()));
        double stepX = NiceSteps.AtLeast(last / 6), stepY = NiceSteps.AtLeast(highest / 4), top = highest * 1.06;
        if (!PerSecond) stepX = Math.Max(1, stepX);
        double PlaceX(double value) => inner.X + 8 + value / last * (inner.Width - 16);
        double PlaceY(double value) => inner.Bottom - value / top * (inner.Height - 2);

        foreach (double mark in NiceSteps.Multiples(stepY, 0, top))
            svg.Append($"<path class=\"grid\" d=\"M{SvgText.At(inner.X + 1)} {SvgText.At(PlaceY(mark))}H{SvgText.At(inner.Right - 1)}\"/><text class=\"soft mark\" text-anchor=\"end\" x=\"{SvgText.At(inner.X - 5)}\" y=\"{SvgText.At(PlaceY(mark) + 4)}\">{SvgText.Mark(mark, stepY)}</text>");
        foreach (double mark in NiceSteps.Multiples(stepX, 0, last))
            svg.Append($"<text class=\"soft mark\" text-anchor=\"middle\" x=\"{SvgText.At(PlaceX(mark))}\" y=\"{SvgText.At(inner.Bottom + 14)}\">{SvgText.Mark(mark, stepX)}</text>");
        svg.Append($"<text class=\"soft mark\" text-anchor=\"end\" x=\"{SvgText.At(inner.Right)}\" y=\"{SvgText.At(inner.Bottom + 28)}\">{(PerSecond ? "time, s" : "frame")}</text>");
        foreach ((PlottedPath path, double[] x, double[] y) in curves)
        {
            svg.Append($"<path class=\"curve {path.Tone}\"");
            if (path.Dash.Length > 0) svg.Append($" stroke-dasharray=\"{path.Dash}\"");
            string points = string.Join('L', x.Zip(y, (a, b) => $"{SvgText.At(PlaceX(a))} {SvgText.At(PlaceY(b))}"));
            svg.Append($" d=\"M{points}{(x.Length == 1 ? "h0" : "")}\"/>");                // a single step is a dot: round line caps
        }
    }

    private double[] PositionsOf(PlottedPath path) => PerSecond ? path.TimesSeconds![1..] : [.. Enumerable.Range(1, path.Trajectory.Count - 1).Select(i => (double)i)];
}
