namespace GeoAlign.Sampling;

/// <summary>Whether two manifest lines describe the same condition.</summary>
/// <remarks>
/// Not compared: paths (data may move), whether a camera path was estimated now or before, and whether a refused video was in quarantine already.
/// </remarks>
internal static class ManifestComparison
{
    public static IReadOnlyList<string> Differences(ManifestEntry noted, ManifestEntry now)
    {
        List<string> differences = [];
        void Compare(string what, object? before, object? after)
        {
            if (!Equals(before, after)) differences.Add($"{what} was {before ?? "missing"}, is {after ?? "missing"}");
        }

        Compare("key", noted.Key, now.Key);
        Compare("video", noted.Condition.Name, now.Condition.Name);
        Compare("content of the video", noted.Condition.VideoSha256, now.Condition.VideoSha256);
        Compare("frames", string.Join(' ', noted.Condition.SourceFrames), string.Join(' ', now.Condition.SourceFrames));
        Compare("size", (noted.Condition.Width, noted.Condition.Height), (now.Condition.Width, now.Condition.Height));
        Compare("frame rate", noted.Condition.FrameRate, now.Condition.FrameRate);
        Compare("prompt", noted.Condition.Prompt, now.Condition.Prompt);
        Compare("source camera", IsThere(noted), IsThere(now));
        Compare("refused videos", string.Join(' ', noted.Condition.Refused.Select(r => r.VideoName)), string.Join(' ', now.Condition.Refused.Select(r => r.VideoName)));
        Compare("target", noted.Target.Id, now.Target.Id);
        Compare("start of the target", noted.Target.StartFrame, now.Target.StartFrame);
        Compare("τ_trans", noted.Target.TranslationMetresPerSecond, now.Target.TranslationMetresPerSecond);
        Compare("τ_rot", noted.Target.RotationDegreesPerSecond, now.Target.RotationDegreesPerSecond);
        Compare("rejected paths", string.Join(' ', noted.Target.Rejected.Select(r => r.CameraId)), string.Join(' ', now.Target.Rejected.Select(r => r.CameraId)));
        if (noted.Target.Poses.Count != now.Target.Poses.Count) Compare("poses", noted.Target.Poses.Count, now.Target.Poses.Count);
        else if (FirstDifferentPose(noted, now) is { } pose) differences.Add($"pose {pose} of the target is different");
        return differences;
    }

    private static string IsThere(ManifestEntry entry) => entry.Condition.SourceCamera == SourceCameraOrigin.Missing ? "missing" : "there";

    // 1e-12: the same code on another processor may round a sine or cosine differently.
    private static int? FirstDifferentPose(ManifestEntry noted, ManifestEntry now)
    {
        for (int i = 0; i < noted.Target.Poses.Count; i++)
            if (!noted.Target.Poses[i].Zip(now.Target.Poses[i]).All(p => Math.Abs(p.First - p.Second) <= 1e-12 * Math.Max(1, Math.Abs(p.First)))) return i;
        return null;
    }
}
