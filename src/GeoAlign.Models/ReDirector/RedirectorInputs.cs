namespace GeoAlign.Models;

/// <summary>Everything a ReDirector network is told about one video to generate, as plain numbers.</summary>
public sealed record RedirectorInputs : FlowInputs
{
    /// <summary>Latent frames of the condition video, at most the target's; null for as many, as the released network was trained.</summary>
    public int? ConditionFrames { get; init; }

    /// <summary>Size of the latents of the condition video.</summary>
    public LatentShape ConditionShape => Shape with { Frames = ConditionFrames ?? Shape.Frames };

    /// <summary>Clean latents of the condition video, <c>[16, F, H/8, W/8]</c>.</summary>
    public required ReadOnlyMemory<float> ConditionLatents { get; init; }

    /// <summary>Packed Plücker maps of the target path, <c>[24, F, H, W]</c> with H and W in pixels; metres and unit vectors.</summary>
    public required ReadOnlyMemory<float> TargetCamera { get; init; }

    /// <summary>Packed Plücker maps of the condition video's own path, in the same world frame as the target's.</summary>
    public required ReadOnlyMemory<float> ConditionCamera { get; init; }

    internal override void Check(WanConfig config)
    {
        CheckCommon(config);
        if (ConditionFrames is < 1 || ConditionFrames > Shape.Frames)
            throw new ArgumentException($"{ConditionFrames} condition frames, expected 1 to {Shape.Frames}.");
        FlowInputsCheck.Latents(ConditionLatents, ConditionShape, nameof(ConditionLatents));
        FlowInputsCheck.Camera(TargetCamera, Shape, nameof(TargetCamera));
        FlowInputsCheck.Camera(ConditionCamera, ConditionShape, nameof(ConditionCamera));
    }
}
