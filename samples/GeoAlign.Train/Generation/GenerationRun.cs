using System.Diagnostics;
using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;
using TorchSharp;
using FrameSelection = GeoAlign.Sampling.FrameSelection;

namespace GeoAlign.Train;

/// <summary>From videos, paths and prompts to video files.</summary>
internal static class GenerationRun
{
    private const double DefaultFieldOfViewDegrees = 65;

    public static async Task ExecuteAsync(GenerateSettings settings, TextWriter output, TextWriter messages, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        if (settings.Threads < 1) throw new UsageException($"--threads is {settings.Threads}, must be at least 1.");
        if (settings.Frames is { } wanted) LatentShape.ForVideo(wanted, settings.Height, settings.Width);
        bool readsText = settings.System.Files.TextEncoder is not null;
        IReadOnlyList<GenerationJob> jobs = GenerationJob.Of(settings, new VideoFolders(settings.Video).List());
        if (jobs.Count == 1 && !settings.Replaces && File.Exists(jobs[0].Output)) throw new UsageException($"'{jobs[0].Output}' exists: say --force to replace it");
        GenerationJob[] open = [.. jobs.Where(job => settings.Replaces || !File.Exists(job.Output))];
        if (open.Length < jobs.Count) messages.WriteLine($"{jobs.Count - open.Length} of {jobs.Count} videos are there already");
        if (open.Length == 0) return;

        ConditionVideo[] videos = [.. open.Select(job => job.Video).Distinct()];
        Dictionary<ConditionVideo, string> prompts = videos.ToDictionary(video => video, video => settings.Prompt is { } given && readsText ? given : Prompts.Of(video, settings.Prompt, readsText));
        string? negative = NegativeOf(settings, readsText);
        torch.set_num_threads(settings.Threads);
        DeviceStages stages = new(settings.System.Offload);
        Dictionary<ConditionVideo, SourceCamera> cameras = await Sources(settings, videos, stages, stop);

        using VideoSystem system = VideoSystem.Open(settings.System, [.. prompts.Values.Concat(negative is null ? [] : [negative]).Distinct(StringComparer.Ordinal)], stages);
        using RedirectorTransformer network = system.LoadNetwork();
        if (settings.Trained is not null)
        {
            using IWeightSource trained = WeightSources.Open(settings.Trained);
            network.LoadSelfAttention(trained);
        }

        stages.Add(new MovableModule("network", network, ComputeDevice.Named(settings.System.Device)), WorkStage.Rollout);
        GenerationPipeline pipeline = new(network, system.Codec, image: system.Image, stages: stages);
        if (settings.System.Files.Network is null) messages.WriteLine("note: The network is untrained: the video shows that the path to it works, not that it can.");
        int done = 0;
        Stopwatch generating = Stopwatch.StartNew();
        foreach (IGrouping<ConditionVideo, GenerationJob> ofVideo in open.GroupBy(job => job.Video))
        {
            VideoClip clip = await ClipOf(settings, ofVideo.Key, stop);
            (CameraTrajectory source, RecordedIntrinsics? recorded) = cameras[ofVideo.Key];
            (NormalisedIntrinsics intrinsics, ImageSize? picture) = Camera(settings.FieldOfViewDegrees, clip.Width, clip.Height, recorded);
            foreach (GenerationJob job in ofVideo)
            {
                if (open.Length > 1)
                {
                    string left = done == 0 ? "" : $", about {Durations.Text(generating.Elapsed / done * (open.Length - done))} left";
                    messages.WriteLine($"{done + 1} of {open.Length}: {Path.GetFileName(job.Output)}{left}");
                }

                GenerationRequest request = new()
                {
                    PromptFeatures = system.Features(prompts[job.Video]), NegativePromptFeatures = negative is null ? null : system.Features(negative),
                    Clip = RolloutScorer.Frames(clip), Source = source, Target = Target(settings, job, clip.FrameCount, messages), Intrinsics = intrinsics, IntrinsicsImage = picture,
                };
                GeneratedVideo video = pipeline.Generate(request, settings.Options, new StageLines(messages), stop);
                if (Path.GetDirectoryName(job.Output) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
                await new VideoWriter().WriteMp4Async(new VideoClip(video.Frames.Rgb24.Span, clip.Size, clip.FrameRate), job.Output, cancellationToken: stop);
                done++;
            }

            if (done == open.Length) messages.WriteLine($"{(open.Length == 1 ? $"{clip.FrameCount} frames of {clip.Width}×{clip.Height}" : $"{done} videos")} in {Durations.Text(clock.Elapsed)}");
        }

        output.WriteLine(settings.Output);
    }

    private static async Task<VideoClip> ClipOf(GenerateSettings settings, ConditionVideo video, CancellationToken stop)
    {
        VideoClip clip = await new VideoReader().ReadAsync(video.Path, new VideoReadOptions
        {
            Size = new FrameSize(settings.Width, settings.Height),
            Frames = settings.Frames is { } frames ? FrameSelection.Exactly(frames) : FrameSelection.FourKPlusOne,
            FolderFrameRate = settings.FramesPerSecond is { } fps ? FrameRate.Parse(fps.ToString(CultureInfo.InvariantCulture)) : null,
        }, stop);
        LatentShape.ForVideo(clip.FrameCount, clip.Height, clip.Width);
        return clip;
    }

    private static string? NegativeOf(GenerateSettings settings, bool readsText)
    {
        if (settings.Options.GuidanceScale == 1) return null;
        if (!readsText) throw new UsageException("--guidance needs a text encoder (--text-encoder and --tokenizer, or --checkpoints).");
        return settings.NegativePrompt ?? throw new UsageException("--guidance needs --negative-prompt (it may be empty).");
    }

    private static CameraTrajectory Target(GenerateSettings settings, GenerationJob job, int frames, TextWriter messages) => job.Move is { } move
        ? ReDirectorTrajectory.Make(move, frames, job.Speed)
        : Resampled(TrajectoryFile.Read(settings.Path!, new TrajectoryReadOptions { CameraId = settings.Camera }).Trajectory, settings.Path!, frames, messages);

    // All videos before the other networks are opened: then the estimator is done with, and its memory free.
    private static async Task<Dictionary<ConditionVideo, SourceCamera>> Sources(
        GenerateSettings settings, ConditionVideo[] videos, DeviceStages stages, CancellationToken stop)
    {
        Dictionary<ConditionVideo, SourceCamera> cameras = [];
        if (settings.SourcePath is { } file)
        {
            foreach (ConditionVideo video in videos)
            {
                string path = SourceFile(file, video, videos.Length);
                RecordedTrajectory recorded = TrajectoryFile.Read(path, new TrajectoryReadOptions { CameraId = settings.SourceCamera });
                VideoClip clip = await ClipOf(settings, video, stop);
                cameras[video] = new(Beginning(recorded.Trajectory, path, clip.FrameCount), recorded.Intrinsics.Count > 0 ? recorded.Intrinsics[0] : null);
            }

            return cameras;
        }

        if (settings.PoseModel is not { } model)
            throw new ArgumentException("Say how the condition video's camera moved: --source-path FILE, or --pose-model to read it from the video.");
        using PoseNetwork network = PoseNetwork.Open(
            model, new PoseNetworkOptions { Device = settings.System.Device, Type = settings.System.Precision.ToTorch(), Threads = settings.Threads });
        foreach (ConditionVideo video in videos)
        {
            VideoClip clip = await ClipOf(settings, video, stop);
            PoseEstimationResult result = await stages.RunAsync(WorkStage.Reward, async () => (await network.EstimateAsync([RolloutScorer.Frames(clip)], stop))[0], stop);
            cameras[video] = result is { Succeeded: true, Estimate.Trajectory: { } path } && path.Count == clip.FrameCount
                ? new(path, null)
                : throw new InvalidDataException($"The pose estimator gave no camera path for {video.Path}: {result.Reason ?? "some frames have no pose"}. Give one with --source-path.");
        }

        return cameras;
    }

    private static string SourceFile(string given, ConditionVideo video, int videos)
    {
        if (!Directory.Exists(given))
            return videos == 1 ? given : throw new UsageException($"--source-path is one file for {videos} videos; name a folder of camera files named as the videos.");
        string stem = GenerationJob.StemOf(video);
        string[] found = [.. Directory.GetFiles(given, stem + ".*").Order(StringComparer.Ordinal)];
        return found.Length == 1 ? found[0] : throw new ArgumentException($"{given} holds {found.Length} files {stem}.*, expected the camera file of {video.Path}.");
    }

    // As ReDirector: the intrinsics of the condition video's first frame for both videos and all frames.
    internal static (NormalisedIntrinsics Intrinsics, ImageSize? Picture) Camera(double? fieldOfViewDegrees, int widthPixels, int heightPixels, RecordedIntrinsics? recorded)
    {
        if (fieldOfViewDegrees is null && recorded is { } camera && (camera.IsNormalised || camera.WidthPixels is not null))
            return (camera.Normalised(), camera is { WidthPixels: { } width, HeightPixels: { } height } ? new ImageSize(width, height) : null);
        double fx = 0.5 / Math.Tan(0.5 * double.DegreesToRadians(fieldOfViewDegrees ?? DefaultFieldOfViewDegrees));
        return (new NormalisedIntrinsics(fx, fx * widthPixels / heightPixels), null);
    }

    // The clip is the beginning of its video.
    internal static CameraTrajectory Beginning(CameraTrajectory path, string file, int frames) => path.Count >= frames
        ? new CameraTrajectory(path.CameraToWorld[..frames])
        : throw new ArgumentException($"{Path.GetFileName(file)} has {path.Count} poses, the clip {frames} frames; expected a pose for every frame of the video.");

    private static CameraTrajectory Resampled(CameraTrajectory path, string file, int frames, TextWriter messages)
    {
        if (path.Count == frames) return path;
        messages.WriteLine($"note: {Path.GetFileName(file)} has {path.Count} poses; the whole path was resampled to {frames} frames.");
        return path.Resample(frames);
    }

    private sealed record SourceCamera(CameraTrajectory Path, RecordedIntrinsics? Intrinsics);
}
