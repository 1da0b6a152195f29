using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>What the geometry reward found out about one rollout: its two scores, and what a reader wants beside them. Immutable.</summary>
public sealed record GeometryAssessment
{
    /// <summary>The score "trans".</summary>
    public required RewardScore Translation { get; init; }

    /// <summary>The score "rot".</summary>
    public required RewardScore Rotation { get; init; }

    /// <summary>
    /// How far the camera went against how far it should have gone: fitted scale, path-length ratio, drift of the scale. Over the frames that count.
    /// Null where there is no estimate, or fewer than two such frames.
    /// </summary>
    public MetricPathComparison? Path { get; init; }

    /// <summary>The scene's scale factor that the estimator found, metres per network unit; null when it gives none.</summary>
    public double? MetricScale { get; init; }

    /// <summary>Frames of the video whose errors do not count, in increasing order, with the reason; empty mostly.</summary>
    public ImmutableArray<FrameRejection> Rejections { get; init; } = [];
}
