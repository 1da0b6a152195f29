namespace GeoAlign.Reporting;

/// <summary>Colour of a series, path or column. The named ones mean the same everywhere in a report.</summary>
public enum SeriesColour
{
    /// <summary>The next colour of the palette.</summary>
    Automatic,

    /// <summary>What was asked for, or the truth.</summary>
    Target,

    /// <summary>The model before training.</summary>
    Base,

    /// <summary>The model after training: the accent colour.</summary>
    Tuned,
}
