namespace GeoAlign.Geometry;

/// <summary>How the camera centres of a path are scaled by a factor s. Poses are relative to the first frame.</summary>
public enum TranslationScaling
{
    /// <summary><c>t̃_i = s · t_i</c>, Geo-Align (arXiv 2605.23903) eq. 13: the path keeps its shape in the world.</summary>
    WorldFrame,

    /// <summary>
    /// <c>t̃_{i+1} = t̃_i + s · R̃_i R_iᵀ (t_{i+1} − t_i)</c>: every step keeps its direction as seen by the camera. Ours, because a
    /// walker whose turn is slowed down should still walk forward.
    /// </summary>
    BodyFrame,
}
