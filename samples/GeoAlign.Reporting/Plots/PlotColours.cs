namespace GeoAlign.Reporting;

/// <summary>Colours of a plot.</summary>
public enum PlotColours
{
    /// <summary>Light or dark, as the reader's system asks for; programs that cannot tell show the light ones.</summary>
    AsReader,

    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
