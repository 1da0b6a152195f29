using GeoAlign.Geometry;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>
/// A still picture of camera paths: from above and from the side at one scale in metres, with frustums, and the speeds below. As SVG
/// it needs no program but a viewer; the same paths give the same text.
/// </summary>
/// <param name="Paths">At least one, all in one world. Make them relative to their first camera to compare shapes.</param>
public sealed record PathPlot(params IReadOnlyList<CameraPath> Paths)
{
    private const double Margin = 20, Gap = 24, LegendRow = 19, SpeedHeight = 190, TallestView = 440, LowestView = 200;

    /// <summary>Heading, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Frame rate of the paths that have no time stamps. Speeds are per second when every path has times, else per frame.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether lengths are metres. If not, they are called units.</summary>
    public bool IsMetric { get; init; } = true;

    /// <summary>Horizontal field of view of the drawn frustums.</summary>
    public double HorizontalFieldOfViewDegrees { get; init; } = 60;

    /// <summary>Width over height of the drawn frustums.</summary>
    public double AspectRatio { get; init; } = 16.0 / 9;

    /// <summary>How many frustums stand along each path; the first and the last frame have one.</summary>
    public int FrustumsPerPath { get; init; } = 5;

    /// <summary>Width of the picture, at least 640; its height follows from the paths.</summary>
    public int WidthPixels { get; init; } = 960;

    /// <summary>Colours.</summary>
    public PlotColours Colours { get; init; }

    /// <summary>The picture as SVG text. Pure.</summary>
    /// <exception cref="ArgumentException">No path, or a setting out of its range.</exception>
    public string ToSvg() => Draw(1).Svg;

    /// <summary>Writes the SVG file in one step; makes its folder.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    public Task WriteSvgAsync(string path, CancellationToken cancellationToken = default)
    {
        string svg = ToSvg();
        return WholeFile.WriteAsync(path, (stream, stop) => stream.WriteAsync(HtmlWriter.Encoding.GetBytes(svg), stop).AsTask(), cancellationToken);
    }

    /// <summary>Writes a PNG file, made by headless Chromium; without <see cref="Colours"/> it is light.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="pixelRatio">Pixels of the picture per pixel of the plot; 2 is sharp on dense screens.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    /// <exception cref="ChromiumNotFoundException">No browser is installed.</exception>
    public async Task WritePngAsync(string path, int pixelRatio = 2, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelRatio, 1);
        (string svg, int width, int height) = (this with { Colours = Colours == PlotColours.AsReader ? PlotColours.Light : Colours }).Draw(pixelRatio);
        string scratch = Directory.CreateTempSubdirectory("geoalign-plot-").FullName;
        try
        {
            string page = System.IO.Path.Combine(scratch, "plot.svg");
            await File.WriteAllTextAsync(page, svg, HtmlWriter.Encoding, cancellationToken);
            await PagePicture.CaptureAsync(page, path, width, height, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private (string Svg, int Width, int Height) Draw(int pixelRatio)
    {
        Validate();
        string[] tones = Tones.For(Paths.Select(p => p.Colour));
        PlottedPath[] paths = [.. Paths.Select((p, i) => PlottedPath.Of(p, tones[i], i, FramesPerSecond))];
        bool perSecond = paths.All(p => p.TimesSeconds is not null);

        // The views: frustums as deep as a share of the paths' extent, one scale for both views, as high as the paths need.
        FrustumShape shape = ShapeFor(paths);
        Vector3d[] points = [.. paths.SelectMany(p => p.Trajectory.Select(pose => pose.Translation).Concat(p.FrustumFrames(FrustumsPerPath).SelectMany(i => shape.Points(p.Trajectory[i]))))];
        PlotBounds top = PlotView.Top.Bounds(points), side = PlotView.Side.Bounds(points);
        double columnWidth = (WidthPixels - 2 * Margin - Gap) / 2;
        double least = 1e-9 * shape.Depth, tallest = Math.Max(Math.Max(top.Height, side.Height), least);
        double scale = Math.Min((columnWidth - PlotView.Frame.Across) / Math.Max(Math.Max(top.Width, side.Width), least), (TallestView - PlotView.Frame.Upward) / tallest);
        double viewHeight = Math.Max(LowestView, tallest * scale + PlotView.Frame.Upward);

        double legendTop = Margin + (Title.Length > 0 ? 28 : 4);
        double viewTop = legendTop + LegendRow * (paths.Length + 1) + 8, speedTop = viewTop + viewHeight + 12;
        int height = (int)Math.Ceiling(speedTop + SpeedHeight + Margin / 2);
        double secondX = Margin + columnWidth + Gap;

        HtmlWriter svg = new();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"geoalign-plot\" role=\"img\" width=\"{WidthPixels * pixelRatio}\" height=\"{height * pixelRatio}\" viewBox=\"0 0 {WidthPixels} {height}\">\n");
        svg.Append($"<title>{(Title.Length > 0 ? SvgText.Words(Title, 200) : "Camera paths")}</title>\n<style>");
        svg.AppendMarkup(Shapes + PlotStyle.Of(Colours));
        svg.Append($"</style>\n<rect class=\"page\" width=\"{WidthPixels}\" height=\"{height}\"/>\n");
        if (Title.Length > 0) svg.Append($"<text class=\"ink title\" x=\"{SvgText.At(Margin)}\" y=\"{SvgText.At(Margin + 14)}\">{SvgText.Words(Title, WidthPixels / 9)}</text>\n");
        AppendLegend(svg, legendTop, paths, perSecond);
        string unit = IsMetric ? "m" : "units";
        PlotView.Top.Append(svg, new(Margin, viewTop, columnWidth, viewHeight), top, scale, unit, paths, shape, FrustumsPerPath);
        PlotView.Side.Append(svg, new(secondX, viewTop, columnWidth, viewHeight), side, scale, unit, paths, shape, FrustumsPerPath);
        string per = perSecond ? "s" : "frame";
        new SpeedPlot($"Speed, {unit}/{per}", perSecond, IsMetric ? 1e-3 : 1e-6 * shape.Depth, p => p.TranslationSpeeds(perSecond)).Append(svg, new(Margin, speedTop, columnWidth, SpeedHeight), paths);
        new SpeedPlot($"Turn rate, °/{per}", perSecond, 0.01, p => p.RotationSpeedsDegrees(perSecond)).Append(svg, new(secondX, speedTop, columnWidth, SpeedHeight), paths);
        svg.Append($"</svg>\n");
        return (svg.ToString(), WidthPixels * pixelRatio, height * pixelRatio);
    }

    private const string Shapes =
        "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums}.title{font-size:16px;font-weight:600}.head{font-weight:600}.mark{font-size:11px}" +
        ".label{font-size:11.5px}.grid,.axis,.bar{fill:none}.path{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}" +
        ".curve{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}.frustum{fill:none;stroke-width:1;stroke-opacity:.55;stroke-linejoin:round}";

    // Eight hundredths of the longest side of the paths' box; a camera that stands still gets a view of about a metre.
    private FrustumShape ShapeFor(PlottedPath[] paths)
    {
        PlotBounds top = PlotView.Top.Bounds(paths.SelectMany(p => p.Trajectory.Select(t => t.Translation)));
        PlotBounds side = PlotView.Side.Bounds(paths.SelectMany(p => p.Trajectory.Select(t => t.Translation)));
        double extent = Math.Max(top.Width, Math.Max(top.Height, side.Height));
        double depth = extent > (IsMetric ? 1e-3 : 1e-9) ? 0.09 * extent : 0.5;
        double halfWidth = Math.Tan(0.5 * HorizontalFieldOfViewDegrees * Math.PI / 180);
        return new(halfWidth, halfWidth / AspectRatio, depth / Math.Max(1, halfWidth));
    }

    private void AppendLegend(HtmlWriter svg, double y, PlottedPath[] paths, bool perSecond)
    {
        string unit = IsMetric ? "m" : "units", per = perSecond ? "s" : "frame";
        foreach ((int index, PlottedPath path) in paths.Index())
        {
            double line = y + LegendRow * index + 10;
            svg.Append($"<path class=\"path {path.Tone}\"");
            if (path.Dash.Length > 0) svg.Append($" stroke-dasharray=\"{path.Dash}\"");
            svg.Append($" d=\"M{SvgText.At(Margin)} {SvgText.At(line - 4)}h24\"/>");
            svg.Append($"<text x=\"{SvgText.At(Margin + 32)}\" y=\"{SvgText.At(line)}\"><tspan class=\"ink\">{SvgText.Words(path.Path.Name, 64)}</tspan><tspan class=\"soft\" dx=\"10\">{path.Trajectory.Count} {(path.Trajectory.Count == 1 ? "pose" : "poses")}");
            if (path.Speeds is { } speeds)
                svg.Append($", {SvgText.Figure(speeds.PathLengthMetres)} {unit} long, at most {SvgText.Figure(path.TranslationSpeeds(perSecond).Max())} {unit}/{per} and {SvgText.Figure(path.RotationSpeedsDegrees(perSecond).Max())}°/{per}");
            svg.Append($"</tspan></text>\n");
        }

        double last = y + LegendRow * paths.Length + 10;
        svg.Append($"<circle class=\"soft\" cx=\"{SvgText.At(Margin + 5)}\" cy=\"{SvgText.At(last - 4)}\" r=\"4\"/><text class=\"soft\" x=\"{SvgText.At(Margin + 14)}\" y=\"{SvgText.At(last)}\">start</text>");
        svg.Append($"<rect class=\"soft\" x=\"{SvgText.At(Margin + 52)}\" y=\"{SvgText.At(last - 8)}\" width=\"8\" height=\"8\"/><text class=\"soft\" x=\"{SvgText.At(Margin + 65)}\" y=\"{SvgText.At(last)}\">end</text>\n");
    }

    private void Validate()
    {
        if (Paths.Count == 0) throw new ArgumentException($"The plot '{Title}' has no camera path.");
        if (FramesPerSecond is { } rate && !(rate > 0 && double.IsFinite(rate))) throw new ArgumentException($"The plot '{Title}' has {rate} frames per second, expected a positive number.");
        if (!(HorizontalFieldOfViewDegrees > 0 && HorizontalFieldOfViewDegrees < 180)) throw new ArgumentException($"The frustums of '{Title}' have a field of view of {HorizontalFieldOfViewDegrees}°, expected one between 0° and 180°.");
        if (!(AspectRatio > 0) || !double.IsFinite(AspectRatio)) throw new ArgumentException($"The frustums of '{Title}' have an aspect ratio of {AspectRatio}, expected a positive number.");
        ArgumentOutOfRangeException.ThrowIfNegative(FrustumsPerPath);
        ArgumentOutOfRangeException.ThrowIfLessThan(WidthPixels, 640);
    }
}
