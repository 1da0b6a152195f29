using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Scores one case: look at the video, find its path, compare. What is slow comes from the cache where it is there.</summary>
internal sealed class CaseScorer(EvaluationSettings settings, EvaluationCache cache, IPathSource? source, NetworkScores networks)
{
    /// <summary>Part of fingerprints and of the addresses of kept figures: a change of what is computed from the same inputs makes old results old.</summary>
    public const string FiguresVersion = "4";

    private readonly VideoReader _reader = new();

    // Hash of all that a case's result depends on.
    private string FingerprintOf(PlannedCase one) => ContentHash.OfText(string.Join('|',
        FiguresVersion, one.Name, settings.Motion, one.Method.MaximumFrames,
        one.Video is null ? "" : cache.Hashes.Of(one.Video),
        one.Poses is null ? source?.Identity : cache.Hashes.Of(one.Poses),
        one.Condition is null ? "" : cache.Hashes.Of(one.Condition),
        networks.IdentityOf(SceneFiles.Of(one.Scene))));

    /// <summary>Scores a case; what a user can mend becomes a failed case with its reason.</summary>
    /// <param name="one">The case.</param>
    /// <param name="known">Its earlier result; returned where nothing has changed that it depends on, and nothing failed.</param>
    /// <param name="stop">Stops.</param>
    public async Task<CaseResult> ScoreAsync(PlannedCase one, CaseResult? known, CancellationToken stop)
    {
        if (one.IsMissing) return CaseResult.Without(one, CaseStatus.Missing, "no video");
        try
        {
            string fingerprint = FingerprintOf(one);
            return known is { Status: CaseStatus.Scored, Scores.Failed.Count: 0 } && known.Fingerprint == fingerprint
                ? known
                : await ComputeAsync(one, CaseResult.Without(one, CaseStatus.Scored, null) with { Fingerprint = fingerprint }, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or ArgumentException or InvalidOperationException or PoseModelException)
        {
            stop.ThrowIfCancellationRequested();             // Ctrl-C reaches ffmpeg too: what it broke off has not failed
            return CaseResult.Without(one, CaseStatus.Failed, OneLine(error.Message));
        }
    }

    private async Task<CaseResult> ComputeAsync(PlannedCase one, CaseResult result, CancellationToken stop)
    {
        VideoFacts? facts = one.Video is null ? null : await FactsAsync(one.Video, stop);
        int? expected = one.Condition is null ? null : FrameRule.UsedFrames(Math.Min((await FactsAsync(one.Condition, stop)).Frames, one.Method.MaximumFrames ?? int.MaxValue));
        (EstimatedPath path, string? address) = await PathAsync(one, facts, stop);
        result = result with { Frames = facts?.Frames ?? path.FrameCount, ExpectedFrames = expected, FramesWithPose = path.Frames.Count, PathAddress = address };
        result.Scores.Add(MetricCatalogue.Flicker, facts?.Flicker, facts is null ? "no video, only poses" : "a single frame");
        SceneFiles? scene = SceneFiles.Of(one.Scene) ?? (one is { Poses: null, Video: not null } ? source?.SceneOf(cache.Hashes.Of(one.Video)) : null);
        await networks.AddToAsync(result.Scores, one, path, scene, stop);
        if (!path.Succeeded) return result with { Status = CaseStatus.Failed, Reason = path.Reason };
        if (path.Frames.Count < 2) return result with { Status = CaseStatus.Failed, Reason = $"{path.Frames.Count} estimated pose; errors compare pairs of frames, at least 2 are needed" };
        PathScores.AddTo(result.Scores, path, one.Name, settings.Motion);
        return result;
    }

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
