using System.Collections.Concurrent;
using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Videos and paths for a report, read when they are needed; what is no longer at hand is null, and named in <see cref="Absent"/>.</summary>
internal sealed class ReportMaterial
{
    private const int WidthPixels = 288;

    private readonly EvaluationRecord _record;
    private readonly EvaluationCache _cache;
    private readonly Dictionary<(string Method, RetakeName Name), PlannedCase> _cases;
    private readonly Dictionary<(string Method, RetakeName Name), CaseResult> _results;
    private readonly ConcurrentDictionary<string, string> _absent = new(StringComparer.Ordinal);
    private readonly VideoReader _reader = new();

    /// <summary>Takes them from the files of an evaluation.</summary>
    public ReportMaterial(EvaluationRecord record, IReadOnlyList<CaseResult> results)
    {
        (_record, _cache) = (record, new EvaluationCache(record.Settings.Cache));
        _cases = record.Plan.Cases.ToDictionary(c => (c.Method.Name, c.Name));
        _results = results.ToDictionary(r => (r.Method, r.Name));
    }

    /// <summary>Files that a case has and that cannot be shown, with the reason.</summary>
    public IReadOnlyList<string> Absent => [.. _absent.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}")];

    /// <summary>The condition of a case, small; null when it is not at hand or cannot be read.</summary>
    /// <param name="name">The case.</param>
    /// <param name="frames">At most so many frames: those that the results show.</param>
    /// <param name="stop">Stops.</param>
    public async Task<VideoClip?> ConditionAsync(RetakeName name, int frames, CancellationToken stop)
    {
        VideoClip? clip = await ClipAsync(_record.Plan.Cases.FirstOrDefault(c => c.Name == name)?.Condition, isNamed: true, stop);
        return clip is null || clip.FrameCount <= frames ? clip : new VideoClip(clip.Rgb24.Span[..(frames * clip.Size.Rgb24Bytes)], clip.Size, clip.FrameRate);
    }

    /// <summary>The video of a case, small; null when there is none or it cannot be read.</summary>
    public Task<VideoClip?> GeneratedAsync(string method, RetakeName name, CancellationToken stop) =>
        ClipAsync(_cases[(method, name)].Video, isNamed: _results[(method, name)].Status == CaseStatus.Scored, stop);

    /// <summary>Target and estimated path of a case that was scored, both seen from their first pose; null when the estimate is no longer at hand.</summary>
    public (CameraTrajectory Target, CameraTrajectory Estimate)? Paths(string method, RetakeName name)
    {
        if (Estimate(_cases[(method, name)], _results[(method, name)]) is not { } path) return null;
        CameraTrajectory target = PathScores.Paired(PathScores.Target(name, path.FrameCount, _record.Settings.Motion), path);
        return (target.RelativeToFirst(), path.Trajectory().RelativeToFirst());
    }

    private EstimatedPath? Estimate(PlannedCase one, CaseResult result)
    {
        try
        {
            if (result.PathAddress is { } address)
            {
                EstimatedPath? kept = _cache.TryRead<EstimatedPath>("paths", address);
                if (kept is null) _absent[$"path of {one}"] = "no longer in the cache";
                return kept;
            }

            return one.Poses is null ? null : ReadyPaths.Read(one.Poses, null) with { FrameCount = result.Frames ?? 0 };
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException)
        {
            _absent[$"path of {one}"] = e.Message;
            return null;
        }
    }

    // The video of a failed case is not named: the report tells why it failed.
    private async Task<VideoClip?> ClipAsync(string? video, bool isNamed, CancellationToken stop)
    {
        if (video is null) return null;
        try
        {
            VideoInfo info = await _reader.ProbeAsync(video, stop);
            int width = Math.Min(WidthPixels, info.Size.Width - info.Size.Width % 2);
            int height = Math.Max(2, 2 * (int)Math.Round(0.5 * width * info.Size.Height / info.Size.Width));
            return await _reader.ReadAsync(video, new VideoReadOptions { Size = new FrameSize(width, height), FolderFrameRate = VideoPixels.FolderRate }, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isNamed) _absent[video] = e.Message;
            return null;
        }
    }
}
