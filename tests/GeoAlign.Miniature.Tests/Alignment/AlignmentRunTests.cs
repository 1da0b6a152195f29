using GeoAlign.Grpo;

namespace GeoAlign.Miniature.Tests;

/// <summary>The whole loop on the shipped base model and estimators.</summary>
public sealed class AlignmentRunTests
{
    private static readonly AlignmentSettings Small = AlignmentSettings.Quick with
    {
        Iterations = 4, Conditions = 2, GroupSize = 4, EvaluateEvery = 2, EvaluatedCases = 2, FinalCases = 2, Seed = 9,
    };

    // Seeds 1 to 4, 48 cases: scale +0.055 to +0.067 or more, RotErr −12 % to −21 %, TransErr −2 % to −12 % (docs/miniature.md).
    [Fact]
    public async Task Thirty_iterations_bring_held_out_videos_nearer_to_their_metric_paths()
    {
        AlignmentSettings settings = AlignmentSettings.Quick with
        {
            Iterations = 30, PictureWeight = 0.4, FinalLearningRateShare = 0.05, EvaluateEvery = 30, EvaluatedCases = 2, FinalCases = 48,
        };

        AlignmentOutcome outcome = await new AlignmentRun(settings, MiniatureAssets.Shipped).ExecuteAsync(null, new Silent(), default);

        (JudgementSummary before, JudgementSummary after) = (outcome.Before.Summary, outcome.After.Summary);
        Assert.InRange(before.TranslationScale!.Value, 0.6, 0.72);                      // the flaw
        Assert.True(after.TranslationScale > before.TranslationScale + 0.03, $"scale {before.TranslationScale:0.000} → {after.TranslationScale:0.000}");
        Assert.True(after.RotationErrorDegrees < 0.93 * before.RotationErrorDegrees, $"RotErr {before.RotationErrorDegrees:0.00} → {after.RotationErrorDegrees:0.00}");
        Assert.True(after.TranslationErrorMetres < before.TranslationErrorMetres, $"TransErr {before.TranslationErrorMetres:0.0000} → {after.TranslationErrorMetres:0.0000}");
        Assert.All(outcome.Reports, r => Assert.True(r.Updates[0].MaxRatioDeviation < 1e-6));

        using NetworkJudge reward = new(MiniatureAssets.Shipped.PoseModel, new RoomRenderer(Room.FromSeed(MiniatureNetwork.RoomSeed)));
        JudgementSummary rewardBefore = await reward.OfAsync(outcome.Before, default), rewardAfter = await reward.OfAsync(outcome.After, default);
        Assert.True(rewardAfter.TranslationErrorMetres < 0.98 * rewardBefore.TranslationErrorMetres);      // what the run was paid for
        Assert.True(rewardAfter.RotationErrorDegrees < 0.95 * rewardBefore.RotationErrorDegrees);
    }

    [Fact]
    public async Task A_run_that_was_stopped_ends_with_the_same_weights_and_the_same_looks()
    {
        using TemporaryFolder whole = new(), parts = new();
        AlignmentOutcome reference = await new AlignmentRun(Small, MiniatureAssets.Shipped).ExecuteAsync(whole.Path, new Silent(), default);
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new AlignmentRun(Small, MiniatureAssets.Shipped).ExecuteAsync(parts.Path, new Silent { StopAfter = 2, Source = stop }, stop.Token));

        AlignmentOutcome resumed = await new AlignmentRun(Small, MiniatureAssets.Shipped).ExecuteAsync(parts.Path, new Silent(), default);

        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Path, "aligned.safetensors")), File.ReadAllBytes(Path.Combine(parts.Path, "aligned.safetensors")));
        Assert.Equal(reference.Looks, resumed.Looks);
        Assert.Equal([0, 1, 2, 3], resumed.Reports.Select(r => r.Iteration));
    }

    [Fact]
    public async Task Sharing_saves_network_evaluations_and_changes_no_reward()
    {
        AlignmentSettings once = Small with { Iterations = 1, LastWindowStart = 2 };
        AlignmentOutcome shared = await new AlignmentRun(once, MiniatureAssets.Shipped).ExecuteAsync(null, new Silent(), default);

        AlignmentOutcome naive = await new AlignmentRun(once with { Shared = false }, MiniatureAssets.Shipped).ExecuteAsync(null, new Silent(), default);

        (IterationReport a, IterationReport b) = (shared.Reports[0], naive.Reports[0]);
        Assert.True(a.Network.InForwardPasses < b.Network.InForwardPasses);
        foreach ((RewardSummary x, RewardSummary y) in a.Rewards.Zip(b.Rewards)) Assert.Equal(x.Mean!.Value, y.Mean!.Value, 1e-4);      // batches round differently
    }

    [Theory]
    [InlineData(PoseRewardKind.Network)]
    [InlineData(PoseRewardKind.Aligner)]
    internal async Task Rewards_of_the_base_model_agree_with_the_judge_inside_groups(PoseRewardKind kind)
    {
        Rewards.GroupDiagnosis diagnosis =
            await MiniatureDiagnosis.OfAsync(AlignmentSettings.Quick with { GroupSize = 8, PoseReward = kind }, MiniatureAssets.Shipped, default);

        Assert.All(diagnosis.Correlations, c => Assert.True(c.Value > 0.5, $"{c.Dimension}: {c.Value}"));
        Assert.True(diagnosis.ScaleSpread > 0.03, $"spread {diagnosis.ScaleSpread}");
    }

    [Fact]
    public void Only_self_attention_is_trained_unless_asked_otherwise() => Assert.Equal(TrainedPart.SelfAttention, AlignmentSettings.Full.Trained);

    private sealed class Silent : AlignmentObserver
    {
        public int? StopAfter { get; init; }

        public CancellationTokenSource? Source { get; init; }

        public override void Judged(int iterations, JudgementSummary summary, bool isFinal)
        {
        }

        public override void Finished(IterationReport report)
        {
            if (report.Iteration + 1 == StopAfter) Source!.Cancel();
        }
    }
}
