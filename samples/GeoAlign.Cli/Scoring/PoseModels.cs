using GeoAlign.Models;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Cli;

/// <summary>Opens the pose estimator that a command line names.</summary>
internal static class PoseModels
{
    /// <summary>An ONNX file by the contract pose-estimator/1, or the weights of MapAnything: a release's folder, or a .safetensors or .pth file.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="device">Device of a network with weights; ONNX files run on the CPU.</param>
    /// <param name="threads">Threads of the network.</param>
    /// <param name="mostFrames">Most frames of a video that the network sees; null for all.</param>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="PoseModelException">An ONNX file breaks the contract.</exception>
    /// <exception cref="WeightFormatException">Weights are not MapAnything's.</exception>
    public static PoseModel Open(string path, string device, int threads, int? mostFrames)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new FileNotFoundException($"There is no pose model '{path}'.", path);
        if (Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            if (device != "cpu") throw new UsageException($"ONNX pose models run on the CPU; --device {device} is for networks with weights");
            OnnxPoseEstimator onnx = new(path, new OnnxPoseEstimatorOptions { Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = threads } } });
            return new PoseModel(onnx, onnx, mostFrames);
        }

        torch.set_num_threads(threads);
        torch.Device place = torch.device(device);
        MapAnythingPoseEstimator network = MapAnythingPoseEstimator.Load(path, new MapAnythingPoseEstimatorOptions
        {
            Device = place,
            Type = place.type == DeviceType.CUDA ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32,        // as the reference runs it
        });
        return new PoseModel(network, network, mostFrames);
    }
}
