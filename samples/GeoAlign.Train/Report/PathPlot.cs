using System.Globalization;
using System.Net;
using System.Text;
using GeoAlign.Geometry;

namespace GeoAlign.Train.Report;

/// <summary>Camera paths seen from above (x to the right, z upwards on the page), metres, with the viewing direction every few frames.</summary>
internal sealed class PathPlot(string title)
{
    private const int Size = 320, Margin = 36;
    private static readonly string[] Colours = ["#1a7f37", "#8b949e", "#1f6feb", "#d1570b"];

    private readonly List<(string Name, CameraTrajectory Path)> _paths = [];

    /// <summary>Adds a path; all paths share one scale.</summary>
    public PathPlot Add(string name, CameraTrajectory path)
    {
        _paths.Add((name, path.RelativeToFirst()));
        return this;
    }

    /// <summary>The plot as an HTML figure.</summary>
    public string ToHtml()
    {
        Vector3d[] points = [.. _paths.SelectMany(p => p.Path.Select(pose => pose.Translation))];
        (double x0, double x1) = (points.Min(p => p.X), points.Max(p => p.X));
        (double z0, double z1) = (points.Min(p => p.Z), points.Max(p => p.Z));
        double extent = Math.Max(1e-3, Math.Max(x1 - x0, z1 - z0)), scale = (Size - 2 * Margin) / extent;
        double X(double x) => Size / 2.0 + (x - 0.5 * (x0 + x1)) * scale;
        double Y(double z) => Size / 2.0 - (z - 0.5 * (z0 + z1)) * scale;

        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)} <small>from above, extent {extent:G3} m</small></figcaption>");
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Size} {Size}\" role=img aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        for (int k = 0; k < _paths.Count; k++)
        {
            (string name, CameraTrajectory path) = _paths[k];
            string colour = Colours[k % Colours.Length];
            string line = string.Join(' ', path.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Translation.X):F1},{Y(p.Translation.Z):F1}")));
            html.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{line}\" fill=none stroke=\"{colour}\" stroke-width=2><title>{WebUtility.HtmlEncode(name)}</title></polyline>");
            for (int i = 0; i < path.Count; i += Math.Max(1, path.Count / 6))
            {
                Vector3d at = path[i].Translation, forward = path[i].Rotation * new Vector3d(0, 0, 1);
                html.Append(CultureInfo.InvariantCulture, $"<line x1={X(at.X):F1} y1={Y(at.Z):F1} x2={X(at.X) + 14 * forward.X:F1} y2={Y(at.Z) - 14 * forward.Z:F1} stroke=\"{colour}\" />");
            }
        }

        html.Append("</svg><p class=legend>");
        for (int k = 0; k < _paths.Count; k++)
            html.Append(CultureInfo.InvariantCulture, $"<span><i style=\"background:{Colours[k % Colours.Length]}\"></i>{WebUtility.HtmlEncode(_paths[k].Name)}</span>");
        return html.Append("</p></figure>").ToString();
    }
}
