using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>One generated video with what it was generated for: all that a reward may look at.</summary>
public sealed record VideoRollout
{
    /// <summary>The generated video.</summary>
    public required VideoFrames Frames { get; init; }

    /// <summary>The camera path that was asked for: camera-to-world, metres, OpenCV axes. Null where no path was given.</summary>
    public CameraTrajectory? Target { get; init; }

    /// <summary>
    /// Pixel frame of each pose of <see cref="Target"/>, strictly increasing; empty when there is one pose per frame.
    /// A path given per latent of a video VAE of temporal stride 4 has the frames 0, 4, 8, ….
    /// </summary>
    public ImmutableArray<int> TargetFrames { get; init; } = [];

    /// <summary>The text the video was generated from. Null where there is none.</summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// Scale factor that the pose estimator, with the same settings, found for the source clip of this scene
    /// (<see cref="PoseEstimate.MetricScale"/>). Null when the source was not estimated.
    /// </summary>
    public double? SourceMetricScale { get; init; }

    /// <summary>Colours of the condition clip, for rewards that compare with it. Null where they were not measured.</summary>
    public ColourStatistics? SourceColours { get; init; }
}
