namespace GeoAlign.Geometry;

/// <summary>Which number is taken of the difference E = (R, t) of two poses or two motions; the names follow evo.</summary>
public enum PoseRelation
{
    /// <summary><c>‖t‖</c>, metres.</summary>
    Translation,

    /// <summary>Angle of R, radians.</summary>
    RotationRadians,

    /// <summary>Angle of R, degrees.</summary>
    RotationDegrees,

    /// <summary><c>‖E − I‖</c>, Frobenius norm of the 4×4 matrix: metres and rotation mixed, no unit.</summary>
    FullTransformation,

    /// <summary><c>‖R − I‖</c>, Frobenius norm; no unit.</summary>
    RotationPart,

    /// <summary>Relative errors only: difference of the distances covered, <c>|‖q_j − q_i‖ − ‖p_j − p_i‖|</c>, metres.</summary>
    PointDistance,
}
