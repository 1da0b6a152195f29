using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Videos and paths for a report, read when they are needed.</summary>
internal sealed class ReportMaterial(EvaluationSettings settings, EvaluationPlan plan, CaseScorer scorer)
{
    private const int WidthPixels = 288;

    private readonly Dictionary<(string Method, RetakeName Name), PlannedCase> _cases = plan.Cases.ToDictionary(c => (c.Method.Name, c.Name));
    private readonly VideoReader _reader = new();

    /// <summary>The condition of a case, small; null when it is not at hand or cannot be read.</summary>
    /// <param name="name">The case.</param>
    /// <param name="frames">At most so many frames: those that the results show.</param>
    /// <param name="stop">Stops.</param>
    public async Task<VideoClip?> ConditionAsync(RetakeName name, int frames, CancellationToken stop)
    {
        VideoClip? clip = await ClipAsync(plan.Cases.FirstOrDefault(c => c.Name == name)?.Condition, stop);
        return clip is null || clip.FrameCount <= frames ? clip : new VideoClip(clip.Rgb24.Span[..(frames * clip.Size.Rgb24Bytes)], clip.Size, clip.FrameRate);
    }

    /// <summary>The video of a case, small; null when there is none or it cannot be read.</summary>
    public Task<VideoClip?> GeneratedAsync(string method, RetakeName name, CancellationToken stop) =>
        ClipAsync(_cases[(method, name)].Video, stop);

    /// <summary>Target and estimated path of a case that was scored, both seen from their first pose.</summary>
    public async Task<(CameraTrajectory Target, CameraTrajectory Estimate)> PathsAsync(string method, RetakeName name, CancellationToken stop)
    {
        EstimatedPath path = await scorer.PathAsync(_cases[(method, name)], stop);
        CameraTrajectory target = PathScores.Paired(PathScores.Target(name, path.FrameCount, settings.Motion), path);
        return (target.RelativeToFirst(), path.Trajectory().RelativeToFirst());
    }

    private async Task<VideoClip?> ClipAsync(string? video, CancellationToken stop)
    {
        if (video is null) return null;
        try
        {
            VideoInfo info = await _reader.ProbeAsync(video, stop);
            int width = Math.Min(WidthPixels, info.Size.Width - info.Size.Width % 2);
            int height = Math.Max(2, 2 * (int)Math.Round(0.5 * width * info.Size.Height / info.Size.Width));
            return await _reader.ReadAsync(video, new VideoReadOptions { Size = new FrameSize(width, height), FolderFrameRate = VideoPixels.FolderRate }, stop);
        }
        catch (VideoException)
        {
            return null;                                     // its case has failed with this reason already, and the report lists it
        }
    }
}
