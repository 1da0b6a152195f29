using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Generated latents as clips like the condition's.</summary>
internal sealed class ClipDecoder(ILatentCodec codec, DeviceStages stages)
{
    public VideoClip Decode(TrainingCondition condition, ReadOnlyMemory<float> latent)
    {
        LatentShape shape = condition.Network.Shape;
        byte[] pixels = new byte[shape.VideoBytes];
        stages.Run(WorkStage.Decode, () => codec.Decode(shape, latent.Span, pixels));
        return new VideoClip(pixels, condition.Clip.Size, condition.Clip.FrameRate);
    }
}
