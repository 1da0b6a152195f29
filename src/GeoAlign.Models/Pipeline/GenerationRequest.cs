using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>One video to generate: what it is to show, and along which path.</summary>
/// <remarks>
/// ReDirector takes clip, both paths and intrinsics; ReCamMaster clip and target path, and knows no intrinsics; text-to-video a size, and refuses a clip and
/// paths, which it could not follow.
/// </remarks>
public sealed record GenerationRequest
{
    /// <summary>What the video shows.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>
    /// What it does not show; used by guidance only. The released pipelines use one fixed text, Wan2.1's <c>sample_neg_prompt</c>.
    /// </summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>Features of the prompt instead of its text, where they are known already.</summary>
    public TokenFeatures? PromptFeatures { get; init; }

    /// <summary>Features of the negative prompt instead of its text.</summary>
    public TokenFeatures? NegativePromptFeatures { get; init; }

    /// <summary>Features of the clip's first frame, where they are known already.</summary>
    public TokenFeatures? ImageFeatures { get; init; }

    /// <summary>Condition video: 4k + 1 frames, sides that are multiples of 16 pixels (with Wan's latents).</summary>
    public VideoFrames? Clip { get; init; }

    /// <summary>Camera-to-world path of the condition video, one pose per frame, metres.</summary>
    public CameraTrajectory? Source { get; init; }

    /// <summary>Camera-to-world path asked for, one pose per generated frame, metres.</summary>
    public CameraTrajectory? Target { get; init; }

    /// <summary>From where the paths are measured.</summary>
    public PathOrigin Origin { get; init; }

    /// <summary>Camera of both videos.</summary>
    public NormalisedIntrinsics? Intrinsics { get; init; }

    /// <summary>
    /// Size of the picture the intrinsics were given for, if the clip was cut from its middle; null if they are the clip's own. ReDirector trains with 1280×1280.
    /// </summary>
    public ImageSize? IntrinsicsImage { get; init; }

    /// <summary>Size of a video that is generated without a clip.</summary>
    public LatentShape? Shape { get; init; }

    /// <summary>Frame rate of a video that is generated without a clip; otherwise it is the clip's.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Noise to start from, <c>[16, F, H/8, W/8]</c> standard normal numbers; null draws it from the seed.</summary>
    public ReadOnlyMemory<float>? InitialNoise { get; init; }
}
