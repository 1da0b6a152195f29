using System.CommandLine;
using System.Globalization;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>The command line of the training sample.</summary>
internal static class TrainCommand
{
    private const string Description =
        """
        Trains a camera-controlled video model on metric camera paths by GRPO (Geo-Align, arXiv 2605.23903).

        Without options it runs on its embedded default: a clip of a drawn room, simple camera moves as targets, an untrained small
        network, a block-cosine codec in the place of the VAE, and a pose network with random weights as the reward's estimator. That
        shows the whole loop; it does not teach the model anything.

        The released ReDirector (1.3B) is a folder with diffusion_pytorch_model.safetensors (Wan2.1-Fun-V1.1-1.3B-Control-Camera),
        step20000.safetensors (ReDirector), Wan2.1_VAE.pth, models_t5_umt5-xxl-enc-bf16.pth, google/umt5-xxl/spiece.model and
        models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth. The prompt of clip.mp4 is read from clip.txt, or given with --prompt.

        A run that was stopped goes on when it is started again with the same --name and the same settings. The subcommand generate makes
        videos with a trained network.
        """;

    private const string WhenStopped = "stopped; start again with the same --name to go on from the last checkpoint";

    private static readonly Example[] Shown =
    [
        new("--video clip.mp4 --paths camera_extrinsics.json --pose-model estimator.onnx --weights runs/first/network.safetensors", "your own material, from the weights of an earlier run"),
        new("--checkpoints ReDirector --device cuda --offload --frames 81 --size 832x480 --steps 25 --group 8 --iterations 140 --video clip.mp4 --paths camera_extrinsics.json --pose-model map-anything", "the released network on a GPU"),
        new("--checkpoints ReDirector --device cuda --offload --data data.json --pose-model map-anything", "whole data sets in the place of single videos and paths"),
        new("--data data.json --pose-model map-anything --videoalign VideoReward --qwen-base Qwen2-VL-2B-Instruct --hpsv3 HPSv3.safetensors --reward-weight vis=0.5 mot=0.5", "rewards for looks and motion beside the camera's, prompt files beside their weights (docs/rewards.md)"),
        new("--checkpoints ReDirector --frames 81 --size 832x480 --group 8 --memory-plan --device-memory 80", "what it would need on a GPU of 80 GiB"),
    ];

    /// <summary>The command <c>train</c> with its subcommand <c>generate</c>, for a program with other commands.</summary>
    public static Command Create() => Fill(new ToolCommand("train", Description) { Examples = Shown });

    /// <summary>The same as a program of its own.</summary>
    public static ToolProgram CreateProgram() => Fill(new ToolProgram("./demo.sh train", Description) { Examples = Shown });

    private static T Fill<T>(T command) where T : Command
    {
        CheckpointOptions checkpoints = new();
        Option<string?> dataFile = new("--data") { Description = "Data configuration (JSON): collections of videos with prompts, sources of target paths, speeds, caches. In the place of --video, --paths, --camera, --fps, --frames, --size and --conditions." };
        Option<string[]> video = new("--video") { Description = "Condition video: a file, or a folder of frames (then --fps is needed). May be given several times.", AllowMultipleArgumentsPerToken = true };
        Option<string> paths = new("--paths") { Description = "Target camera paths: camera_extrinsics.json as of MultiCamVideo.", DefaultValueFactory = _ => Asset("paths.json") };
        Option<string[]> camera = new("--camera") { Description = "Camera of the path file to draw from; may be given several times. Default: all.", AllowMultipleArgumentsPerToken = true };
        RewardFileOptions rewards = new(Asset("pose.onnx"));
        Option<string?> prompt = new("--prompt") { Description = "Prompt of videos without a text file of their name beside them." };
        Option<double> guidance = new("--guidance") { Description = "Guidance scale of rollouts and updates; above 1 it needs --negative-prompt and doubles the cost.", DefaultValueFactory = _ => 1 };
        Option<string?> negative = new("--negative-prompt") { Description = "Prompt of what is not to be seen, for --guidance." };
        Option<bool> withoutPhases = new("--without-phases") { Description = "Train self-attention without its camera phase layers: 283,392,000 instead of 329,840,640 numbers at 1.3B." };
        Option<bool?> recompute = new("--recompute") { Description = "Run every block again in the backward pass instead of keeping its activations. Default: true for the released network." };
        Option<int> threads = new("--threads") { Description = "Threads of the network and of the pose estimator.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<int> frames = new("--frames") { Description = "Frames of a clip, 4k + 1.", DefaultValueFactory = _ => 17 };
        Option<string> size = new("--size") { Description = "Size of the video, WIDTHxHEIGHT, multiples of 16.", DefaultValueFactory = _ => "160x96" };
        Option<double?> fps = new("--fps") { Description = "Frames per second of frame folders." };
        Option<double> fieldOfView = new("--fov") { Description = "Horizontal field of view of the cameras, degrees.", DefaultValueFactory = _ => 65 };
        Option<int> iterations = new("--iterations") { Description = "Iterations.", DefaultValueFactory = _ => 8 };
        Option<int> conditions = new("--conditions") { Description = "Conditions per iteration.", DefaultValueFactory = _ => 2 };
        Option<int> group = new("--group") { Description = "Rollouts per condition (G).", DefaultValueFactory = _ => 6 };
        Option<int> steps = new("--steps") { Description = "Solver steps (T).", DefaultValueFactory = _ => 12 };
        Option<int> window = new("--window") { Description = "Stochastic, trained steps (w).", DefaultValueFactory = _ => 4 };
        Option<int> interval = new("--window-interval") { Description = "Iterations between moves of the window (τ).", DefaultValueFactory = _ => 2 };
        Option<int> updates = new("--updates") { Description = "Optimiser updates per iteration; from the second on, rollouts are a little off-policy and clipping can act.", DefaultValueFactory = _ => 2 };
        Option<double> learningRate = new("--learning-rate") { Description = "Learning rate of AdamW.", DefaultValueFactory = _ => 1e-4 };
        Option<double> clip = new("--clip") { Description = "Clip range of the importance ratio (ε).", DefaultValueFactory = _ => 1e-4 };
        Option<int> seed = new("--seed") { Description = "Seed of every draw.", DefaultValueFactory = _ => 1 };
        Option<int> every = new("--checkpoint-every") { Description = "Iterations between checkpoints.", DefaultValueFactory = _ => 4 };
        Option<bool> diagnose = new("--diagnose") { Description = "Only say, from one batch of rollouts, whether the rewards can teach anything: their correlation with a judge inside groups, and the spread of the metric scale." };
        Option<string?> judge = new("--judge-model") { Description = "Another pose estimator than the reward's, for --diagnose: an ONNX file or MapAnything, as --pose-model." };
        Option<double> ratioTolerance = new("--ratio-tolerance") { Description = "Largest |ρ − 1| before the first update of an iteration; above it the run stops, because rollout and replay disagree. bf16 on a GPU may need 1e-3.", DefaultValueFactory = _ => 1e-6 };
        Option<bool> plan = new("--memory-plan") { Description = "Only say, computed, what every stage needs on the device. No file is opened." };
        Option<double?> deviceMemory = new("--device-memory") { Description = "Memory of the device in GiB, for --memory-plan: says whether it suffices and what to change." };
        Option<string?> name = new("--name") { Description = "Name of the run; an existing one goes on. Default: date and time." };
        Option<string> folder = new("--runs") { Description = "Folder that holds the runs.", DefaultValueFactory = _ => "runs" };

        foreach (Option option in new Option[] { dataFile, video, prompt, paths, camera }) command.Options.Add(option);
        foreach (Option option in (Option[])[.. rewards.Networks, rewards.Remote, rewards.Weight]) command.Options.Add(option);
        checkpoints.AddTo(command);
        foreach (Option option in new Option[]
        {
            withoutPhases, recompute, guidance, negative, threads, frames, size, fps, fieldOfView,
            iterations, conditions, group, steps, window, interval, updates, learningRate, clip, seed, every, ratioTolerance, name, folder, diagnose, judge, plan, deviceMemory,
        })
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(GenerateCommand.Create());
        command.SetAction((parsed, stop) => Stoppable.RunAsync(async () =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output, messages = parsed.InvocationConfiguration.Error;
            (int width, int height) = ParseSize(parsed.GetValue(size)!);
            DataConfiguration? data = parsed.GetValue(dataFile) is { } file ? DataConfiguration.Read(file) : null;
            if (data is not null && new Option[] { video, paths, camera, fps, frames, size, conditions }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } doubled)
                throw new UsageException($"--data says what {doubled.Name} says; leave one of them out");
            if (data is not null) (width, height) = (data.Clip.Width, data.Clip.Height);
            string[] videos = data is not null ? [] : parsed.GetValue(video) is { Length: > 0 } given ? given : [Asset("walk.mp4")];
            SystemSettings system = checkpoints.Read(parsed, parsed.GetValue(seed));
            TrainSettings settings = new()
            {
                Data = data,
                Videos = [.. videos.Select(Path.GetFullPath)],
                Paths = Path.GetFullPath(parsed.GetValue(paths)!),
                Cameras = parsed.GetValue(camera) ?? [],
                Rewards = rewards.Read(parsed),
                Checkpoints = system.Files,
                Prompt = parsed.GetValue(prompt),
                NegativePrompt = parsed.GetValue(negative),
                GuidanceScale = parsed.GetValue(guidance),
                TrainsPhases = !parsed.GetValue(withoutPhases),
                RecomputesActivations = parsed.GetValue(recompute) ?? system.Network == NetworkSize.Release,
                Network = system.Network,
                Device = system.Device,
                Precision = system.Precision,
                Offload = system.Offload,
                Tiled = system.Tiled,
                Threads = parsed.GetValue(threads),
                Frames = data?.Clip.Frames ?? parsed.GetValue(frames),
                Width = width,
                Height = height,
                FramesPerSecond = parsed.GetValue(fps),
                FieldOfViewDegrees = parsed.GetValue(fieldOfView),
                Iterations = parsed.GetValue(iterations),
                Conditions = data?.Groups ?? parsed.GetValue(conditions),
                GroupSize = parsed.GetValue(group),
                Steps = parsed.GetValue(steps),
                WindowLength = parsed.GetValue(window),
                WindowInterval = parsed.GetValue(interval),
                Updates = parsed.GetValue(updates),
                LearningRate = parsed.GetValue(learningRate),
                ClipRange = parsed.GetValue(clip),
                RatioTolerance = parsed.GetValue(ratioTolerance),
                Seed = parsed.GetValue(seed),
                CheckpointEvery = parsed.GetValue(every),
            };
            if (parsed.GetValue(plan))
            {
                foreach (string line in DevicePlan.Lines(settings, parsed.GetValue(deviceMemory))) output.WriteLine(line);
                return ExitCodes.Done;
            }

            if (parsed.GetValue(diagnose))
            {
                await TrainingRun.DiagnoseAsync(settings, parsed.GetValue(judge) is { } model ? Path.GetFullPath(model) : null, output, messages, stop);
                return ExitCodes.Done;
            }

            string run = Path.GetFullPath(Path.Combine(parsed.GetValue(folder)!, parsed.GetValue(name) ?? DefaultName()));
            await TrainingRun.ExecuteAsync(settings, run, output, messages, stop);
            return ExitCodes.Done;
        }, WhenStopped));
        return command;
    }

    /// <summary>Path of a file of the embedded default, beside the program.</summary>
    public static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "assets", name);

    private static string DefaultName() => DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    /// <summary>WIDTHxHEIGHT.</summary>
    public static (int Width, int Height) ParseSize(string text)
    {
        string[] parts = text.Split('x', 'X');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            ? (width, height)
            : throw new UsageException($"--size is '{text}', expected WIDTHxHEIGHT, for example 160x96");
    }
}
