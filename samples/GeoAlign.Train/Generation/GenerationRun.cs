using System.Diagnostics;
using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;
using TorchSharp;
using FrameSelection = GeoAlign.Sampling.FrameSelection;

namespace GeoAlign.Train;

/// <summary>From a video, a path and a prompt to a video file.</summary>
internal static class GenerationRun
{
    private const double DefaultFieldOfViewDegrees = 65;

    public static async Task ExecuteAsync(GenerateSettings settings, TextWriter output, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        if (settings.Threads < 1) throw new ArgumentException($"--threads is {settings.Threads}, must be at least 1.");
        bool readsText = settings.System.Files.TextEncoder is not null;
        IReadOnlyList<ConditionVideo> videos = new VideoFolders(settings.Video).List();
        if (videos.Count > 1) throw new ArgumentException($"{settings.Video} holds {videos.Count} videos; name one.");
        string prompt = settings.Prompt is { } given && readsText ? given : Prompts.Of(videos[0], settings.Prompt, readsText);
        string? negative = NegativeOf(settings, readsText);
        VideoClip clip = await new VideoReader().ReadAsync(videos[0].Path, new VideoReadOptions
        {
            Size = new FrameSize(settings.Width, settings.Height),
            Frames = settings.Frames is { } frames ? FrameSelection.Exactly(frames) : FrameSelection.FourKPlusOne,
            FolderFrameRate = settings.FramesPerSecond is { } fps ? FrameRate.Parse(fps.ToString(CultureInfo.InvariantCulture)) : null,
        }, stop);
        LatentShape.ForVideo(clip.FrameCount, clip.Height, clip.Width);
        torch.set_num_threads(settings.Threads);
        DeviceStages stages = new(settings.System.Offload);
        CameraTrajectory target = Target(settings, clip.FrameCount, output);
        (CameraTrajectory source, RecordedIntrinsics? recorded) = await Source(settings, clip, stages, stop);

        using VideoSystem system = VideoSystem.Open(settings.System, negative is null ? [prompt] : [prompt, negative], stages);
        using RedirectorTransformer network = system.LoadNetwork();
        if (settings.Trained is not null)
        {
            using IWeightSource trained = WeightSources.Open(settings.Trained);
            network.LoadSelfAttention(trained);
        }

        stages.Add(new MovableModule("network", network, torch.device(settings.System.Device)), WorkStage.Rollout);
        (NormalisedIntrinsics intrinsics, ImageSize? picture) = Camera(settings.FieldOfViewDegrees, clip.Width, clip.Height, recorded);
        GenerationRequest request = new()
        {
            PromptFeatures = system.Features(prompt), NegativePromptFeatures = negative is null ? null : system.Features(negative),
            Clip = RolloutScorer.Frames(clip), Source = source, Target = target, Intrinsics = intrinsics, IntrinsicsImage = picture,
        };
        GenerationPipeline pipeline = new(network, system.Codec, image: system.Image, stages: stages);
        GeneratedVideo video = pipeline.Generate(request, settings.Options, new StageLines(output), stop);
        await new VideoWriter().WriteMp4Async(new VideoClip(video.Frames.Rgb24.Span, clip.Size, clip.FrameRate), settings.Output, cancellationToken: stop);
        if (settings.System.Files.Network is null) output.WriteLine("note: The network is untrained: the video shows that the path to it works, not that it can.");
        output.WriteLine($"{clip.FrameCount} frames of {clip.Width}×{clip.Height} in {clock.Elapsed:m\\:ss}");
        output.WriteLine(settings.Output);
    }

    private static string? NegativeOf(GenerateSettings settings, bool readsText)
    {
        if (settings.Options.GuidanceScale == 1) return null;
        if (!readsText) throw new ArgumentException("--guidance needs a text encoder (--text-encoder and --tokenizer, or --checkpoints).");
        return settings.NegativePrompt ?? throw new ArgumentException("--guidance needs --negative-prompt (it may be empty).");
    }

    private static CameraTrajectory Target(GenerateSettings settings, int frames, TextWriter output)
    {
        if (settings.Path is null == settings.Move is null) throw new ArgumentException("Give the target path with either --path or --move.");
        return settings.Move is { } move
            ? ReDirectorTrajectory.Make(move, frames, settings.Speed)
            : Resampled(TrajectoryFile.Read(settings.Path!, new TrajectoryReadOptions { CameraId = settings.Camera }).Trajectory, settings.Path!, frames, output);
    }

    private static async Task<(CameraTrajectory Path, RecordedIntrinsics? Camera)> Source(GenerateSettings settings, VideoClip clip, DeviceStages stages, CancellationToken stop)
    {
        if (settings.SourcePath is { } file)
        {
            RecordedTrajectory recorded = TrajectoryFile.Read(file, new TrajectoryReadOptions { CameraId = settings.SourceCamera });
            return (Beginning(recorded.Trajectory, file, clip.FrameCount), recorded.Intrinsics.Count > 0 ? recorded.Intrinsics[0] : null);
        }

        PoseEstimationResult result = await stages.RunAsync(WorkStage.Reward, () => Estimate(settings, clip, stop), stop);
        return result is { Succeeded: true, Estimate.Trajectory: { } path } && path.Count == clip.FrameCount
            ? (path, null)
            : throw new InvalidDataException($"The pose estimator gave no camera path for {settings.Video}: {result.Reason ?? "some frames have no pose"}. Give one with --source-path.");
    }

    // The estimator is done with, and its memory free, before the other networks are opened.
    private static async Task<PoseEstimationResult> Estimate(GenerateSettings settings, VideoClip clip, CancellationToken stop)
    {
        if (settings.PoseModel is not { } model)
            throw new ArgumentException("Say how the condition video's camera moved: --source-path FILE, or --pose-model to read it from the video.");
        using PoseNetwork network = PoseNetwork.Open(
            model, new PoseNetworkOptions { Device = settings.System.Device, Type = settings.System.Precision.ToTorch(), Threads = settings.Threads });
        return (await network.EstimateAsync([RolloutScorer.Frames(clip)], stop))[0];
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

    private static CameraTrajectory Resampled(CameraTrajectory path, string file, int frames, TextWriter output)
    {
        if (path.Count == frames) return path;
        output.WriteLine($"note: {Path.GetFileName(file)} has {path.Count} poses; the whole path was resampled to {frames} frames.");
        return path.Resample(frames);
    }
}
