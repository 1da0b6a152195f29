using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>A pose network as the estimator of source cameras.</summary>
/// <param name="estimator">The network.</param>
/// <param name="identity">Name and content of its file.</param>
internal sealed class PoseModelCameras(IPoseEstimator estimator, string identity) : ISourceCameraEstimator
{
    /// <inheritdoc/>
    public string Identity { get; } = identity;

    /// <summary>Names the network by the content of its files, so that another one under the same name makes cached paths void.</summary>
    public static async Task<PoseModelCameras> OpenAsync(IPoseEstimator estimator, string path, CancellationToken stop)
    {
        ContentHash hash = new();
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [path];
        List<string> hashes = [];
        foreach (string file in files) hashes.Add(await hash.OfAsync(file, stop));
        return new(estimator, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))} {string.Join(' ', hashes)}");
    }

    /// <inheritdoc/>
    public async Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default)
    {
        VideoFrames frames = new(clip.Rgb24, clip.Width, clip.Height, clip.FrameCount, clip.FrameRate.FramesPerSecond);
        PoseEstimationResult result = (await estimator.EstimateAsync([frames], cancellationToken))[0];
        return result.Succeeded ? SourceCameraEstimate.Of(result.Estimate.Trajectory) : SourceCameraEstimate.Failed(result.Reason);
    }
}
