using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Finds the camera path of a condition clip: recorded with the video, else estimated, with a cache in between.</summary>
/// <remarks>
/// As in the paper, the path of a real video is estimated once by the frozen network. The cache key is the content of the video file, the
/// frames taken, the size they were scaled and cropped to, and the estimator's identity. Failures are not cached: the next draw tries again.
/// </remarks>
/// <param name="estimator">Estimates paths; null leaves videos without a recorded camera without a path.</param>
/// <param name="cache">Where estimates are kept; null for nowhere.</param>
/// <param name="hash">Hashes contents; give the one that other parts use.</param>
public sealed class SourceCameras(ISourceCameraEstimator? estimator, CameraPathCache? cache = null, ContentHash? hash = null)
{
    private readonly ContentHash _hash = hash ?? new ContentHash();

    /// <summary>The path of a clip, relative to its first frame, or the reason why there is none.</summary>
    /// <exception cref="TrajectoryFormatException">A recorded camera file breaks its format.</exception>
    public async Task<SourceCamera> OfAsync(ConditionClip clip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.Source.Camera is { } recorded) return Recorded(recorded, clip);
        if (estimator is null) return SourceCamera.Missing("no estimator was given and none is recorded");

        string content = await _hash.OfClipAsync(clip, cancellationToken).ConfigureAwait(false);
        CacheKey key = CacheKey.Of(("kind", "source-camera"), ("clip", content), ("estimator", estimator.Identity));
        if (cache?.Find(key) is { } known) return new(SourceCameraOrigin.Cached, known, estimator.Identity);
        SourceCameraEstimate estimate = await estimator.EstimateAsync(clip.Video, cancellationToken).ConfigureAwait(false);
        if (estimate.Path is not { } path) return SourceCamera.Missing(estimate.Reason!);
        if (path.Count != clip.Video.FrameCount) return SourceCamera.Missing($"the estimator gave {path.Count} poses for {clip.Video.FrameCount} frames");
        path = path.RelativeToFirst();
        cache?.Store(key, path);
        return new(SourceCameraOrigin.Estimated, path, estimator.Identity);
    }

    private static SourceCamera Recorded(RecordedCamera recorded, ConditionClip clip)
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(recorded.Path);
        if (!cameras.CameraIds.Contains(recorded.CameraId))
            throw new TrajectoryFormatException(recorded.Path, 0, $"has no camera {recorded.CameraId}, which {clip.Source.Name} was filmed with; it has {string.Join(", ", cameras.CameraIds)}");
        CameraTrajectory whole = cameras.Trajectory(recorded.CameraId);
        if (clip.SourceFrames[^1] >= whole.Count)
            throw new TrajectoryFormatException(recorded.Path, 0, $"has {whole.Count} poses of {recorded.CameraId}, the clip of {clip.Source.Name} ends with frame {clip.SourceFrames[^1]}");
        SE3[] poses = [.. clip.SourceFrames.Select(f => whole[f])];
        return new(SourceCameraOrigin.Recorded, new CameraTrajectory(poses).RelativeToFirst(), $"{Path.GetFileName(recorded.Path)} {recorded.CameraId}");
    }
}
