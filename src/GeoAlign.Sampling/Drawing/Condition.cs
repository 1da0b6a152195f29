namespace GeoAlign.Sampling;

/// <summary>What a policy is conditioned on: a clip with its prompt and its own camera path, and the path it is to be filmed along. Immutable.</summary>
public sealed record Condition
{
    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>Iteration.</summary>
    public required int Iteration { get; init; }

    /// <summary>Group of the iteration, counted over all ranks.</summary>
    public required int Group { get; init; }

    /// <summary>The condition clip.</summary>
    public required ConditionClip Clip { get; init; }

    /// <summary>The clip's own camera path, or why there is none.</summary>
    public required SourceCamera SourceCamera { get; init; }

    /// <summary>The path to film along.</summary>
    public required TargetPath Target { get; init; }

    /// <summary>Hash of the video's content.</summary>
    public required string VideoSha256 { get; init; }

    /// <summary>Hash of what the clip is; the key of everything computed from it.</summary>
    public required string ClipSha256 { get; init; }

    /// <summary>The prompt, or why there is none.</summary>
    public ConditionPrompt Prompt => Clip.Source.Prompt;

    /// <summary>The line of a manifest.</summary>
    public ManifestEntry ToManifestEntry() => new()
    {
        Seed = Seed,
        Iteration = Iteration,
        Group = Group,
        Condition = new ManifestCondition
        {
            Name = Clip.Source.Name,
            Path = Clip.Path,
            VideoSha256 = VideoSha256,
            ClipSha256 = ClipSha256,
            SourceFrames = Clip.SourceFrames,
            Width = Clip.Video.Width,
            Height = Clip.Video.Height,
            FrameRate = Clip.Video.FrameRate.ToString(),
            Attempt = Clip.Attempt,
            Prompt = Prompt.Text,
            PromptOrigin = Prompt.Origin,
            SourceCamera = SourceCamera.Origin,
            SourceCameraDetail = SourceCamera.Detail,
            Refused = Clip.Refused,
        },
        Target = new ManifestTarget
        {
            Id = Target.CameraId,
            StartFrame = Target.StartFrame,
            Attempt = Target.Attempt,
            TranslationMetresPerSecond = Target.TranslationMetresPerSecond,
            RotationDegreesPerSecond = Target.RotationDegreesPerSecond,
            TranslationFactor = Target.Rescale.TranslationFactor,
            RotationFactor = Target.Rescale.RotationFactor,
            RotationMode = Target.Rescale.RotationMode,
            Guards = Target.Rescale.Guards,
            Poses = ManifestTarget.Rows(Target.Trajectory),
            Rejected = Target.Rejected,
        },
    };
}
