using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GeoAlign.Train;

/// <summary>The command-line options that say which rewards are used: the same for training, scoring and serving.</summary>
internal sealed class RewardFileOptions
{
    private readonly Option<string?> _poseModel = new("--pose-model") { HelpName = "file", Description = "Pose estimator: an ONNX file by the contract pose-estimator/1 (docs/pose-estimator.md), or MapAnything: the folder of a release, or its .safetensors or .pth file." };
    private readonly Option<string> _provider = new("--execution-provider") { HelpName = "name", Description = "ONNX Runtime's execution provider, for a pose estimator in an ONNX file: CPU, CUDA, ….", DefaultValueFactory = _ => "CPU" };
    private readonly Option<string?> _videoAlign = new("--videoalign") { HelpName = "folder", Description = "VideoAlign's checkpoint, with its prompt file in it (docs/rewards.md): visual and motion quality (vis, mot)." };
    private readonly Option<string?> _hpsV3 = new("--hpsv3") { HelpName = "file", Description = "HPSv3's weights, with its prompt file beside them: preference of the frames, given the prompt (hps)." };
    private readonly Option<string?> _qwenBase = new("--qwen-base") { HelpName = "folder", Description = "Qwen2-VL-2B-Instruct, where --videoalign is an adapter." };
    private readonly Option<string?> _qwenTokenizer = new("--qwen-tokenizer") { HelpName = "folder", Description = "Folder with Qwen2-VL's tokenizer. Default: that of the base model or of the checkpoint." };
    private readonly Option<bool> _otherText = new("--accept-other-text") { Description = "Take prompt files of --videoalign and --hpsv3 whose text is not the published one; scores then compare with nobody's." };
    private readonly Option<string[]> _remote = new("--remote") { HelpName = "url", Description = "A scorer in another process (docs/rewards.md), whose dimensions are rewards too; may be given several times.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _weight = new("--reward-weight") { HelpName = "name=number", Description = "Weight of a reward dimension, NAME=NUMBER; may be given several times. Default: 1 each.", AllowMultipleArgumentsPerToken = true };

    /// <summary>Makes the options.</summary>
    /// <param name="poseModel">Pose estimator where none is given; null for none.</param>
    public RewardFileOptions(string? poseModel = null)
    {
        if (poseModel is not null) _poseModel.DefaultValueFactory = _ => poseModel;
        Networks = [_poseModel, _provider, _videoAlign, _hpsV3, _qwenBase, _qwenTokenizer, _otherText];
    }

    /// <summary>Options of the networks in files.</summary>
    public IReadOnlyList<Option> Networks { get; }

    /// <summary>Option of scorers in other processes.</summary>
    public Option Remote => _remote;

    /// <summary>Option of the weights.</summary>
    public Option Weight => _weight;

    /// <summary>What the user chose; of options that the command does not have, nothing.</summary>
    /// <exception cref="UsageException">A weight is no NAME=NUMBER, or named twice; an address is none.</exception>
    public RewardFiles Read(ParseResult parsed)
    {
        Dictionary<string, double> weights = new(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_weight) ?? [])
        {
            string[] parts = text.Split('=');
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !weights.TryAdd(parts[0], weight))
                throw new UsageException($"--reward-weight is '{text}', expected NAME=NUMBER with each name once, for example trans=0.5");
        }

        string[] remote = parsed.GetValue(_remote) ?? [];
        if (remote.FirstOrDefault(address => !Uri.TryCreate(address, UriKind.Absolute, out _)) is { } wrong)
            throw new UsageException($"--remote is '{wrong}', expected an address such as http://127.0.0.1:8080");
        return new RewardFiles
        {
            PoseModel = Full(parsed, _poseModel), ExecutionProvider = parsed.GetValue(_provider)!, VideoAlign = Full(parsed, _videoAlign), HpsV3 = Full(parsed, _hpsV3),
            QwenBase = Full(parsed, _qwenBase), QwenTokenizer = Full(parsed, _qwenTokenizer),
            AcceptsOtherText = parsed.GetValue(_otherText), Remote = remote, Weights = weights,
        };
    }

    private static string? Full(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } path ? Path.GetFullPath(path) : null;
}
