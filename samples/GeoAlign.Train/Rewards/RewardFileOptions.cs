using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GeoAlign.Train;

/// <summary>The command-line options that say which rewards are used.</summary>
internal sealed class RewardFileOptions
{
    private readonly Option<string> _poseModel = new("--pose-model") { Description = "Pose estimator: ONNX by the contract pose-estimator/1 (docs/pose-estimator.md).", DefaultValueFactory = _ => TrainCommand.Asset("pose.onnx") };
    private readonly Option<string?> _mapAnything = new("--map-anything") { Description = "MapAnything in the place of --pose-model: a weight file, or the folder of a release." };
    private readonly Option<string?> _videoAlign = new("--video-align") { Description = "VideoAlign, rewards vis and mot: the published folder or complete weights. Needs --qwen2-tokenizer, --reward-prompts and prompts of the videos." };
    private readonly Option<string?> _videoAlignBase = new("--video-align-base") { Description = "Qwen2-VL, which VideoAlign's published weights are additions to." };
    private readonly Option<string?> _hpsV3 = new("--hpsv3") { Description = "HPSv3, reward hps: its weight file. Needs the same as --video-align." };
    private readonly Option<string?> _tokenizer = new("--qwen2-tokenizer") { Description = "Folder of Qwen2-VL's tokenizer." };
    private readonly Option<string?> _prompts = new("--reward-prompts") { Description = "Folder with videoalign_prompt.json and hpsv3_prompt.json." };
    private readonly Option<string[]> _weight = new("--reward-weight") { Description = "Weight of a reward dimension, NAME=NUMBER; may be given several times. Default: 1 each.", AllowMultipleArgumentsPerToken = true };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _poseModel, _mapAnything, _videoAlign, _videoAlignBase, _hpsV3, _tokenizer, _prompts, _weight }) command.Options.Add(option);
    }

    /// <summary>What the user chose.</summary>
    /// <exception cref="ArgumentException">A weight is no NAME=NUMBER, or named twice.</exception>
    public RewardFiles Read(ParseResult parsed)
    {
        Dictionary<string, double> weights = new(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_weight) ?? [])
        {
            string[] parts = text.Split('=');
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !weights.TryAdd(parts[0], weight))
                throw new ArgumentException($"--reward-weight is '{text}', expected NAME=NUMBER with each name once, for example trans=0.5.");
        }

        return new RewardFiles
        {
            PoseModel = Path.GetFullPath(parsed.GetValue(_poseModel)!),
            MapAnything = Full(parsed, _mapAnything), VideoAlign = Full(parsed, _videoAlign), VideoAlignBase = Full(parsed, _videoAlignBase), HpsV3 = Full(parsed, _hpsV3),
            Qwen2Tokenizer = Full(parsed, _tokenizer), RewardPrompts = Full(parsed, _prompts), Weights = weights,
        };
    }

    private static string? Full(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } path ? Path.GetFullPath(path) : null;
}
