using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>One condition of the miniature world: where the camera starts, how it was moved and how it is asked to move.</summary>
internal sealed record MiniatureCase
{
    /// <summary>The set.</summary>
    public required MiniatureSet Set { get; init; }

    /// <summary>Number within the set.</summary>
    public required int Index { get; init; }

    /// <summary>World pose of the first camera of both paths.</summary>
    public required SE3 StartCameraToWorld { get; init; }

    /// <summary>The path asked for, relative to the start, metres: 6 poses, the first the identity.</summary>
    public required CameraTrajectory Requested { get; init; }

    /// <summary>The path of the condition clip, relative to the start, metres; the first pose is the identity.</summary>
    public required CameraTrajectory Source { get; init; }

    /// <summary>What a clip of this case does instead of <see cref="Requested"/> in the flawed training set.</summary>
    public required MotionFlaw Flaw { get; init; }
}
