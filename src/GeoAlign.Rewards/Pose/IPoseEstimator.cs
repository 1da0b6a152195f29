namespace GeoAlign.Rewards;

/// <summary>A frozen network that finds the camera path of a video.</summary>
public interface IPoseEstimator
{
    /// <summary>Whether translations come out in metres. A reward in metres refuses an estimator for which this is false.</summary>
    bool IsMetric { get; }

    /// <summary>Estimates the camera of every frame of some videos. Frame 0 is the reference view.</summary>
    /// <returns>For each video, in order, the estimate, or the reason why there is none.</returns>
    /// <remarks>
    /// Throws for wrong use (a size or frame count the network cannot take) and when the network cannot run;
    /// a video whose output fails a guard is a failed result, not an exception. An estimator that looks at a part of the frames only says so
    /// in <see cref="PoseEstimate.OmittedFrames"/>.
    /// </remarks>
    ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default);
}
