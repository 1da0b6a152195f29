namespace GeoAlign.Models;

/// <summary>What a plain Wan network is told: a prompt, and with Control-Camera a camera path, an image and a second latent.</summary>
public sealed record WanInputs : FlowInputs
{
    /// <summary>
    /// Packed Plücker maps of the camera path, <c>[24, F, H, W]</c> with H and W in pixels; exactly when the network has a camera
    /// adapter.
    /// </summary>
    public ReadOnlyMemory<float>? Camera { get; init; }

    /// <summary>
    /// Latents for the channels of the patch embedding beyond the noisy ones, <c>[16, F, H/8, W/8]</c>; zeros if null. Fun
    /// Control-Camera takes those of the starting image here.
    /// </summary>
    public ReadOnlyMemory<float>? StackedLatents { get; init; }

    internal override void Check(WanConfig config)
    {
        CheckCommon(config);
        if (Camera is null == config.HasControlAdapter)
        {
            throw new ArgumentException(Camera is null
                ? "The network has a camera adapter, but no camera maps are given."
                : "Camera maps are given, but the network has no camera adapter.");
        }

        if (Camera is { } maps) FlowInputsCheck.Camera(maps, Shape, nameof(Camera));
        if (StackedLatents is not { } stacked) return;
        if (config.InputChannels != 2 * config.Latents.Channels)
            throw new ArgumentException(
                $"Stacked latents are given, but the patch embedding has {config.InputChannels} channels.");
        FlowInputsCheck.Latents(stacked, Shape, nameof(StackedLatents));
    }
}
