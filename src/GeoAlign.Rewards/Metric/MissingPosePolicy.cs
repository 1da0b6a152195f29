namespace GeoAlign.Rewards;

/// <summary>What a pose reward does about frames without a pose, or a video without an estimate.</summary>
public enum MissingPosePolicy
{
    /// <summary>The score is missing, with the reason: a failed reward is not a number. The default.</summary>
    Missing,

    /// <summary>Such a frame gets the penalty errors and keeps its weight; without an anchor (frame 0) every frame does.</summary>
    Penalise,

    /// <summary>
    /// Such a frame is left out. Where that leaves nothing to compare (frame 0 has no pose, or only it has a weight above 0), it is penalised instead.
    /// Rewards videos that the estimator cannot read, so take it for evaluation rather than for training.
    /// </summary>
    Skip,

    /// <summary>A <see cref="PoseEstimationException"/>.</summary>
    Throw,
}
