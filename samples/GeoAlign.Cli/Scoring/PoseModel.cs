using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>A pose network that remembers its last results, and frees what it holds in the end.</summary>
/// <param name="network">The network, which is disposed with it.</param>
/// <param name="mostFrames">Most frames of a video that it sees; null for all.</param>
internal sealed class PoseModel(PoseNetwork network, int? mostFrames = null) : IDisposable
{
    /// <summary>The estimator, with its last results kept.</summary>
    public RememberedEstimates Estimates { get; } = new(mostFrames is { } most ? new SubsampledPoseEstimator(network, FrameSubsampling.AtMost(most)) : network);

    /// <summary>What tells the network's estimates from another's.</summary>
    public string Identity => network.Identity;

    /// <summary>Opens the network that a command line names.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="device">Device of a network with weights.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="mostFrames">Most frames of a video that it sees; null for all.</param>
    public static PoseModel Open(string path, string device, int threads, int? mostFrames = null) =>
        new(PoseNetwork.Open(path, new PoseNetworkOptions { Device = device, Threads = threads }), mostFrames);

    public void Dispose() => network.Dispose();
}
