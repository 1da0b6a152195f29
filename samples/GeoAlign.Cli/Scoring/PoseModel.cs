using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>An opened pose estimator, which frees its network in the end.</summary>
internal sealed class PoseModel(IPoseEstimator estimator, IDisposable network, int? mostFrames) : IDisposable
{
    /// <summary>The estimator, with its last results kept.</summary>
    public RememberedEstimates Estimates { get; } = new(mostFrames is { } most ? new SubsampledPoseEstimator(estimator, FrameSubsampling.AtMost(most)) : estimator);

    public void Dispose() => network.Dispose();
}
