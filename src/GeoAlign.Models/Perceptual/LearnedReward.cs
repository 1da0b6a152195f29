using System.Collections.Immutable;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Models;

/// <summary>A learned reward from its files, with the network it asks: VideoAlign or HPSv3, with tokenizer and prompt.</summary>
public sealed class LearnedReward : IReward, IMovablePart, IDisposable
{
    private readonly IReward _reward;
    private readonly IMovablePart _network;

    private LearnedReward(IReward reward, IMovablePart network) => (_reward, _network) = (reward, network);

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions => _reward.Dimensions;

    /// <inheritdoc/>
    public string Name => _network.Name;

    /// <summary>Opens VideoAlign.</summary>
    /// <param name="path">
    /// Its folder, a checkpoint folder in it, or complete weights; <see cref="RewardPrompt.VideoAlignFileName"/> lies in the folder or beside the file, or, as the
    /// published settings do, in the folder that holds the checkpoint's.
    /// </param>
    /// <param name="options">Device, base model, tokenizer; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="PromptFormatException">The prompt file breaks its format, or its text is another one.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer breaks its format.</exception>
    /// <exception cref="WeightFormatException">The weights break their format.</exception>
    /// <exception cref="WeightMismatchException">A weight is missing, unknown or of another shape.</exception>
    /// <exception cref="ArgumentException">A setting is bad, or the tokenizer does not fit the network.</exception>
    public static LearnedReward OpenVideoAlign(string path, LearnedRewardOptions? options = null)
    {
        options ??= new LearnedRewardOptions();
        string folder = ReleaseOf(FolderOf(path)), words = options.TokenizerPath ?? (options.BaseModelPath is { } model ? FolderOf(model) : folder);
        RewardPrompt prompt = RewardPrompt.LoadVideoAlign(folder, options.AcceptOtherText);          // the small files first: the network takes long to read
        ByteLevelBpeTokenizer tokenizer = ByteLevelBpeTokenizer.LoadFolder(words);
        torch.Device device = ComputeDevice.Named(options.Device);
        VideoAlignNetwork network = VideoAlignNetwork.Load(path, new VideoAlignNetworkOptions { Device = device, Type = TypeOn(device, options), BaseModelPath = options.BaseModelPath });
        return Join(network, () => new VideoAlignReward(network, tokenizer, prompt, options.VideoAlign));
    }

    /// <summary>Opens HPSv3.</summary>
    /// <param name="path">Its weights; <see cref="RewardPrompt.HpsV3FileName"/> lies beside them.</param>
    /// <param name="options">Device, tokenizer; null: the defaults.</param>
    /// <inheritdoc cref="OpenVideoAlign" path="/exception"/>
    public static LearnedReward OpenHpsV3(string path, LearnedRewardOptions? options = null)
    {
        options ??= new LearnedRewardOptions();
        string folder = FolderOf(path);
        RewardPrompt prompt = RewardPrompt.LoadHpsV3(folder, options.AcceptOtherText);
        ByteLevelBpeTokenizer tokenizer = ByteLevelBpeTokenizer.LoadFolder(options.TokenizerPath ?? folder);
        torch.Device device = ComputeDevice.Named(options.Device);
        HpsV3Network network = HpsV3Network.Load(path, new HpsV3NetworkOptions { Device = device, Type = TypeOn(device, options) });
        return Join(network, () => new HpsV3Reward(network, tokenizer, prompt, options.HpsV3));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default) =>
        _reward.ScoreAsync(rollouts, cancellationToken);

    /// <inheritdoc/>
    public void ToDevice() => _network.ToDevice();

    /// <inheritdoc/>
    public void ToHost() => _network.ToHost();

    /// <summary>Frees the network.</summary>
    public void Dispose() => ((IDisposable)_network).Dispose();

    private static LearnedReward Join<T>(T network, Func<IReward> make) where T : IMovablePart, IDisposable
    {
        try
        {
            return new LearnedReward(make(), network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static torch.ScalarType TypeOn(torch.Device device, LearnedRewardOptions options) =>
        options.Type ?? (device.type == DeviceType.CUDA ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32);

    // The release's folder, where the given one is a checkpoint's and the prompt does not lie in it.
    private static string ReleaseOf(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Path.GetFileName(full).StartsWith(VideoAlignCheckpoint.StepPrefix, StringComparison.Ordinal) && !File.Exists(Path.Combine(folder, RewardPrompt.VideoAlignFileName))
            ? Path.GetDirectoryName(full)!
            : folder;
    }

    private static string FolderOf(string path)
    {
        if (Directory.Exists(path)) return path;
        return File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
    }
}
