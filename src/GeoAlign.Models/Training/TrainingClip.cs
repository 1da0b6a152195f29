using GeoAlign.Geometry;

namespace GeoAlign.Models;

/// <summary>One camera's recording of a scene, encoded once for supervised training.</summary>
public sealed record TrainingClip
{
    /// <summary>Camera-to-world of every video frame, in the scene's world that all its cameras share; metres.</summary>
    public required CameraTrajectory Trajectory { get; init; }

    /// <summary>Size of the latents.</summary>
    public required LatentShape Shape { get; init; }

    /// <summary>Latents of the clip.</summary>
    public required ReadOnlyMemory<float> Latents { get; init; }

    /// <summary>Latents of the clip played backwards; they are not the latents played backwards. Needed for reversed samples.</summary>
    public ReadOnlyMemory<float>? ReversedLatents { get; init; }

    /// <summary>Text features of its caption.</summary>
    public required TokenFeatures Text { get; init; }

    /// <summary>Image features of its first frame, for networks with image input.</summary>
    public TokenFeatures? Image { get; init; }
}
