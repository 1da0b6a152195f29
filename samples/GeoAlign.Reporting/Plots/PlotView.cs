using GeoAlign.Geometry;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>One straight look at the paths, without perspective, on a metric grid with a scale bar.</summary>
/// <param name="Title">What is seen.</param>
/// <param name="Right">Name of the axis that points to the right.</param>
/// <param name="Up">Name of the axis that points up.</param>
/// <param name="Project">World point to (right, up), in the unit of the paths.</param>
internal sealed record PlotView(string Title, string Right, string Up, Func<Vector3d, (double Right, double Up)> Project)
{
    private const double Above = 26, Below = 22, Left = 44, Inside = 10;

    /// <summary>From above: x to the right, forward (z) up.</summary>
    public static PlotView Top { get; } = new("From above", "x", "z", p => (p.X, p.Z));

    /// <summary>From the right: forward (z) to the right, up is −y since y points down.</summary>
    public static PlotView Side { get; } = new("From the side", "z", "−y", p => (p.Z, -p.Y));

    /// <summary>Pixels of a view that are no drawing room: across, and upward.</summary>
    public static (double Across, double Upward) Frame => (Left + 2 * Inside, Above + Below + 2 * Inside);

    /// <summary>The rectangle that holds the points.</summary>
    public PlotBounds Bounds(IEnumerable<Vector3d> points) => PlotBounds.Of(points.Select(Project));

    /// <summary>Draws the view.</summary>
    /// <param name="svg">The plot.</param>
    /// <param name="area">Where, pixels.</param>
    /// <param name="bounds">What must be seen, in the unit of the paths.</param>
    /// <param name="pixelsPerUnit">The scale, the same for both axes and all views.</param>
    /// <param name="unit">Unit of length.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="shape">Frustums.</param>
    /// <param name="frustums">How many per path.</param>
    public void Append(HtmlWriter svg, PlotArea area, PlotBounds bounds, double pixelsPerUnit, string unit, IReadOnlyList<PlottedPath> paths, FrustumShape shape, int frustums)
    {
        PlotArea inner = new(area.X + Left, area.Y + Above, area.Width - Left, area.Height - Above - Below);
        double middleX = inner.X + inner.Width / 2, middleY = inner.Y + inner.Height / 2;
        (double X, double Y) Place(Vector3d point)
        {
            (double right, double up) = Project(point);
            return (middleX + (right - bounds.MiddleRight) * pixelsPerUnit, middleY - (up - bounds.MiddleUp) * pixelsPerUnit);
        }

        svg.Append($"<g data-view=\"{Title}\"><text x=\"{SvgText.At(area.X)}\" y=\"{SvgText.At(area.Y + 16)}\"><tspan class=\"ink head\">{Title}</tspan><tspan class=\"soft mark\" dx=\"10\">→ {Right}, ↑ {Up}</tspan></text>");
        svg.Append($"<rect class=\"card\" x=\"{SvgText.At(inner.X)}\" y=\"{SvgText.At(inner.Y)}\" width=\"{SvgText.At(inner.Width)}\" height=\"{SvgText.At(inner.Height)}\" rx=\"4\"/>");
        AppendGrid(svg, inner, bounds, pixelsPerUnit);
        foreach (PlottedPath path in paths)
        {
            foreach (int frame in path.FrustumFrames(frustums)) AppendFrustum(svg, path, [.. shape.Points(path.Trajectory[frame]).Select(Place)]);
        }

        foreach (PlottedPath path in paths) AppendLine(svg, path, [.. path.Trajectory.Select(pose => Place(pose.Translation))]);
        AppendScaleBar(svg, inner, pixelsPerUnit, unit);
        svg.Append($"</g>\n");
    }

    private static void AppendGrid(HtmlWriter svg, PlotArea inner, PlotBounds bounds, double scale)
    {
        double step = NiceSteps.AtLeast(56 / scale);
        double reachRight = inner.Width / 2 / scale, reachUp = inner.Height / 2 / scale;
        foreach (double mark in NiceSteps.Multiples(step, bounds.MiddleRight - reachRight, bounds.MiddleRight + reachRight))
        {
            string x = SvgText.At(inner.X + inner.Width / 2 + (mark - bounds.MiddleRight) * scale);
            svg.Append($"<path class=\"grid\" d=\"M{x} {SvgText.At(inner.Y + 1)}V{SvgText.At(inner.Bottom - 1)}\"/><text class=\"soft mark\" text-anchor=\"middle\" x=\"{x}\" y=\"{SvgText.At(inner.Bottom + 14)}\">{SvgText.Mark(mark, step)}</text>");
        }

        foreach (double mark in NiceSteps.Multiples(step, bounds.MiddleUp - reachUp, bounds.MiddleUp + reachUp))
        {
            double y = inner.Y + inner.Height / 2 - (mark - bounds.MiddleUp) * scale;
            svg.Append($"<path class=\"grid\" d=\"M{SvgText.At(inner.X + 1)} {SvgText.At(y)}H{SvgText.At(inner.Right - 1)}\"/><text class=\"soft mark\" text-anchor=\"end\" x=\"{SvgText.At(inner.X - 5)}\" y=\"{SvgText.At(y + 4)}\">{SvgText.Mark(mark, step)}</text>");
        }
    }

    private static void AppendFrustum(HtmlWriter svg, PlottedPath path, (double X, double Y)[] p)
    {
        string[] at = [.. p.Select(q => $"{SvgText.At(q.X)} {SvgText.At(q.Y)}")];
        svg.Append($"<path class=\"frustum {path.Tone}\" d=\"M{at[0]}L{at[1]}L{at[2]}Z M{at[0]}L{at[3]}L{at[4]}Z M{at[1]}L{at[4]} M{at[2]}L{at[3]}\"/>");
    }

    private static void AppendLine(HtmlWriter svg, PlottedPath path, (double X, double Y)[] p)
    {
        svg.Append($"<path class=\"path {path.Tone}\"");
        if (path.Dash.Length > 0) svg.Append($" stroke-dasharray=\"{path.Dash}\"");
        svg.Append($" d=\"M{string.Join('L', p.Select(q => $"{SvgText.At(q.X)} {SvgText.At(q.Y)}"))}\"/>");
        svg.Append($"<circle class=\"start {path.Tone}-fill\" cx=\"{SvgText.At(p[0].X)}\" cy=\"{SvgText.At(p[0].Y)}\" r=\"4.5\"/>");
        svg.Append($"<rect class=\"end {path.Tone}-fill\" x=\"{SvgText.At(p[^1].X - 4)}\" y=\"{SvgText.At(p[^1].Y - 4)}\" width=\"8\" height=\"8\"/>");
    }

    // Above the view, where no path can be behind it.
    private static void AppendScaleBar(HtmlWriter svg, PlotArea inner, double scale, string unit)
    {
        double length = NiceSteps.AtMost(0.28 * inner.Width / scale), left = inner.Right - length * scale, y = inner.Y - 8;
        svg.Append($"<path class=\"bar scale-bar\" d=\"M{SvgText.At(left)} {SvgText.At(y - 4)}V{SvgText.At(y)}H{SvgText.At(inner.Right)}V{SvgText.At(y - 4)}\"/>");
        svg.Append($"<text class=\"ink label\" text-anchor=\"end\" x=\"{SvgText.At(left - 7)}\" y=\"{SvgText.At(y + 1)}\">{SvgText.Mark(length, length)} {(length == 1 ? unit.TrimEnd('s') : unit)}</text>");
    }
}
