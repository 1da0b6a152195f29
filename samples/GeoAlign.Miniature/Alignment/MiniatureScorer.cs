using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>Decodes rollouts and shows them to the reward panel of their case.</summary>
internal sealed class MiniatureScorer(Func<MiniatureCase, RewardPanel> panelOf, RoomRenderer renderer) : IRolloutScorer<MiniatureCondition>
{
    public async Task<RewardTable> ScoreAsync(RolloutGroup<MiniatureCondition, float> group, CancellationToken stop)
    {
        VideoRollout[] rollouts = [.. group.Members.Select(member => new VideoRollout
        {
            Frames = MiniatureVideo.Decode(group.Condition.Case, member.Final, renderer),
            Target = group.Condition.Case.Requested,
        })];
        PanelScores scores = await panelOf(group.Condition.Case).ScoreAsync([rollouts], stop);
        return RewardTable.Create([.. scores.Dimensions.Select(d => d.Name)], [rollouts.Length], (dimension, g, member) =>
            scores[dimension, g, member] is { IsMissing: false } score ? RewardEntry.Of(score.Value) : RewardEntry.Missing(scores[dimension, g, member].Reason!));
    }
}
