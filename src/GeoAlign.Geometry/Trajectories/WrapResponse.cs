namespace GeoAlign.Geometry;

/// <summary>
/// What <see cref="TrajectoryRescaler"/> does when <see cref="RotationScaling.RelativeLog"/> wraps: when a step of its output turns too far.
/// </summary>
public enum WrapResponse
{
    /// <summary>Scale again with <see cref="RotationScaling.RelativeLogUnwrapped"/>; reject the clip if that jumps too.</summary>
    Unwrap,

    /// <summary>Reject the clip.</summary>
    Reject,

    /// <summary>Keep the jump of eq. 14 as written and report it.</summary>
    Keep,
}
