namespace GeoAlign.Geometry;

/// <summary>What a cubic B-spline does at the ends of its sequence of n control elements.</summary>
public enum SplineEnds
{
    /// <summary>Nothing: n − 3 segments, from near the second element to near the last but one.</summary>
    Open,

    /// <summary>Repeats the first and the last element twice: n + 1 segments, exactly from the one to the other, at rest at both.</summary>
    Repeated,

    /// <summary>Continues the first and the last increment by one element: n − 1 segments, exactly from the first element to the last, in motion at both.</summary>
    Extrapolated,
}
