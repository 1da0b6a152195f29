using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>Decodes generated latents and shows the videos to the reward panel.</summary>
internal sealed class RolloutScorer(ClipDecoder decoder, RewardPanel panel, DeviceStages stages) : IRolloutScorer<TrainingCondition>
{
    public async Task<RewardTable> ScoreAsync(RolloutGroup<TrainingCondition, float> group, CancellationToken stop)
    {
        ColourStatistics colours = ColourStatistics.Of(Frames(group.Condition.Clip));
        VideoRollout[] rollouts = [.. group.Members.Select(member => ToRollout(group.Condition, colours, member))];
        PanelScores scores = await stages.RunAsync(WorkStage.Reward, () => panel.ScoreAsync([rollouts], stop).AsTask(), stop);
        return RewardTable.Create([.. scores.Dimensions.Select(d => d.Name)], [rollouts.Length], (dimension, g, member) =>
            scores[dimension, g, member] is { IsMissing: false } score ? RewardEntry.Of(score.Value) : RewardEntry.Missing(scores[dimension, g, member].Reason!));
    }

    private VideoRollout ToRollout(TrainingCondition condition, ColourStatistics colours, Rollout<float> member) => new()
    {
        Frames = Frames(decoder.Decode(condition, member.FinalMemory)),
        Target = condition.Target,
        Prompt = condition.Prompt.Length > 0 ? condition.Prompt : null,
        SourceColours = colours,
    };

    public static VideoFrames Frames(VideoClip clip) => new(clip.Rgb24, clip.Width, clip.Height, clip.FrameCount, clip.FrameRate.FramesPerSecond);
}
