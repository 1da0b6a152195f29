using System.CommandLine;
using System.Globalization;
using TorchSharp;

namespace GeoAlign.Miniature;

/// <summary><c>estimators</c>: trains the networks of the rewards and the independent judge network, and prints their error floors.</summary>
internal static class EstimatorsCommand
{
    private static readonly string[] Names = ["reward", "quality", "judge"];

    public static Command Create()
    {
        Option<string> folder = new("--out") { Description = "Folder for reward.onnx, quality.onnx and judge.onnx.", DefaultValueFactory = _ => "." };
        Option<string[]> only = new("--only") { Description = "Networks to train: reward, quality, judge. Default: all.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong(Names);
        Option<ulong> seed = new("--seed") { Description = "Seed of weights, data and damage.", DefaultValueFactory = _ => 1ul };
        Option<int> threads = new("--threads") { Description = "Threads.", DefaultValueFactory = _ => 1 };
        Command command = new("estimators", "Trains the networks that read poses and pictures, and prints what they get wrong on rendered truth.") { folder, only, seed, threads };
        command.SetAction((parsed, stop) =>
        {
            torch.set_num_threads(parsed.GetValue(threads));
            Directory.CreateDirectory(parsed.GetValue(folder)!);
            EstimatorTrainingOptions options = new() { RoomSeed = MiniatureNetwork.RoomSeed, Seed = parsed.GetValue(seed) };
            string[] chosen = parsed.GetValue(only) is { Length: > 0 } some ? some : Names;
            foreach (string name in chosen) Train(name, options, Path.Combine(parsed.GetValue(folder)!, name + ".onnx"), parsed.InvocationConfiguration.Output, stop);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Train(string name, EstimatorTrainingOptions options, string path, TextWriter output, CancellationToken stop)
    {
        void Progress(EstimatorProgress p)
        {
            if (p.Step % 500 == 0) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {p.Step}/{p.Steps}  loss {p.Loss:0.0000}"));
        }

        if (name == "quality")
        {
            output.WriteLine($"{name}: {EstimatorTraining.TrainQuality(options, path, Progress, stop)}");
        }
        else
        {
            PoseTrainingResult result = name == "reward"
                ? EstimatorTraining.TrainReward(options, path, Progress, stop)
                : EstimatorTraining.TrainJudge(options, path, Progress, stop);
            foreach (PoseErrorFloor floor in result.Errors) output.WriteLine($"{name}: {floor}");
            output.WriteLine($"{name}: {result.Damage}");
        }

        output.WriteLine($"wrote {path}");
    }
}
