using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Scores one case: look at the video, find its path, compare. What is slow comes from the cache where it is there.</summary>
internal sealed class CaseScorer(EvaluationSettings settings, EvaluationCache cache, IPathSource? source, NetworkScores networks)
{
    // Part of fingerprints: a change of what is computed from the same inputs makes old results old.
    private const string FiguresVersion = "3";

    private readonly VideoReader _reader = new();

    /// <summary>Hash of all that a case's result depends on.</summary>
    public string FingerprintOf(PlannedCase one) => ContentHash.OfText(string.Join('|',
        FiguresVersion, one.Name, settings.Motion, one.Method.MaximumFrames,
        one.Video is null ? "" : cache.Hashes.Of(one.Video),
        one.Poses is null ? source?.Identity : cache.Hashes.Of(one.Poses),
        one.Condition is null ? "" : cache.Hashes.Of(one.Condition),
        networks.Identity));

    /// <summary>Scores a case; what a user can mend becomes a failed case with its reason.</summary>
    public async Task<CaseResult> ScoreAsync(PlannedCase one, string fingerprint, CancellationToken stop)
    {
        CaseResult result = new() { Method = one.Method.Name, Video = one.Name.Video, Move = one.Name.Move, Speed = one.Name.Speed, Status = CaseStatus.Scored, Fingerprint = fingerprint };
        if (one.IsMissing) return result with { Status = CaseStatus.Missing, Reason = "no video" };
        try
        {
            return await ScoreAsync(one, result, stop);
        }
        catch (Exception error) when (error is IOException or FormatException or InvalidDataException or ArgumentException or InvalidOperationException or PoseModelException)
        {
            stop.ThrowIfCancellationRequested();             // Ctrl-C reaches ffmpeg too: what it broke off has not failed
            return result with { Status = CaseStatus.Failed, Reason = OneLine(error.Message) };
        }
    }

    private async Task<CaseResult> ScoreAsync(PlannedCase one, CaseResult result, CancellationToken stop)
    {
        VideoFacts? facts = one.Video is null ? null : await FactsAsync(one.Video, stop);
        int? expected = one.Condition is null ? null : FrameRule.UsedFrames(Math.Min((await FactsAsync(one.Condition, stop)).Frames, one.Method.MaximumFrames ?? int.MaxValue));
        (EstimatedPath path, string? address) = await PathAsync(one, facts, stop);
        result = result with { Frames = facts?.Frames ?? path.FrameCount, ExpectedFrames = expected, FramesWithPose = path.Frames.Count, PathAddress = address };
        result.Scores.Add(MetricCatalogue.Flicker, facts?.Flicker, facts is null ? "no video, only poses" : "a single frame");
        await networks.AddToAsync(result.Scores, one, path, stop);
        if (!path.Succeeded) return result with { Status = CaseStatus.Failed, Reason = path.Reason };
        if (path.Frames.Count < 2) return result with { Status = CaseStatus.Failed, Reason = $"{path.Frames.Count} estimated pose; errors compare pairs of frames, at least 2 are needed" };
        PathScores.AddTo(result.Scores, path, one.Name, settings.Motion);
        return result;
    }

    /// <summary>The estimated path of a case that was scored.</summary>
    public async Task<EstimatedPath> PathAsync(PlannedCase one, CancellationToken stop) =>
        (await PathAsync(one, one.Video is null ? null : await FactsAsync(one.Video, stop), stop)).Path;

    private async Task<(EstimatedPath Path, string? Address)> PathAsync(PlannedCase one, VideoFacts? facts, CancellationToken stop)
    {
        if (one.Poses is not null) return (ReadyPaths.Read(one.Poses, facts), null);
        IPathSource estimator = source ?? throw new InvalidOperationException($"{one}: no ready poses, and no estimator; give --pose-model or --vipe.");
        string address = $"{cache.Hashes.Of(one.Video!)} {estimator.Identity}";
        return (await cache.GetAsync("paths", address, () => estimator.EstimateAsync(one.Video!, facts!, stop)), address);
    }

    private static string OneLine(string message) =>
        string.Join("; ", message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Replace(":; ", ": ", StringComparison.Ordinal);

    private Task<VideoFacts> FactsAsync(string video, CancellationToken stop) => cache.GetAsync("videos", cache.Hashes.Of(video), async () =>
    {
        VideoFrames frames = await VideoPixels.ReadAsync(_reader, video, new VideoReadOptions(), stop);
        return new VideoFacts(frames.FrameCount, frames.WidthPixels, frames.HeightPixels, frames.FrameCount > 1 ? TemporalFlicker.Score(frames) : null);
    });
}
