using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>Opens the pose estimator that a command line names.</summary>
internal static class PoseModels
{
    /// <summary>An ONNX file by the contract pose-estimator/1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads of the network.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="PoseModelException">It breaks the contract.</exception>
    public static IPoseEstimator Open(string path, int threads)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no pose model '{path}'.", path);
        return new OnnxPoseEstimator(path, new OnnxPoseEstimatorOptions { Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = threads } } });
    }
}
