namespace GeoAlign.Sampling;

/// <summary>Estimates the camera path of a condition clip. An application fills this with its pose network; this package has none.</summary>
public interface ISourceCameraEstimator
{
    /// <summary>
    /// What the estimates depend on besides the frames: the model and its version, preprocessing, settings. Part of the cache key; a change of
    /// it makes every cached path void.
    /// </summary>
    string Identity { get; }

    /// <summary>The path of a clip, or the reason why there is none.</summary>
    Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default);
}
