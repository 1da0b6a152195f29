namespace GeoAlign.Models;

/// <summary>What a ReCamMaster network is told about one video to generate.</summary>
public sealed record ReCamMasterInputs : FlowInputs
{
    /// <summary>Clean latents of the source video, <c>[16, F, H/8, W/8]</c>, as many frames as the target has.</summary>
    public required ReadOnlyMemory<float> SourceLatents { get; init; }

    /// <summary>
    /// Target camera of every latent frame, <c>[F, 12]</c>: the upper 3×4 part of camera-to-world, row by row, relative to the first
    /// frame; metres.
    /// </summary>
    public required ReadOnlyMemory<float> Poses { get; init; }

    internal override void Check(WanConfig config)
    {
        CheckCommon(config);
        FlowInputsCheck.Latents(SourceLatents, Shape, nameof(SourceLatents));
        FlowInputsCheck.Numbers(Poses, (long)Shape.Frames * ReCamMasterConfig.PoseNumbers, nameof(Poses), $"[{Shape.Frames}, 12]");
    }
}
