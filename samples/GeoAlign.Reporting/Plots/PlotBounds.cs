namespace GeoAlign.Reporting;

/// <summary>What a view must show, in the unit of the paths.</summary>
internal readonly record struct PlotBounds(double Left, double Right, double Bottom, double Top)
{
    public double Width => Right - Left;

    public double Height => Top - Bottom;

    public double MiddleRight => 0.5 * (Left + Right);

    public double MiddleUp => 0.5 * (Bottom + Top);

    public static PlotBounds Of(IEnumerable<(double Right, double Up)> points)
    {
        PlotBounds bounds = new(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
        foreach ((double right, double up) in points)
            bounds = new(Math.Min(bounds.Left, right), Math.Max(bounds.Right, right), Math.Min(bounds.Bottom, up), Math.Max(bounds.Top, up));
        return bounds;
    }
}
