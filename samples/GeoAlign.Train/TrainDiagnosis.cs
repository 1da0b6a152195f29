using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Train;

/// <summary>Says, before time is spent on training, whether the rewards can teach anything with these settings.</summary>
internal static class TrainDiagnosis
{
    /// <summary>Draws one iteration's groups, scores them, and compares with what another estimator reads in the same videos.</summary>
    /// <param name="options">The run's settings.</param>
    /// <param name="policy">The network, before training.</param>
    /// <param name="data">Conditions.</param>
    /// <param name="scorer">The rewards.</param>
    /// <param name="decoder">Decodes latents.</param>
    /// <param name="judge">Another pose estimator than the reward's; null judges nothing but the spread of the scale, by the reward's own.</param>
    /// <param name="fallback">The reward's estimator.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<GroupDiagnosis> OfAsync(
        GrpoOptions options, IPolicy<TrainingCondition, float> policy, IConditionSource<TrainingCondition> data,
        IRolloutScorer<TrainingCondition> scorer, ClipDecoder decoder, IPoseEstimator? judge, IPoseEstimator fallback, CancellationToken stop)
    {
        RolloutEngine<TrainingCondition, float> engine = new(policy, new CounterNoise<float>(options.Seed), options.Rollout, options.Objective);
        SigmaSchedule schedule = options.CreateSchedule();
        List<IReadOnlyList<JudgedRollout>> groups = [];
        IReadOnlyList<TrainingCondition> conditions = data.Draw(0);
        for (int g = 0; g < conditions.Count; g++)
        {
            RolloutPlan plan = RolloutPlan.Create(schedule, options.Noise, options.Window.At(0, g, options.Steps, options.Seed), options.Flash);
            RolloutGroup<TrainingCondition, float> group = engine.Draw(conditions[g], plan, 0, g, stop: stop);
            RewardTable rewards = await scorer.ScoreAsync(group, stop);
            VideoFrames[] videos = [.. group.Members.Select(m => RolloutScorer.Frames(decoder.Decode(group.Condition, m.FinalMemory)))];
            IReadOnlyList<PoseEstimationResult> paths = await (judge ?? fallback).EstimateAsync(videos, stop);
            groups.Add([.. paths.Select((path, i) => Judged(rewards, i, path, group.Condition.Target, judge is not null))]);
        }

        return GroupDiagnosis.Of(groups);
    }

    private static JudgedRollout Judged(RewardTable rewards, int member, PoseEstimationResult path, CameraTrajectory target, bool hasJudge)
    {
        Dictionary<string, double> scores = [], judged = [];
        for (int d = 0; d < rewards.Dimensions.Count; d++)
        {
            if (rewards[d, 0, member] is { IsPresent: true } entry) scores[rewards.Dimensions[d]] = entry.Value;
        }

        double? scale = null;
        if (path is { Succeeded: true, Estimate.Trajectory: { } found } && found.Count == target.Count)
        {
            TrajectoryError error = TrajectoryError.Between(found.RelativeToFirst(), target.RelativeToFirst(), FrameWeights.Uniform(target.Count));
            if (hasJudge) (judged["trans"], judged["rot"]) = (-error.TranslationMetres, -error.RotationRadians);
            scale = MetricPathComparison.Between(found, target).PathLengthRatio;
        }

        return new JudgedRollout { Rewards = scores, Judged = judged, MetricScale = scale };
    }
}
