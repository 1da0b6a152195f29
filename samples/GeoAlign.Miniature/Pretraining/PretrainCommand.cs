using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GeoAlign.Models;
using TorchSharp;

namespace GeoAlign.Miniature;

/// <summary><c>pretrain</c>: makes the base model.</summary>
internal static class PretrainCommand
{
    public static Command Create()
    {
        Option<string> folder = new("--out") { Description = "Folder for faultless.safetensors and base.safetensors.", DefaultValueFactory = _ => "." };
        Option<ulong> seed = new("--seed") { Description = "Seed of weights, data and noise.", DefaultValueFactory = _ => 1ul };
        Option<int> threads = new("--threads") { Description = "Threads of the network.", DefaultValueFactory = _ => 1 };
        Option<double> share = new("--share") { Description = "Share of the steps of every stage, for a quick look.", DefaultValueFactory = _ => 1.0 };
        Command command = new("pretrain", "Trains the base model: first on truthful clips, then on clips that move less than their labels say.")
        {
            folder, seed, threads, share,
        };
        command.SetAction((parsed, stop) =>
        {
            torch.set_num_threads(parsed.GetValue(threads));
            Run(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.GetValue(share), parsed.InvocationConfiguration.Output, stop);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(string folder, ulong seed, double share, TextWriter output, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        Pretraining training = new(seed, new RoomRenderer(Room.FromSeed(MiniatureNetwork.RoomSeed)));
        RedirectorTransformer network = MiniatureNetwork.Create(seed);
        try
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.parameters().Sum(p => p.numel()):N0} weights"));
            int done = 0;
            foreach (PretrainingStage whole in Pretraining.Stages)
            {
                PretrainingStage stage = whole with { Steps = (int)Math.Ceiling(whole.Steps * share) };
                string path = Path.Combine(folder, stage.Flawed ? MiniatureNetwork.BaseFile : MiniatureNetwork.FaultlessFile);
                training.Run(network, stage, done, path, Progress(stage, output), stop);
                using (RedirectorPolicy policy = new(MiniatureNetwork.Load(path)))
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{stage.Name}: error of the predicted data at σ = 1, 0.7, 0.3: {training.ValidationError(policy, 1):0.0000}, {training.ValidationError(policy, 0.7):0.0000}, {training.ValidationError(policy, 0.3):0.0000}; wrote {path}"));
                }

                done += whole.Steps;
                network.Dispose();
                network = MiniatureNetwork.Load(path);                            // the next stage starts from the averages
            }
        }
        finally
        {
            network.Dispose();
        }
    }

    private static Action<int, double> Progress(PretrainingStage stage, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        double loss = 0;
        int since = 0;
        return (step, value) =>
        {
            (loss, since) = (loss + value, since + 1);
            if (step % 250 != 0 && step != stage.Steps) return;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{stage.Name} {step}/{stage.Steps}  loss {loss / since:0.0000}  {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            (loss, since) = (0, 0);
        };
    }
}
