namespace GeoAlign.Reporting;

/// <summary>A rectangle of a plot, pixels, y downward.</summary>
internal readonly record struct PlotArea(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}
