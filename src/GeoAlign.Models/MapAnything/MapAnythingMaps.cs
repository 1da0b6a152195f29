namespace GeoAlign.Models;

/// <summary>Which numbers per pixel a run of MapAnything gives beside the poses.</summary>
public enum MapAnythingMaps
{
    /// <summary>None; the dense head does not run.</summary>
    None,

    /// <summary>Confidence and mask.</summary>
    Confidence,

    /// <summary>Confidence, mask, rays and depth.</summary>
    All,
}
