using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Train;

/// <summary>The rewards of a training run: the geometry reward on a pose estimator, and VideoAlign, HPSv3 and scorers of other processes where they are given.</summary>
internal sealed class RewardSystem : IDisposable
{
    private readonly RewardNetworks _networks = new();

    private RewardSystem()
    {
    }

    /// <summary>The pose estimator of the geometry reward, for use outside of the panel.</summary>
    public IPoseEstimator Estimator { get; private set; } = null!;

    /// <summary>What tells its estimates from another's.</summary>
    public string Identity { get; private set; } = null!;

    /// <summary>All rewards.</summary>
    public RewardPanel Panel { get; private set; } = null!;

    /// <summary>Opens the networks.</summary>
    /// <param name="files">Their files; a pose estimator is among them.</param>
    /// <param name="device">Device, as Torch names it.</param>
    /// <param name="precision">Type of their weights.</param>
    /// <param name="threads">Threads of an ONNX estimator.</param>
    /// <param name="namesContent">Whether estimates are kept beyond the run, so that the estimator's identity must tell its content.</param>
    /// <param name="stages">Told which networks the reward stage needs.</param>
    /// <param name="stop">Stops waiting for scorers of other processes.</param>
    /// <exception cref="UsageException">A weight is of a dimension that no reward has.</exception>
    public static async Task<RewardSystem> OpenAsync(
        RewardFiles files, string device, NumberType precision, int threads, bool namesContent, DeviceStages stages, CancellationToken stop)
    {
        RewardSystem system = new();
        try
        {
            await system._networks.ConnectAsync(files.Remote, stop);          // first: the networks take long to read
            RewardNetworkOptions options = new() { Device = device, Type = precision.ToTorch(), Threads = threads, Opened = part => stages.Add(part, WorkStage.Reward) };
            stages.Run(WorkStage.Reward, () => system._networks.Open(files, options));
            PoseNetwork pose = system._networks.Pose ?? throw new UsageException("no pose estimator is named, and the camera is what is trained: say --pose-model");
            system.Estimator = new StagedEstimator(pose, stages);
            system.Identity = pose.IsOnnx && !namesContent ? pose.Name : pose.Identity;          // a large file is not read for nothing
            system.Panel = new RewardPanel([new PanelEntry(new GeometryReward(pose)), .. system._networks.Entries], new PanelOptions());
            string[] names = [.. system.Panel.Dimensions.Select(d => d.Name)], unknown = [.. files.Weights.Keys.Except(names)];
            if (unknown.Length > 0) throw new UsageException($"--reward-weight names {string.Join(", ", unknown)}; the rewards are {string.Join(", ", names)}.");
            if (names.All(name => files.Weights.GetValueOrDefault(name, 1) == 0)) throw new UsageException($"--reward-weight gives {string.Join(", ", names)} the weight 0; nothing is left to learn from.");
            return system;
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    public void Dispose() => _networks.Dispose();
}
