using GeoAlign.Reporting;

namespace GeoAlign.Cli;

/// <summary>Writes a plot as the kind of file that its name says.</summary>
internal static class PathPicture
{
    /// <summary>Refuses a name before any work is done.</summary>
    /// <exception cref="UsageException">It ends in none of the known endings.</exception>
    public static void RequireKind(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".SVG" or ".PNG" or ".HTML" or ".HTM")) throw new UsageException($"'{path}' is no picture that can be written: use .svg, .png or .html");
    }

    /// <exception cref="UsageException">The name ends in none of the known endings.</exception>
    /// <exception cref="ChromiumNotFoundException">A .png is asked for, and no browser is installed.</exception>
    public static Task WriteAsync(PathPlot plot, string path, CancellationToken stop) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SVG" => plot.WriteSvgAsync(path, stop),
        ".PNG" => plot.WritePngAsync(path, cancellationToken: stop),
        ".HTML" or ".HTM" => Page(plot).WriteAsync(path, stop),
        _ => throw new UsageException($"'{path}' is no picture that can be written: use .svg, .png or .html"),
    };

    private static Report Page(PathPlot plot) => new()
    {
        Title = plot.Title.Length > 0 ? plot.Title : "Camera paths",
        Sections =
        [
            new ReportSection("Camera paths", new PathView3D(new PathCase(plot.Title.Length > 0 ? plot.Title : "paths", plot.Paths))
            {
                HorizontalFieldOfViewDegrees = plot.HorizontalFieldOfViewDegrees, AspectRatio = plot.AspectRatio, FrustumsPerPath = plot.FrustumsPerPath,
                Note = plot.IsMetric ? "" : "The scale of a path is unknown: what the page calls metres are its own units.",
            }),
        ],
    };
}
