using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>The target path of a manifest line.</summary>
public sealed record ManifestTarget
{
    /// <summary>Name of the path.</summary>
    public required string Id { get; init; }

    /// <summary>First frame of the recording that was taken; left out where that says nothing.</summary>
    public int? StartFrame { get; init; }

    /// <summary>Number of the attempt that gave it.</summary>
    public required int Attempt { get; init; }

    /// <summary>τ_trans, metres per second.</summary>
    public required double TranslationMetresPerSecond { get; init; }

    /// <summary>τ_rot, degrees per second.</summary>
    public required double RotationDegreesPerSecond { get; init; }

    /// <summary>s_trans.</summary>
    public required double TranslationFactor { get; init; }

    /// <summary>s_rot.</summary>
    public required double RotationFactor { get; init; }

    /// <summary>How rotations were scaled.</summary>
    public required RotationScaling RotationMode { get; init; }

    /// <summary>Guards that fired.</summary>
    public required RescaleGuards Guards { get; init; }

    /// <summary>The path: per frame the camera-to-world quaternion w, x, y, z and the camera centre x, y, z in metres.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Poses { get; init; }

    /// <summary>Paths that were drawn before and rejected.</summary>
    public required IReadOnlyList<RejectedPath> Rejected { get; init; }

    /// <summary>The path as poses.</summary>
    public CameraTrajectory Trajectory() => new([.. Poses.Select(p => new SE3(SO3.FromQuaternionWxyz(p[0], p[1], p[2], p[3]), new Vector3d(p[4], p[5], p[6])))]);

    internal static IReadOnlyList<IReadOnlyList<double>> Rows(CameraTrajectory path) =>
        [.. path.Select(p => (IReadOnlyList<double>)[p.Rotation.W, p.Rotation.X, p.Rotation.Y, p.Rotation.Z, p.Translation.X, p.Translation.Y, p.Translation.Z])];
}
