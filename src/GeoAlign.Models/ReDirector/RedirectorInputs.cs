namespace GeoAlign.Models;

/// <summary>Everything a ReDirector network is told about one video to generate, as plain numbers.</summary>
public sealed record RedirectorInputs
{
    /// <summary>Size of the latents of the target video.</summary>
    public required LatentShape Shape { get; init; }

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

    /// <summary>Text features of the prompt; fewer than the network takes are filled up with zeros. Null exactly for a network without text.</summary>
    public required TokenFeatures? Text { get; init; }

    /// <summary>Text features of the negative prompt; needed only for guidance.</summary>
    public TokenFeatures? NegativeText { get; init; }

    /// <summary>Image features of the condition video's first frame; exactly when the network has image input.</summary>
    public TokenFeatures? Image { get; init; }
}
