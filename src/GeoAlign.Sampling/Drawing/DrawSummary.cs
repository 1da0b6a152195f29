using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>What happened over many draws: how many there were, and what was refused by which rule how often. Nothing is left out silently.</summary>
public sealed class DrawSummary
{
    private readonly SortedDictionary<PathRejection, int> _rejectedPaths = [];
    private readonly SortedDictionary<VideoProblem, int> _refusedClips = [];
    private readonly SortedDictionary<string, int> _refusedVideos = new(StringComparer.Ordinal);
    private readonly SortedDictionary<RescaleGuards, int> _guards = [];
    private readonly SortedDictionary<SourceCameraOrigin, int> _cameras = [];
    private readonly SortedDictionary<string, int> _videos = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _targets = new(StringComparer.Ordinal);

    /// <summary>Conditions drawn.</summary>
    public int Conditions { get; private set; }

    /// <summary>Draws that gave no condition.</summary>
    public int Failures { get; private set; }

    /// <summary>Conditions without a prompt.</summary>
    public int MissingPrompts { get; private set; }

    /// <summary>Refusals of videos that the quarantine list had already.</summary>
    public int QuarantineHits { get; private set; }

    /// <summary>Draws that hit a video which could not be used, by what was wrong.</summary>
    public IReadOnlyDictionary<VideoProblem, int> RefusedClips => _refusedClips;

    /// <summary>The same by name of the video.</summary>
    public IReadOnlyDictionary<string, int> RefusedVideos => _refusedVideos;

    /// <summary>Rejected target paths by rule.</summary>
    public IReadOnlyDictionary<PathRejection, int> RejectedPaths => _rejectedPaths;

    /// <summary>Guards that fired on the paths that were used.</summary>
    public IReadOnlyDictionary<RescaleGuards, int> Guards => _guards;

    /// <summary>Source cameras by origin.</summary>
    public IReadOnlyDictionary<SourceCameraOrigin, int> SourceCameras => _cameras;

    /// <summary>Conditions by video.</summary>
    public IReadOnlyDictionary<string, int> Videos => _videos;

    /// <summary>Conditions by target path.</summary>
    public IReadOnlyDictionary<string, int> Targets => _targets;

    /// <summary>Counts a condition.</summary>
    public void Add(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Conditions++;
        if (condition.Prompt.IsMissing) MissingPrompts++;
        Add(condition.Clip.Refused);
        foreach (RejectedPath path in condition.Target.Rejected) Count(_rejectedPaths, path.Rule);
        foreach (RescaleGuards guard in Enum.GetValues<RescaleGuards>())
            if (guard != RescaleGuards.None && condition.Target.Rescale.Guards.HasFlag(guard)) Count(_guards, guard);
        Count(_cameras, condition.SourceCamera.Origin);
        Count(_videos, condition.Clip.Source.Name);
        Count(_targets, condition.Target.CameraId);
    }

    /// <summary>Counts a draw that gave no condition, and what it tried.</summary>
    public void AddFailure(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failures++;
        if (failure is VideoException { Refused: var refused }) Add(refused);
    }

    private void Add(IReadOnlyList<ClipRefusal> refused)
    {
        foreach (ClipRefusal refusal in refused)
        {
            Count(_refusedClips, refusal.Kind);
            Count(_refusedVideos, refusal.VideoName);
            if (refusal.WasQuarantined) QuarantineHits++;
        }
    }

    private static void Count<TKey>(SortedDictionary<TKey, int> counts, TKey key) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;
}
