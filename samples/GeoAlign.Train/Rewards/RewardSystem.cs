using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Train;

/// <summary>The frozen networks that judge videos, opened once: a pose estimator, and VideoAlign, HPSv3 and scorers of other processes where they are given.</summary>
internal sealed class RewardSystem : IDisposable
{
    private readonly List<IDisposable> _owned = [];

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
    /// <param name="files">Their files.</param>
    /// <param name="device">Device, as Torch names it.</param>
    /// <param name="precision">Type of their weights.</param>
    /// <param name="threads">Threads of an ONNX estimator.</param>
    /// <param name="namesContent">Whether estimates are kept beyond the run, so that the estimator's identity must tell its content.</param>
    /// <param name="stages">Told which networks the reward stage needs.</param>
    /// <param name="stop">Stops waiting for scorers of other processes.</param>
    /// <exception cref="ArgumentException">A weight is of a dimension that no reward has.</exception>
    public static async Task<RewardSystem> OpenAsync(
        RewardFiles files, string device, NumberType precision, int threads, bool namesContent, DeviceStages stages, CancellationToken stop)
    {
        RewardSystem system = new();
        try
        {
            List<PanelEntry> entries = stages.Run(WorkStage.Reward, () => system.OpenNetworks(files, device, precision, threads, namesContent, stages));
            foreach (string address in files.Remote) entries.Add(await system.ConnectAsync(new Uri(address), stop));
            system.Panel = new RewardPanel(entries, new PanelOptions());
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

    public void Dispose()
    {
        foreach (IDisposable network in _owned) network.Dispose();
    }

    private List<PanelEntry> OpenNetworks(RewardFiles files, string device, NumberType precision, int threads, bool namesContent, DeviceStages stages)
    {
        PoseNetwork pose = Own(PoseNetwork.Open(files.PoseModel, new PoseNetworkOptions { Device = device, Type = precision.ToTorch(), Threads = threads }));
        if (!pose.IsOnnx) stages.Add(pose, WorkStage.Reward);
        Estimator = new StagedEstimator(pose, stages);
        Identity = pose.IsOnnx && !namesContent ? pose.Name : pose.Identity;          // a large file is not read for nothing
        List<PanelEntry> entries = [new PanelEntry(new GeometryReward(pose))];

        LearnedRewardOptions options = new()
        {
            Device = device, Type = precision.ToTorch(), BaseModelPath = files.QwenBase, TokenizerPath = files.QwenTokenizer, AcceptOtherText = files.AcceptsOtherText,
        };
        if (files.VideoAlign is { } videoAlign) Add(LearnedReward.OpenVideoAlign(videoAlign, options));
        if (files.HpsV3 is { } hpsV3) Add(LearnedReward.OpenHpsV3(hpsV3, options));
        return entries;

        void Add(LearnedReward reward)
        {
            stages.Add(Own(reward), WorkStage.Reward);
            entries.Add(new PanelEntry(reward));
        }
    }

    // Waits and tries again: a run of days is not to lose a dimension because a scorer was busy for a moment.
    private async Task<PanelEntry> ConnectAsync(Uri address, CancellationToken stop)
    {
        HttpClient client = Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan });        // the reward has a timeout of its own
        return new PanelEntry(await HttpReward.ConnectAsync(client, address, cancellationToken: stop)) { Retry = new RetryPolicy() };
    }

    private T Own<T>(T network) where T : IDisposable
    {
        _owned.Add(network);
        return network;
    }
}
