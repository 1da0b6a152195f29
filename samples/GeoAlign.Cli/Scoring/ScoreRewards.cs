using GeoAlign.Models;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Cli;

/// <summary>The rewards of a command line, with the networks and connections they use.</summary>
internal sealed class ScoreRewards : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<IReward> _rewards = [];

    /// <summary>The rewards, in the order of their dimensions.</summary>
    public IReadOnlyList<IReward> All => _rewards;

    /// <summary>What the geometry reward found in its last call.</summary>
    public List<GeometryAssessment> Assessments { get; } = [];

    /// <summary>The pose estimator; null without one.</summary>
    public RememberedEstimates? Estimates { get; private set; }

    /// <summary>Metric errors against the target path.</summary>
    public void AddGeometry(PoseModel model)
    {
        _owned.Add(model);
        Estimates = model.Estimates;
        _rewards.Add(new GeometryReward(model.Estimates, assessed: Assessments.AddRange));
    }

    /// <summary>Measures that need no network.</summary>
    public void AddPerceptual(ColourReference reference) => _rewards.Add(new PerceptualReward(new PerceptualRewardOptions { ColourReference = reference }));

    /// <summary>VideoAlign's visual and motion quality, and alignment with the prompt.</summary>
    /// <param name="checkpoint">Folder of the checkpoint, with <see cref="RewardPrompt.VideoAlignFileName"/> in it.</param>
    /// <param name="baseModel">Qwen2-VL-2B-Instruct, where the checkpoint is an adapter.</param>
    /// <param name="tokenizer">Folder with Qwen2-VL's tokenizer; null: that of the base model, else the checkpoint's.</param>
    /// <param name="device">Device of the network.</param>
    public void AddVideoAlign(string checkpoint, string? baseModel, string? tokenizer, torch.Device device)
    {
        // The small files first: they are quickly checked, and the network takes long to read.
        RewardPrompt prompt = RewardPrompt.LoadVideoAlign(FolderOf(checkpoint));
        ByteLevelBpeTokenizer words = ByteLevelBpeTokenizer.LoadFolder(tokenizer ?? (baseModel is null ? FolderOf(checkpoint) : FolderOf(baseModel)));
        VideoAlignNetwork network = VideoAlignNetwork.Load(checkpoint, new VideoAlignNetworkOptions { Device = device, Type = TypeOn(device), BaseModelPath = baseModel });
        _owned.Add(network);
        _rewards.Add(new VideoAlignReward(network, words, prompt, new VideoAlignRewardOptions { TextAlignment = true }));
    }

    /// <summary>HPSv3's preference score of frames.</summary>
    /// <param name="weights">The weights, with <see cref="RewardPrompt.HpsV3FileName"/> beside them.</param>
    /// <param name="tokenizer">Folder with Qwen2-VL's tokenizer; null: that of the weights.</param>
    /// <param name="device">Device of the network.</param>
    public void AddHpsV3(string weights, string? tokenizer, torch.Device device)
    {
        RewardPrompt prompt = RewardPrompt.LoadHpsV3(FolderOf(weights));
        ByteLevelBpeTokenizer words = ByteLevelBpeTokenizer.LoadFolder(tokenizer ?? FolderOf(weights));
        HpsV3Network network = HpsV3Network.Load(weights, new HpsV3NetworkOptions { Device = device, Type = TypeOn(device) });
        _owned.Add(network);
        _rewards.Add(new HpsV3Reward(network, words, prompt));
    }

    /// <summary>A scorer of another process.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="stop">Stops waiting for it.</param>
    public async Task AddRemoteAsync(string address, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)) throw new UsageException($"--remote is '{address}', expected an address such as http://127.0.0.1:8080");
        HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };       // the reward has a timeout of its own
        _owned.Add(client);
        _rewards.Add(await HttpReward.ConnectAsync(client, uri, cancellationToken: stop));
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }

    // As the published scores were computed: bfloat16 on a GPU.
    private static torch.ScalarType TypeOn(torch.Device device) => device.type == DeviceType.CUDA ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;

    private static string FolderOf(string path)
    {
        if (Directory.Exists(path)) return path;
        return File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
    }
}
