using System.Security.Cryptography;
using GeoAlign.Models;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Train;

/// <summary>The frozen networks that judge videos, opened once: a pose estimator, and VideoAlign and HPSv3 where they are given.</summary>
internal sealed class RewardSystem : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private RewardSystem(RewardFiles files, string device, NumberType precision, int threads, bool namesContent, DeviceStages stages)
    {
        torch.Device place = torch.device(device);
        torch.ScalarType type = precision.ToTorch();
        try
        {
            List<IReward> rewards = [];
            stages.Run(WorkStage.Reward, () =>
            {
                (IPoseEstimator estimator, Identity) = files.MapAnything is null ? Onnx(files.PoseModel, threads, namesContent) : MapAnything(files.MapAnything, place, type, stages);
                rewards.Add(new GeometryReward(estimator));
                Estimator = new StagedEstimator(estimator, stages);
                if (files.VideoAlign is not null) rewards.Add(VideoAlign(files, place, type, stages));
                if (files.HpsV3 is not null) rewards.Add(HpsV3(files, place, type, stages));
            });
            Panel = new RewardPanel(rewards);
            string[] unknown = [.. files.Weights.Keys.Except(Panel.Dimensions.Select(d => d.Name))];
            if (unknown.Length > 0)
                throw new ArgumentException($"--reward-weight names {string.Join(", ", unknown)}; the rewards are {string.Join(", ", Panel.Dimensions.Select(d => d.Name))}.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The pose estimator of the geometry reward, for use outside of the panel.</summary>
    public IPoseEstimator Estimator { get; private set; } = null!;

    /// <summary>What tells its estimates from another's.</summary>
    public string Identity { get; private set; } = null!;

    /// <summary>All rewards.</summary>
    public RewardPanel Panel { get; }

    /// <summary>Opens the networks.</summary>
    /// <param name="files">Their files.</param>
    /// <param name="device">Device, as Torch names it.</param>
    /// <param name="precision">Type of their weights.</param>
    /// <param name="threads">Threads of an ONNX estimator.</param>
    /// <param name="namesContent">Whether estimates are kept beyond the run, so that the estimator's identity must tell its content.</param>
    /// <param name="stages">Told which networks the reward stage needs.</param>
    public static RewardSystem Open(RewardFiles files, string device, NumberType precision, int threads, bool namesContent, DeviceStages stages) =>
        new(files, device, precision, threads, namesContent, stages);

    /// <summary>An estimator in ONNX.</summary>
    public static OnnxPoseEstimator OpenOnnx(string path, int threads) => new(path, new OnnxPoseEstimatorOptions
    {
        Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = threads } },
    });

    public void Dispose()
    {
        foreach (IDisposable network in _owned) network.Dispose();
    }

    private (IPoseEstimator, string) Onnx(string path, int threads, bool namesContent)
    {
        OnnxPoseEstimator estimator = OpenOnnx(path, threads);
        _owned.Add(estimator);
        if (!namesContent) return (estimator, Path.GetFileName(path));
        using FileStream model = File.OpenRead(path);
        return (estimator, $"{Path.GetFileName(path)} {Convert.ToHexStringLower(SHA256.HashData(model))}");
    }

    private (IPoseEstimator, string) MapAnything(string path, torch.Device device, torch.ScalarType type, DeviceStages stages)
    {
        MapAnythingPoseEstimator estimator = MapAnythingPoseEstimator.Load(path, new MapAnythingPoseEstimatorOptions { Device = device, Type = type });
        _owned.Add(estimator);
        stages.Add(estimator, WorkStage.Reward);
        return (estimator, estimator.Identity);
    }

    private VideoAlignReward VideoAlign(RewardFiles files, torch.Device device, torch.ScalarType type, DeviceStages stages)
    {
        (ByteLevelBpeTokenizer tokenizer, string prompts) = Language(files, "--video-align");
        RewardPrompt prompt = RewardPrompt.LoadVideoAlign(prompts);
        VideoAlignNetwork network = VideoAlignNetwork.Load(files.VideoAlign!, new VideoAlignNetworkOptions { Device = device, Type = type, BaseModelPath = files.VideoAlignBase });
        _owned.Add(network);
        stages.Add(network, WorkStage.Reward);
        return new VideoAlignReward(network, tokenizer, prompt);
    }

    private HpsV3Reward HpsV3(RewardFiles files, torch.Device device, torch.ScalarType type, DeviceStages stages)
    {
        (ByteLevelBpeTokenizer tokenizer, string prompts) = Language(files, "--hpsv3");
        RewardPrompt prompt = RewardPrompt.LoadHpsV3(prompts);
        HpsV3Network network = HpsV3Network.Load(files.HpsV3!, new HpsV3NetworkOptions { Device = device, Type = type });
        _owned.Add(network);
        stages.Add(network, WorkStage.Reward);
        return new HpsV3Reward(network, tokenizer, prompt);
    }

    private static (ByteLevelBpeTokenizer Tokenizer, string Prompts) Language(RewardFiles files, string option) => files is { Qwen2Tokenizer: { } tokenizer, RewardPrompts: { } prompts }
        ? (ByteLevelBpeTokenizer.LoadFolder(tokenizer), prompts)
        : throw new ArgumentException($"{option} needs --qwen2-tokenizer and --reward-prompts.");
}
