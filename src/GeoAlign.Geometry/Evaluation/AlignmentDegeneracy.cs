namespace GeoAlign.Geometry;

/// <summary>Why camera centres do not determine an alignment.</summary>
public enum AlignmentDegeneracy
{
    /// <summary>They do: at least two directions of motion are common to both paths.</summary>
    None,

    /// <summary>The reference does not move (a pan or a tilt): every rotation fits, and the best scale is 0.</summary>
    ReferenceStatic,

    /// <summary>The estimate does not move: no scale is defined.</summary>
    EstimateStatic,

    /// <summary>A path lies on a straight line (two poses always do): the rotation about the line is free.</summary>
    Collinear,
}
