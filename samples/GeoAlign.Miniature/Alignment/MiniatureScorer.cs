using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>Decodes rollouts and shows them to the reward panel.</summary>
internal sealed class MiniatureScorer(RewardPanel panel, RoomRenderer renderer) : IRolloutScorer<MiniatureCondition>
{
    public async Task<RewardTable> ScoreAsync(RolloutGroup<MiniatureCondition, float> group, CancellationToken stop)
    {
        VideoRollout[] rollouts = [.. group.Members.Select(member => new VideoRollout
        {
            Frames = MiniatureVideo.Decode(group.Condition.Case, member.Final, renderer),
            Target = group.Condition.Case.Requested,
        })];
        PanelScores scores = await panel.ScoreAsync([rollouts], stop);
        return RewardTable.Create([.. scores.Dimensions.Select(d => d.Name)], [rollouts.Length], (dimension, g, member) =>
            scores[dimension, g, member] is { IsMissing: false } score ? RewardEntry.Of(score.Value) : RewardEntry.Missing(scores[dimension, g, member].Reason!));
    }
}
