namespace GeoAlign.Geometry;

/// <summary>What is fitted of an estimated path before it is compared with its reference.</summary>
public enum TrajectoryAlignment
{
    /// <summary>Nothing: both paths are in the same world and unit.</summary>
    None,

    /// <summary>The first pose: the estimate is moved rigidly so that its first pose is the reference's.</summary>
    Origin,

    /// <summary>The scale alone, from the best similarity; neither rotation nor translation is applied.</summary>
    Scale,

    /// <summary>Rotation and translation that bring the camera centres closest together (Umeyama without scale).</summary>
    SE3,

    /// <summary>Rotation, translation and scale that bring the camera centres closest together (Umeyama).</summary>
    Sim3,
}
