using System.Collections.Immutable;
using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>Scores one video after another.</summary>
/// <param name="rewards">The rewards, at least one.</param>
/// <param name="request">How videos are read and paired.</param>
internal sealed class VideoScorer(ScoreRewards rewards, ScoreRequest request)
{
    private readonly RewardPanel _panel = new(rewards.Entries, new PanelOptions());
    private readonly VideoReader _reader = new();

    /// <summary>Scores a video. What is wrong with this one is told in the result, so that the others go on.</summary>
    public async Task<VideoScore> ScoreAsync(string video, CancellationToken stop)
    {
        try
        {
            NamedPath? target = request.Targets?.For(video);
            VideoReadOptions options = new() { FolderFrameRate = request.FolderFrameRate, Frames = request.Frames is { } count ? Sampling.FrameSelection.Exactly(count) : Sampling.FrameSelection.All };
            VideoClip clip = await _reader.ReadAsync(video, options, stop);
            return await ScoreAsync(video, clip, target, stop);
        }
        catch (Exception problem) when (problem is VideoException or IOException or FormatException or InvalidDataException)
        {
            return new VideoScore { Video = video, Problem = ErrorLine.OneLine(problem.Message) };
        }
    }

    private async Task<VideoScore> ScoreAsync(string video, VideoClip clip, NamedPath? target, CancellationToken stop)
    {
        CameraTrajectory? path = target is null ? null : Paired(target.Recorded.Trajectory, clip.FrameCount).RelativeToFirst();
        VideoRollout rollout = new()
        {
            Frames = new VideoFrames(clip.Rgb24, clip.Width, clip.Height, clip.FrameCount, clip.FrameRate.FramesPerSecond),
            Target = path,
            TargetFrames = path is not null && request.TargetEvery > 1 ? [.. Enumerable.Range(0, path.Count).Select(i => i * request.TargetEvery)] : [],
            Prompt = request.Prompt ?? PromptBeside(video),
            SourceColours = request.SourceColours,
        };
        rewards.Estimates?.Forget();
        rewards.Assessments.Clear();
        PanelScores scores = await _panel.ScoreAsync([[rollout]], stop);
        PoseEstimate? found = rewards.Estimates?.Last is [{ Succeeded: true, Estimate: { } estimate }] ? estimate : null;
        return new VideoScore
        {
            Video = video,
            Frames = clip.FrameCount,
            FramesPerSecond = clip.FrameRate.FramesPerSecond,
            WidthPixels = clip.Width,
            HeightPixels = clip.Height,
            Target = target?.Name,
            Scores = [.. scores.Dimensions.Select((d, i) => Dimension(d, scores[i, 0, 0]))],
            Path = rewards.Assessments is [var assessment] && path is not null ? PathReport.Of(assessment, found, path) : null,
            TargetPath = path is null ? null : Timed(path, Enumerable.Range(0, path.Count), clip.FrameRate),
            EstimatedPath = found is null ? null : Timed(found.Trajectory, found.Frames, clip.FrameRate),
        };
    }

    private static ScoredDimension Dimension(RewardDimension dimension, RewardScore score) =>
        new(dimension.Name, dimension.Unit, score.TryGetValue(out double value) ? value : null, score.Reason, score.Warning);

    // Never cut silently: a path of another length than its video is a mistake until --frames or --target-every says otherwise.
    private CameraTrajectory Paired(CameraTrajectory target, int frames)
    {
        int needed = (frames + request.TargetEvery - 1) / request.TargetEvery;
        if (request.Frames is not null && target.Count > needed) target = new CameraTrajectory(target.CameraToWorld[..needed]);
        if (target.Count == needed) return target;
        string every = request.TargetEvery > 1 ? $", one for every {request.TargetEvery} frames," : "";
        throw new InvalidDataException($"The video has {frames} frames and its target {target.Count} poses{every} where {needed} are expected: --frames {Math.Min(frames, (target.Count - 1) * request.TargetEvery + 1)} scores the first frames of both, --target-every N says that only every N-th frame has a pose.");
    }

    // Not every frame of the video need have a pose: times make its speeds those of the video.
    private CameraTrajectory Timed(CameraTrajectory path, IEnumerable<int> evaluated, FrameRate rate) =>
        new(path.CameraToWorld, [.. evaluated.Select(i => i * request.TargetEvery / rate.FramesPerSecond)]);

    private static string? PromptBeside(string video)
    {
        string file = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(video)))!, VideoInputs.NameOf(video) + ".txt");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
