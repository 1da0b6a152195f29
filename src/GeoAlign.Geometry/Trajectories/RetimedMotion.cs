namespace GeoAlign.Geometry;

/// <summary>What stays the same when a camera move gets another number of frames.</summary>
public enum RetimedMotion
{
    /// <summary>
    /// The motion from frame to frame, as ReDirector's code does it: its step sizes are interpolated and not rescaled, so 17 frames show a fifth
    /// of the move of 81 frames. Published results were obtained this way.
    /// </summary>
    SameSpeed,

    /// <summary>
    /// The whole motion, as the supplement of ReDirector's paper (arXiv 2511.19827) says: the sum of all steps divided by F − 1 is every step.
    /// </summary>
    SameTotal,
}
