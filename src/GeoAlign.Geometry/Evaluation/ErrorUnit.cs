namespace GeoAlign.Geometry;

/// <summary>Unit of an error.</summary>
public enum ErrorUnit
{
    /// <summary>No unit.</summary>
    None,

    /// <summary>Metres of the reference path.</summary>
    Metres,

    /// <summary>Radians.</summary>
    Radians,

    /// <summary>Degrees.</summary>
    Degrees,
}
