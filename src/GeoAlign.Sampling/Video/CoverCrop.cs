namespace GeoAlign.Sampling;

/// <summary>Scale until the picture covers a size, then crop around the centre.</summary>
/// <param name="Scaled">Size after scaling; at least the wanted size in both directions.</param>
/// <param name="Left">Columns cut off on the left.</param>
/// <param name="Top">Rows cut off at the top.</param>
internal readonly record struct CoverCrop(FrameSize Scaled, int Left, int Top)
{
    /// <summary>
    /// ReDirector's preparation of a clip: factor <c>max(W/w, H/h)</c>, scaled size and offsets rounded to the nearest whole number,
    /// halves to even.
    /// </summary>
    public static CoverCrop Fit(FrameSize source, FrameSize wanted)
    {
        // Integer comparison of W/w with H/h: the covered side is met exactly, whatever the rounding.
        bool widthDecides = (long)wanted.Width * source.Height >= (long)wanted.Height * source.Width;
        double factor = widthDecides ? (double)wanted.Width / source.Width : (double)wanted.Height / source.Height;
        FrameSize scaled = widthDecides
            ? new(wanted.Width, Math.Max(wanted.Height, (int)Math.Round(source.Height * factor)))
            : new(Math.Max(wanted.Width, (int)Math.Round(source.Width * factor)), wanted.Height);
        return new(scaled, (int)Math.Round(0.5 * (scaled.Width - wanted.Width)), (int)Math.Round(0.5 * (scaled.Height - wanted.Height)));
    }
}
