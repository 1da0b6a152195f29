using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Generates one video without noise in its steps: the same condition and the same start before and after training.</summary>
internal sealed class Preview(IPolicy<TrainingCondition, float> policy, ClipDecoder decoder, DeviceStages stages, SigmaSchedule schedule, ulong seed)
{
    public VideoClip Generate(TrainingCondition condition, CancellationToken stop)
    {
        float[] latent = new float[policy.LatentSize(condition)];
        new CounterNoise<float>(seed).Initial(iteration: 0, group: 0, member: 0, latent);
        stages.Run(WorkStage.Rollout, () => OdeSampler.Generate(policy, condition, schedule, latent, stop));
        return decoder.Decode(condition, latent);
    }
}
