using System.Diagnostics;
using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;
using TorchSharp;

namespace GeoAlign.Train;

/// <summary>The whole loop, from condition videos to a report. The one place that joins all packages.</summary>
internal static class TrainingRun
{
    private const string RandomPoseModel = "The embedded pose network has random weights: its numbers prove the path through ONNX Runtime and say nothing about cameras.";

    private const int MostNamed = 12;

    /// <summary>Trains, or goes on with a run.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="output">Receives the path of the report.</param>
    /// <param name="messages">Receives what the run uses, notes and progress.</param>
    /// <param name="stop">Stops it; a checkpoint keeps what is done.</param>
    public static async Task ExecuteAsync(TrainSettings settings, string folder, TextWriter output, TextWriter messages, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        GrpoOptions options = Options(settings).Validated();
        LatentShape.ForVideo(settings.Frames, settings.Height, settings.Width);
        if (settings.Threads < 1) throw new UsageException($"--threads is {settings.Threads}, must be at least 1.");

        DeviceStages stages = new(settings.Offload);
        torch.set_num_threads(settings.Threads);
        using RewardSystem rewards = await Rewards(settings, stages, stop);
        ConditionSampler sampler = await ConditionData.OpenAsync(settings, new EstimatedCameras(rewards.Estimator, rewards.Identity), messages, stop);
        using VideoSystem system = VideoSystem.Open(settings.ToSystem(), PromptsOf(settings, sampler.Clips), stages);
        using RedirectorPolicy policy = Policy(settings, system);
        RunFolder run = RunFolder.Open(folder, settings, options);
        using ManifestWriter manifest = ManifestWriter.Open(run.At("manifest.jsonl"));
        ClipDecoder decoder = new(system.Codec, stages);
        using TrainingData data = new(settings, sampler, system, policy.Network, manifest);
        ConditionedPolicy conditioned = new(policy);

        string[] notes = Notes(settings);
        messages.WriteLine($"run {run.Root}");
        messages.WriteLine($"network {settings.Network} on {settings.Device}: {policy.Summary}");
        messages.WriteLine(DevicePlan.Summary(settings));
        messages.WriteLine($"rewards {string.Join(", ", rewards.Panel.Dimensions.Select(d => d.Name))}, poses by {rewards.Identity}");
        messages.WriteLine($"condition {Some(sampler.Clips.Videos.Select(video => video.Name))}; target paths {Some(sampler.Targets.CameraIds)}");
        foreach (string note in notes) messages.WriteLine("note: " + note);

        using TrainingCondition shown = await data.Make(iteration: 0, group: 0, stop);
        Preview preview = new(conditioned, decoder, stages, options.CreateSchedule(), options.Seed);
        VideoWriter writer = new();
        if (!File.Exists(run.At("before.mp4")))
        {
            await writer.WriteMp4Async(shown.Clip, run.At("condition.mp4"), cancellationToken: stop);
            await writer.WriteMp4Async(preview.Generate(shown, stop), run.At("before.mp4"), cancellationToken: stop);
        }

        CheckpointStore checkpoints = new(run.Checkpoints);
        GrpoTrainer<TrainingCondition> trainer = new(options, new TrainerParts<TrainingCondition>
        {
            Checkpoints = checkpoints,
            Policy = conditioned,
            Optimizer = policy,
            Data = data,
            Scorer = new RolloutScorer(decoder, rewards.Panel, stages),
            Log = new CombinedLog(new JsonlLog(run.Log), new TensorBoardLog(run.Root)),
            Observer = new ConsoleProgress(messages, settings.Iterations),
        });
        TrainerState state = await conditioned.ExplainAsync(trainer.RunAsync(stop));
        foreach (SkippedCheckpoint skipped in checkpoints.Skipped) messages.WriteLine($"passed over a checkpoint: {skipped}");
        if (state.Iteration < settings.Iterations) throw new OperationCanceledException(stop);

        VideoClip after = preview.Generate(shown, stop);
        await writer.WriteMp4Async(after, run.At("after.mp4"), cancellationToken: stop);
        VideoClip before = await new VideoReader().ReadAsync(run.At("before.mp4"), cancellationToken: stop);
        await writer.WriteMp4Async(SideBySide.Of(shown.Clip, before, after), run.At("comparison.mp4"), cancellationToken: stop);
        policy.Network.Save(run.At("self_attention.safetensors"), selfAttentionOnly: true);
        policy.Network.Save(run.At("network.safetensors"));
        IReadOnlyList<(string, CameraTrajectory)> paths = await Paths(rewards.Estimator, shown, before, after, stop);
        RunReport.Keep(run, notes, paths);
        await RunReport.Of(run, notes, (shown.Clip, before, after), paths, settings.FieldOfViewDegrees)
            .WriteAsync(run.At("report.html"), stop);
        messages.WriteLine($"done in {Durations.Text(clock.Elapsed)}; beside the report: log.jsonl and events for TensorBoard, network.safetensors and self_attention.safetensors, before.mp4, after.mp4, comparison.mp4");
        output.WriteLine(run.At("report.html"));
    }

    /// <summary>Prints what one batch of rollouts says about the rewards.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="judgeModel">Another pose estimator than the reward's; null for none.</param>
    /// <param name="output">Receives the findings.</param>
    /// <param name="messages">Receives notes.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task DiagnoseAsync(TrainSettings settings, string? judgeModel, TextWriter output, TextWriter messages, CancellationToken stop)
    {
        GrpoOptions options = Options(settings).Validated();
        DeviceStages stages = new(settings.Offload);
        torch.set_num_threads(settings.Threads);
        using RewardSystem rewards = await Rewards(settings, stages, stop);
        ConditionSampler sampler = await ConditionData.OpenAsync(settings, new EstimatedCameras(rewards.Estimator, rewards.Identity), messages, stop);
        using PoseNetwork? judge = judgeModel is null ? null : stages.Run(WorkStage.Reward, () => PoseNetwork.Open(judgeModel, new PoseNetworkOptions { Device = settings.Device, Type = settings.Precision.ToTorch(), Threads = settings.Threads }));
        if (judge is { IsOnnx: false }) stages.Add(judge, WorkStage.Reward);
        using VideoSystem system = VideoSystem.Open(settings.ToSystem(), PromptsOf(settings, sampler.Clips), stages);
        using RedirectorPolicy policy = Policy(settings, system);
        ClipDecoder decoder = new(system.Codec, stages);
        using TrainingData data = new(settings, sampler, system, policy.Network);
        ConditionedPolicy conditioned = new(policy);
        RolloutScorer scorer = new(decoder, rewards.Panel, stages);
        GroupDiagnosis diagnosis = await conditioned.ExplainAsync(TrainDiagnosis.OfAsync(options, conditioned, data, scorer, decoder, judge is null ? null : new StagedEstimator(judge, stages), rewards.Estimator, stop));
        foreach (string line in diagnosis.Verdict()) output.WriteLine(line);
        if (judge is null) output.WriteLine("No judge was given (--judge-model): the spread of the scale is the reward's own reading, and no reward was checked.");
    }

    private static Task<RewardSystem> Rewards(TrainSettings settings, DeviceStages stages, CancellationToken stop) =>
        RewardSystem.OpenAsync(settings.Rewards, settings.Device, settings.Precision, settings.Threads, namesContent: settings.Data?.CameraCache is not null, stages, stop);

    private static GrpoOptions Options(TrainSettings settings) => new()
    {
        Iterations = settings.Iterations,
        Seed = checked((ulong)settings.Seed),
        Steps = settings.Steps,
        Window = new SlidingWindow(settings.WindowLength, settings.WindowInterval),
        Rollout = new RolloutOptions { GroupSize = settings.GroupSize },
        Objective = new ObjectiveOptions { ClipLow = settings.ClipRange, ClipHigh = settings.ClipRange },
        Advantage = new AdvantageOptions { Weights = settings.Rewards.Weights },
        Update = new UpdateOptions { UpdatesPerIteration = settings.Updates, RatioTolerance = settings.RatioTolerance },
        LearningRate = settings.LearningRate,
        CheckpointEvery = settings.CheckpointEvery,
    };

    private static RedirectorPolicy Policy(TrainSettings settings, VideoSystem system) => new(system.LoadNetwork(), new FlowPolicyOptions
    {
        GuidanceScale = settings.GuidanceScale,
        RecomputeActivations = settings.RecomputesActivations,
        Selection = WeightSelection.SelfAttention(settings.TrainsPhases),
    });

    // Every prompt of the run, so that the text encoder is needed once, before anything else.
    private static IEnumerable<string> PromptsOf(TrainSettings settings, ConditionClipSource clips)
    {
        IReadOnlyList<string> prompts = Prompts.Of(clips.Videos, settings.CommonPrompt, settings.ReadsPrompts);
        if (settings.GuidanceScale == 1) return prompts;
        return settings is { ReadsPrompts: true, NegativePrompt: { } negative }
            ? prompts.Append(negative)
            : throw new UsageException("--guidance needs a text encoder and --negative-prompt (it may be empty).");
    }

    // A data set has too many names for a line.
    private static string Some(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length <= MostNamed ? string.Join(", ", all) : $"{string.Join(", ", all.Take(MostNamed))} and {all.Length - MostNamed} more";
    }

    private static string[] Notes(TrainSettings settings)
    {
        List<string> notes = [];
        if (settings.Checkpoints.Network is null) notes.Add("The network is untrained: this run shows that the loop works, not that it learns.");
        if (settings.Rewards.PoseModel == TrainCommand.Asset("pose.onnx")) notes.Add(RandomPoseModel);
        return [.. notes];
    }

    private static async Task<IReadOnlyList<(string, CameraTrajectory)>> Paths(
        IPoseEstimator estimator, TrainingCondition shown, VideoClip before, VideoClip after, CancellationToken stop)
    {
        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync([RolloutScorer.Frames(before), RolloutScorer.Frames(after)], stop);
        List<(string, CameraTrajectory)> paths = [("target", shown.Target), ("condition clip, estimated", shown.Source)];
        foreach ((string name, PoseEstimationResult result) in new[] { ("before, estimated", results[0]), ("after, estimated", results[1]) })
            if (result is { Succeeded: true, Estimate: { } estimate }) paths.Add((name, estimate.Trajectory));
        return paths;
    }
}
