using GeoAlign.Models;
using GeoAlign.Rewards;
using static TorchSharp.torch;

namespace GeoAlign.Train;

/// <summary>The networks that judge videos, opened from their files, and connections to scorers of other processes: the same for training, scoring and serving.</summary>
internal sealed class RewardNetworks : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<PanelEntry> _learned = [], _remote = [];

    /// <summary>The pose estimator; null where none is named.</summary>
    public PoseNetwork? Pose { get; private set; }

    /// <summary>The rewards that need no path: VideoAlign, HPSv3, scorers of other processes, in this order.</summary>
    public IReadOnlyList<PanelEntry> Entries => [.. _learned, .. _remote];

    /// <summary>Connects to scorers of other processes. A call that fails in passing is tried again: a run of days is not to lose a dimension because a scorer was busy for a moment.</summary>
    /// <param name="addresses">Their addresses, absolute.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="TransientRewardException">One cannot be reached.</exception>
    /// <exception cref="RemoteScorerException">One does not speak the protocol.</exception>
    public async Task ConnectAsync(IEnumerable<string> addresses, CancellationToken stop)
    {
        foreach (string address in addresses)
        {
            HttpClient client = Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan });        // the reward has a timeout of its own
            _remote.Add(new PanelEntry(await HttpReward.ConnectAsync(client, new Uri(address), cancellationToken: stop)) { Retry = new RetryPolicy() });
        }
    }

    /// <summary>Opens the networks that are named.</summary>
    /// <param name="files">Their files.</param>
    /// <param name="options">Device, type, threads.</param>
    public void Open(RewardFiles files, RewardNetworkOptions options)
    {
        if (options.Threads > 0 && (files.VideoAlign ?? files.HpsV3) is not null) set_num_threads(options.Threads);
        if (files.PoseModel is { } model)
        {
            Pose = Own(PoseNetwork.Open(model, new PoseNetworkOptions { Device = options.Device, Type = options.Type, ExecutionProvider = files.ExecutionProvider, Threads = options.Threads }));
            if (!Pose.IsOnnx) options.Opened?.Invoke(Pose);
        }

        LearnedRewardOptions learned = new()
        {
            Device = options.Device, Type = options.Type, BaseModelPath = files.QwenBase, TokenizerPath = files.QwenTokenizer, AcceptOtherText = files.AcceptsOtherText,
            VideoAlign = new VideoAlignRewardOptions { TextAlignment = options.TextAlignment },
        };
        if (files.VideoAlign is { } videoAlign) Add(LearnedReward.OpenVideoAlign(videoAlign, learned));
        if (files.HpsV3 is { } hpsV3) Add(LearnedReward.OpenHpsV3(hpsV3, learned));

        void Add(LearnedReward reward)
        {
            options.Opened?.Invoke(Own(reward));
            _learned.Add(new PanelEntry(reward));
        }
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }

    private T Own<T>(T owned) where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
