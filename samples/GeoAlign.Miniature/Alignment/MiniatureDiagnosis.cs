using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>Draws one iteration's groups for every start of the window and lets the judge say what the rewards are worth.</summary>
internal static class MiniatureDiagnosis
{
    /// <summary>Diagnoses the rewards of a run before it is made.</summary>
    public static async Task<GroupDiagnosis> OfAsync(AlignmentSettings settings, MiniatureAssets assets, CancellationToken stop)
    {
        RoomRenderer renderer = new(Room.FromSeed(MiniatureNetwork.RoomSeed));
        GrpoOptions options = settings.Grpo().Validated();
        using RedirectorPolicy policy = new(MiniatureNetwork.Load(assets.BaseModel));
        using MiniatureData data = new(settings.Seed, settings.Conditions, policy.Network, renderer);
        using MiniatureRewards rewards = new(settings, assets, renderer);
        PhotometricJudge judge = new(renderer);
        RolloutEngine<MiniatureCondition, float> engine = new(
            new MiniaturePolicy(policy), new CounterNoise<float>(options.Seed), options.Rollout, options.Objective);
        SigmaSchedule schedule = options.CreateSchedule();

        List<IReadOnlyList<JudgedRollout>> groups = [];
        IReadOnlyList<MiniatureCondition> conditions = data.Draw(0);
        for (int g = 0; g < conditions.Count; g++)
        {
            SdeWindow window = options.Window.At(g % (settings.LastWindowStart + 1), g, options.Steps, options.Seed);
            RolloutGroup<MiniatureCondition, float> group = engine.Draw(
                conditions[g], RolloutPlan.Create(schedule, options.Noise, window, options.Flash), 0, g, stop: stop);
            RewardTable table = await rewards.Scorer.ScoreAsync(group, stop);
            groups.Add([.. group.Members.Select((member, i) => Judged(judge, conditions[g].Case, member, table, i))]);
        }

        return GroupDiagnosis.Of(groups);
    }

    private static JudgedRollout Judged(PhotometricJudge judge, MiniatureCase item, Rollout<float> member, RewardTable table, int index)
    {
        ClipJudgement judgement = judge.Judge(item.StartCameraToWorld, item.Requested, MiniatureVideo.Planes(member.Final));
        Dictionary<string, double> rewards = [];
        for (int d = 0; d < table.Dimensions.Count; d++)
        {
            if (table[d, 0, index] is { IsPresent: true } entry) rewards[table.Dimensions[d]] = entry.Value;
        }

        return new JudgedRollout
        {
            Rewards = rewards,
            Judged = new Dictionary<string, double>
            {
                ["trans"] = -judgement.TranslationErrorMetres, ["rot"] = -judgement.RotationErrorDegrees, ["picture"] = -judgement.ResidualRms,
            },
            MetricScale = judgement.TranslationScale,
        };
    }
}
