using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Generates one video without noise in its steps: the same condition and the same start before and after training.</summary>
internal sealed class Preview(IPolicy<TrainingCondition, float> policy, ILatentCodec codec, SigmaSchedule schedule, ulong seed)
{
    public VideoClip Generate(TrainingCondition condition, CancellationToken stop)
    {
        float[] latent = new float[policy.LatentSize(condition)];
        new CounterNoise<float>(seed).Initial(iteration: 0, group: 0, member: 0, latent);
        OdeSampler.Generate(policy, condition, schedule, latent, stop);
        return Decode(codec, condition, latent);
    }

    public static VideoClip Decode(ILatentCodec codec, TrainingCondition condition, ReadOnlySpan<float> latent)
    {
        LatentShape shape = condition.Network.Shape;
        byte[] pixels = new byte[shape.VideoBytes];
        codec.Decode(shape, latent, pixels);
        return new VideoClip(pixels, condition.Clip.Size, condition.Clip.FrameRate);
    }
}
