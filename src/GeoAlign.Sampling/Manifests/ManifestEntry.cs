using System.Text.Json.Serialization;

namespace GeoAlign.Sampling;

/// <summary>One line of <c>manifest.jsonl</c>: a drawn pair of condition and target with everything needed to make it again and to check that it is the same.</summary>
public sealed record ManifestEntry
{
    /// <summary>The version of the format that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>Iteration.</summary>
    public required int Iteration { get; init; }

    /// <summary>Group of the iteration, counted over all ranks.</summary>
    public required int Group { get; init; }

    /// <summary>The condition clip.</summary>
    public required ManifestCondition Condition { get; init; }

    /// <summary>The target path.</summary>
    public required ManifestTarget Target { get; init; }

    /// <summary>Seed, iteration and group: the address of the draw.</summary>
    [JsonIgnore]
    public (long Seed, int Iteration, int Group) Key => (Seed, Iteration, Group);

    /// <summary>What is wrong with the entry; empty when it is sound.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (Version != CurrentVersion) problems.Add($"version is {Version}, expected {CurrentVersion}");
        if (Iteration < 0 || Group < 0) problems.Add($"iteration {Iteration}, group {Group}, expected numbers from 0");
        AddConditionProblems(problems);
        AddTargetProblems(problems);
        return problems;
    }

    private void AddConditionProblems(List<string> problems)
    {
        ManifestCondition c = Condition;
        if (c.Name.Length == 0 || c.Path.Length == 0) problems.Add("the condition has no name or no path");
        if (!IsHash(c.VideoSha256) || !IsHash(c.ClipSha256)) problems.Add("a hash of the condition is not 64 hexadecimal digits");
        if (c.SourceFrames.Count == 0 || c.SourceFrames[0] < 0 || c.SourceFrames.Zip(c.SourceFrames.Skip(1)).Any(p => p.Second < p.First))
            problems.Add("the source frames are not numbers from 0 that never go back");
        if (c.Width < 1 || c.Height < 1) problems.Add($"the clip is {c.Width}×{c.Height}, expected positive sizes");
        if (!Sampling.FrameRate.TryParse(c.FrameRate, out _)) problems.Add($"'{c.FrameRate}' is no frame rate");
        if (c.Prompt is { } prompt && string.IsNullOrWhiteSpace(prompt)) problems.Add("the prompt is blank; a missing prompt is left out");
        if (c.Attempt < c.Refused.Count) problems.Add($"attempt {c.Attempt} of the condition after {c.Refused.Count} refused videos");
    }

    private void AddTargetProblems(List<string> problems)
    {
        ManifestTarget t = Target;
        if (t.Id.Length == 0) problems.Add("the target has no id");
        if (!(t.TranslationMetresPerSecond >= 0 && t.RotationDegreesPerSecond >= 0)) problems.Add("a speed of the target is negative");
        if (!(t.TranslationFactor >= 0 && t.RotationFactor >= 0)) problems.Add("a scale factor of the target is negative");
        if (t.Attempt != t.Rejected.Count) problems.Add($"attempt {t.Attempt} of the target after {t.Rejected.Count} rejected paths");
        if (t.Poses.Count != Condition.SourceFrames.Count) problems.Add($"{t.Poses.Count} poses for {Condition.SourceFrames.Count} frames");
        for (int i = 0; i < t.Poses.Count; i++)
        {
            IReadOnlyList<double> p = t.Poses[i];
            if (p.Count == 7 && Math.Abs(p[0] * p[0] + p[1] * p[1] + p[2] * p[2] + p[3] * p[3] - 1) < 1e-6) continue;
            problems.Add($"pose {i} is not a unit quaternion and a position, seven numbers");
            return;
        }

        if (t.Poses.Count > 0 && (Math.Abs(t.Poses[0][0]) < 1 - 1e-12 || t.Poses[0].Skip(4).Any(x => x != 0)))
            problems.Add("the first pose is not the identity; targets are relative to their first frame");
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
