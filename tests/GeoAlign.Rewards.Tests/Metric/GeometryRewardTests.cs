using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

public class GeometryRewardTests
{
    private static readonly SE3[] Path = new Random(5).NextPath(9);

    [Fact]
    public async Task Both_dimensions_come_out_with_their_units()
    {
        SE3[] estimated = new Random(6).NextPath(9);
        GeometryReward reward = new(Answering(estimated));

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([Rollout(Path)]))[0];
        TrajectoryError expected = TrajectoryError.Between(new CameraTrajectory(estimated), new CameraTrajectory(Path));

        Assert.Equal(["trans", "rot"], reward.Dimensions.Select(d => d.Name));
        Assert.Equal(["−m", "−rad"], reward.Dimensions.Select(d => d.Unit));
        Assert.Equal(-expected.TranslationMetres, scores[0].Value, 1e-12);
        Assert.Equal(-expected.RotationRadians, scores[1].Value, 1e-12);
    }

    [Fact]
    public async Task Every_rollout_is_scored_against_its_own_target()
    {
        SE3[] other = new Random(7).NextPath(9);
        GeometryReward reward = new(new FakeEstimator((_, i) => Estimate(i == 0 ? Path : other)));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(Path), Rollout(other), Rollout(Path)]);

        Assert.Equal(0, scores[0][0].Value, 1e-12);
        Assert.Equal(0, scores[1][0].Value, 1e-12);
        Assert.True(scores[2][0].Value < -0.01);
    }

    [Fact]
    public async Task Failed_estimate_is_missing_with_its_reason_by_default()
    {
        GeometryReward reward = new(new FakeEstimator((_, i) => i == 1 ? PoseEstimationResult.Failed("featureless frames") : Estimate(Path)));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(Path), Rollout(Path)]);

        Assert.False(scores[0][0].IsMissing);
        Assert.All(scores[1], s => Assert.Equal("featureless frames", s.Reason));
    }

    [Theory]
    [InlineData(MissingPosePolicy.Penalise)]
    [InlineData(MissingPosePolicy.Skip)]
    public async Task Failed_estimate_is_penalised_on_request(MissingPosePolicy policy)
    {
        GeometryReward reward = new(new FakeEstimator((_, _) => PoseEstimationResult.Failed("no")), new() { MissingPoses = policy });

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([Rollout(Path)]))[0];

        Assert.Equal(-5, scores[0].Value, 1e-12);
        Assert.Equal(-Math.PI, scores[1].Value, 1e-12);
    }

    [Fact]
    public async Task Failed_estimate_throws_on_request()
    {
        GeometryReward reward = new(new FakeEstimator((_, _) => PoseEstimationResult.Failed("no light")), new() { MissingPoses = MissingPosePolicy.Throw });

        PoseEstimationException error = await Assert.ThrowsAsync<PoseEstimationException>(async () => await reward.ScoreAsync([Rollout(Path)]));
        Assert.Contains("no light", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_without_a_pose_makes_the_score_missing_and_is_named()
    {
        int[] frames = [0, 1, 2, 4, 5, 6, 7, 8];
        PoseEstimate estimate = new(new CameraTrajectory([.. frames.Select(f => Path[f])]), [.. frames], isMetric: true)
        {
            Rejections = [new FrameRejection(3, "pose not finite")],
        };
        FakeEstimator estimator = new((_, _) => PoseEstimationResult.Of(estimate));

        ImmutableArray<RewardScore> missing = (await new GeometryReward(estimator).ScoreAsync([Rollout(Path)]))[0];
        ImmutableArray<RewardScore> skipped = (await new GeometryReward(estimator, new() { MissingPoses = MissingPosePolicy.Skip }).ScoreAsync([Rollout(Path)]))[0];

        Assert.Contains("frame 3: pose not finite", missing[0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, skipped[0].Value, 1e-12);
    }

    [Fact]
    public async Task Target_poses_of_other_frames_need_a_frame_map()
    {
        GeometryReward reward = new(Answering(Path));

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await reward.ScoreAsync([Rollout(Path[..3], frames: 9)]));

        Assert.Contains("3 target poses for 9 frames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poses_per_latent_are_paired_by_pixel_frame_and_weighted_by_time()
    {
        SE3[] dense = GoldenPaths.Target("subset.target_c2w");
        ImmutableArray<int> frames = [.. GoldenPaths.File["subset.frame_index"].Integers().Select(f => (int)f)];
        SE3[] estimated = GoldenPaths.Target("subset.pred_c2w");
        FakeEstimator estimator = Answering(estimated);
        VideoRollout perLatent = new()
        {
            Frames = Videos.Counting(1, 1, 33),
            Target = new CameraTrajectory([.. frames.Select(f => dense[f])]),
            TargetFrames = frames,
        };
        VideoRollout perFrame = new() { Frames = Videos.Counting(1, 1, 33), Target = new CameraTrajectory(dense) };
        double[] golden = GoldenPaths.File["subset.rewards"].Values;

        RewardScore[] mapped = [.. (await new GeometryReward(estimator).ScoreAsync([perLatent]))[0]];
        RewardScore[] strided = [.. (await new GeometryReward(estimator, new() { FrameStride = 4 }).ScoreAsync([perFrame]))[0]];
        RewardScore[] byIndex = [.. (await new GeometryReward(estimator, new() { WeightTime = WeightTime.EvaluatedIndex }).ScoreAsync([perLatent]))[0]];

        Near.Equal(golden.AsSpan(2), [mapped[0].Value, mapped[1].Value], 1e-9);
        Near.Equal(golden.AsSpan(2), [strided[0].Value, strided[1].Value], 1e-9);
        Near.Equal(golden.AsSpan(0, 2), [byIndex[0].Value, byIndex[1].Value], 1e-9);
        Assert.All(estimator.Seen, v => Assert.Equal(9, v.FrameCount));
        Assert.Equal(perFrame.Frames.Frame(4).ToArray(), estimator.Seen[1].Frame(1).ToArray());
    }

    [Fact]
    public async Task Target_map_must_start_with_the_anchor()
    {
        VideoRollout rollout = Rollout(Path) with { Target = new CameraTrajectory(Path.AsSpan(1)), TargetFrames = [1, 2, 3, 4, 5, 6, 7, 8] };

        await Assert.ThrowsAsync<ArgumentException>(async () => await new GeometryReward(Answering(Path)).ScoreAsync([rollout]));
    }

    [Fact]
    public async Task One_frame_says_nothing_and_is_missing()
    {
        ImmutableArray<RewardScore> scores = (await new GeometryReward(Answering(Path[..1])).ScoreAsync([Rollout(Path[..1])]))[0];
        ImmutableArray<RewardScore> penalised = (await new GeometryReward(Answering(Path[..1]), new() { MissingPoses = MissingPosePolicy.Penalise }).ScoreAsync([Rollout(Path[..1])]))[0];

        Assert.All(scores, s => Assert.Contains("one frame", s.Reason, StringComparison.Ordinal));
        Assert.All(penalised, s => Assert.Equal(0, s.Value));
        Assert.All(penalised, s => Assert.NotNull(s.Warning));
    }

    [Fact]
    public async Task Static_target_is_scored_like_any_other()
    {
        SE3[] still = [.. Enumerable.Repeat(Path[3], 9)];

        ImmutableArray<RewardScore> held = (await new GeometryReward(Answering(still)).ScoreAsync([Rollout(still)]))[0];
        ImmutableArray<RewardScore> moved = (await new GeometryReward(Answering(Path)).ScoreAsync([Rollout(still)]))[0];

        Assert.Equal(0, held[0].Value);
        Assert.True(moved[0].Value < 0);
    }

    [Fact]
    public void Estimator_without_metric_scale_is_refused() =>
        Assert.Contains("metric scale", Assert.Throws<ArgumentException>(() => new GeometryReward(new FakeEstimator((_, _) => Estimate(Path), isMetric: false))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Distrusted_frames_are_left_out_and_too_few_make_the_score_missing()
    {
        SE3[] estimated = [.. Path];
        estimated[8] *= new SE3(SO3.Identity, new(3, 0, 0));
        FakeEstimator estimator = new((_, _) => Estimate(estimated, [.. Enumerable.Range(0, 9).Select(i => new FrameConfidence(i == 8 ? -4 : 1, 1))]));
        GeometryRewardOptions gated = new() { ConfidenceGate = new() { MinMeanLogConfidence = 0 } };
        GeometryRewardOptions strict = new() { ConfidenceGate = new() { MinMeanLogConfidence = 0, MinUsableShare = 0.95 } };

        RewardScore open = (await new GeometryReward(estimator).ScoreAsync([Rollout(Path)]))[0][0];
        RewardScore left = (await new GeometryReward(estimator, gated).ScoreAsync([Rollout(Path)]))[0][0];
        RewardScore missing = (await new GeometryReward(estimator, strict).ScoreAsync([Rollout(Path)]))[0][0];

        Assert.True(open.Value < -0.5);
        Assert.Equal(0, left.Value, 1e-12);
        Assert.Contains("only 8 of 9 frames", missing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distrusted_reference_view_makes_the_score_missing_since_every_error_is_seen_from_it()
    {
        FakeEstimator estimator = new((_, _) => Estimate(Path, [.. Enumerable.Range(0, 9).Select(i => new FrameConfidence(i == 0 ? -4 : 1, 1))]));

        RewardScore score = (await new GeometryReward(estimator, new() { ConfidenceGate = new() { MinMeanLogConfidence = 0 } }).ScoreAsync([Rollout(Path)]))[0][0];

        Assert.Contains("frame 0, from which every error is seen, is below the confidence gate", score.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingPosePolicy.Missing)]
    [InlineData(MissingPosePolicy.Skip)]
    public async Task Gate_that_leaves_the_anchor_alone_gives_no_perfect_score(MissingPosePolicy policy)
    {
        SE3[] wrong = [Path[0], Path[0] * new SE3(SO3.Identity, new(3, 0, 0))];
        FakeEstimator estimator = new((_, _) => Estimate(wrong, [new FrameConfidence(1, 1), new FrameConfidence(-4, 1)]));
        GeometryRewardOptions options = new() { MissingPoses = policy, ConfidenceGate = new() { MinMeanLogConfidence = 0 } };

        ImmutableArray<RewardScore> scores = (await new GeometryReward(estimator, options).ScoreAsync([Rollout(Path[..2])]))[0];

        Assert.All(scores, score => Assert.Contains("no frame but the first", score.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Estimate_with_a_pose_of_the_anchor_alone_is_never_a_perfect_score()
    {
        FakeEstimator estimator = new((_, _) => PoseEstimationResult.Of(new PoseEstimate(new CameraTrajectory([Path[0]]), [0], isMetric: true)));

        async Task<RewardScore> Under(MissingPosePolicy policy, FrameWeighting weighting) =>
            (await new GeometryReward(estimator, new() { MissingPoses = policy, Weighting = weighting }).ScoreAsync([Rollout(Path)]))[0][0];

        Assert.True((await Under(MissingPosePolicy.Missing, FrameWeighting.Linear)).IsMissing);
        Assert.Equal(-5.0 * 44 / 45, (await Under(MissingPosePolicy.Skip, FrameWeighting.Linear)).Value, 1e-12);
        Assert.Equal(-5.0 * 44 / 45, (await Under(MissingPosePolicy.Penalise, FrameWeighting.Linear)).Value, 1e-12);
        Assert.Equal(-5, (await Under(MissingPosePolicy.Skip, FrameWeighting.Last(1))).Value, 1e-12);
    }

    [Fact]
    public async Task Failed_estimate_of_one_frame_is_penalised_where_failures_are()
    {
        GeometryReward reward = new(new FakeEstimator((_, _) => PoseEstimationResult.Failed("no light")), new() { MissingPoses = MissingPosePolicy.Penalise });

        Assert.Equal(-5, (await reward.ScoreAsync([Rollout(Path[..1])]))[0][0].Value, 1e-12);
    }

    [Fact]
    public async Task Scale_far_from_that_of_the_source_clip_is_a_failure()
    {
        FakeEstimator estimator = new((_, _) => PoseEstimationResult.Of(new PoseEstimate(new CameraTrajectory(Path), [.. Enumerable.Range(0, 9)], true) { MetricScale = 3 }));
        GeometryReward reward = new(estimator, new() { MaxLogScaleDifference = Math.Log(2) });

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync(
            [Rollout(Path) with { SourceMetricScale = 1.6 }, Rollout(Path) with { SourceMetricScale = 1.4 }, Rollout(Path) with { SourceMetricScale = 6.1 }]);

        Assert.False(scores[0][0].IsMissing);
        Assert.Contains("scale factor 3 against 1.4", scores[1][0].Reason, StringComparison.Ordinal);
        Assert.True(scores[2][0].IsMissing);
        await Assert.ThrowsAsync<ArgumentException>(async () => await reward.ScoreAsync([Rollout(Path)]));
    }

    [Fact]
    public async Task Segments_are_weighted_by_their_last_frame()
    {
        SE3[] target = [.. Enumerable.Repeat(SE3.Identity, 4)];
        SE3 off = new(SO3.Identity, new(1, 0, 0));
        GeometryReward reward = new(Answering([SE3.Identity, SE3.Identity, SE3.Identity, off]), new() { SegmentFrames = 1 });

        RewardScore score = (await reward.ScoreAsync([Rollout(target)]))[0][0];

        Assert.Equal(-1.0 / (0.5 + 0.75 + 1), score.Value, 1e-15);
    }

    [Fact]
    public void Bad_settings_are_listed_together()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new GeometryReward(Answering(Path), new() { FrameStride = 0, PenaltyTranslationMetres = double.NaN, SegmentFrames = 0 }));

        Assert.Contains("FrameStride", error.Message, StringComparison.Ordinal);
        Assert.Contains("PenaltyTranslationMetres", error.Message, StringComparison.Ordinal);
        Assert.Contains("SegmentFrames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_beyond_all_numbers_is_missing_and_costs_no_other_rollout()
    {
        SE3[] far = [SE3.Identity, new(SO3.Identity, new(1e200, 0, 0))], two = [SE3.Identity, SE3.Identity];
        GeometryReward reward = new(new FakeEstimator((_, i) => Estimate(i == 0 ? far : two)));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(two), Rollout(two)]);

        Assert.Contains("not finite", scores[0][0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, scores[1][0].Value);
    }

    [Fact]
    public async Task Video_whose_frames_do_not_fit_its_target_is_missing_in_a_panel()
    {
        PanelScores scores = await new RewardPanel(new GeometryReward(Answering(Path))).ScoreAsync([[Rollout(Path[..3], frames: 9)], [Rollout(Path)]]);

        Assert.Contains("3 target poses for 9 frames", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, scores[0, 1, 0].Value);
    }

    [Fact]
    public async Task Weights_that_leave_no_evaluated_frame_make_the_score_missing()
    {
        GeometryRewardOptions options = new() { FrameStride = 4, Weighting = FrameWeighting.Last(1) };
        FakeEstimator estimator = Answering([Path[0], Path[4]]);

        RewardScore score = (await new GeometryReward(estimator, options).ScoreAsync([Rollout(Path[..8])]))[0][0];

        Assert.Contains("no frame but the first has a weight above 0", score.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_longer_than_the_video_is_missing()
    {
        RewardScore score = (await new GeometryReward(Answering(Path), new() { SegmentFrames = 9 }).ScoreAsync([Rollout(Path)]))[0][0];

        Assert.Contains("no segment of 9 frames", score.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_counts_only_with_both_its_ends()
    {
        SE3[] target = [.. Enumerable.Repeat(SE3.Identity, 4)];
        SE3 off = new(SO3.Identity, new(1, 0, 0));
        FakeEstimator estimator = new((_, _) => Estimate([SE3.Identity, off, SE3.Identity, SE3.Identity], [.. Enumerable.Range(0, 4).Select(i => new FrameConfidence(i == 1 ? -4 : 1, 1))]));
        GeometryRewardOptions options = new() { SegmentFrames = 1, ConfidenceGate = new() { MinMeanLogConfidence = 0 } };

        RewardScore score = (await new GeometryReward(estimator, options).ScoreAsync([Rollout(target)]))[0][0];

        Assert.Equal(0, score.Value);
    }

    [Fact]
    public async Task Featureless_frame_is_seen_by_the_network_but_its_error_does_not_count()
    {
        SE3[] estimated = [.. Path];
        estimated[5] *= new SE3(SO3.Identity, new(3, 0, 0));
        FakeEstimator estimator = Answering(estimated);
        IReadOnlyList<GeometryAssessment>? seen = null;
        GeometryReward reward = new(estimator, new() { FeaturelessFrames = new() }, a => seen = a);

        RewardScore open = (await new GeometryReward(estimator).ScoreAsync([Textured(blank: 5)]))[0][0];
        RewardScore guarded = (await reward.ScoreAsync([Textured(blank: 5)]))[0][0];

        Assert.True(open.Value < -0.3);
        Assert.Equal(0, guarded.Value, 1e-12);
        Assert.All(estimator.Seen, v => Assert.Equal(9, v.FrameCount));
        FrameRejection rejection = Assert.Single(seen![0].Rejections);
        Assert.Equal(5, rejection.Frame);
        Assert.Contains("featureless", rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Featureless_reference_view_or_too_many_of_them_make_the_score_missing()
    {
        GeometryReward reward = new(Answering(Path), new() { FeaturelessFrames = new() { MinUsableShare = 0.8 } });

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Textured(blank: 0), Textured(3, 4), Textured(3)]);

        Assert.Contains("reference view", scores[0][0].Reason, StringComparison.Ordinal);
        Assert.Contains("only 7 of 9 frames have content", scores[1][0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, scores[2][0].Value, 1e-12);
    }

    [Fact]
    public async Task Assessment_tells_how_far_the_camera_went()
    {
        SE3[] target = GoldenPaths.Target("degenerate.half_speed.target_c2w"), estimated = GoldenPaths.Target("degenerate.half_speed.pred_c2w");

        GeometryAssessment assessment = (await new GeometryReward(Answering(estimated)).AssessAsync([Rollout(target)]))[0];

        Assert.Equal(GoldenPaths.File["degenerate.half_speed.scale_only"].Scalar, assessment.Path!.ScaleToTarget!.Value, 1e-9);
        Assert.Equal(0.5, assessment.Path.PathLengthRatio!.Value, 1e-9);
        Assert.Equal(1, assessment.Path.ScaleDrift!.Value, 1e-9);
        Assert.True(assessment.Translation.Value < 0);
        Assert.Empty(assessment.Rejections);
    }

    [Fact]
    public async Task Shuffling_the_videos_shuffles_the_scores_with_them()
    {
        Random rng = new(11);
        SE3[][] targets = [.. Enumerable.Range(0, 6).Select(_ => rng.NextPath(9))];
        VideoRollout[] rollouts = [.. targets.Select((t, i) => Rollout(t) with { Prompt = $"{i}" })];
        Dictionary<VideoFrames, SE3[]> paths = rollouts.ToDictionary(r => r.Frames, _ => rng.NextPath(9));
        GeometryReward reward = new(new FakeEstimator((video, _) => Estimate(paths[video])));
        int[] order = [4, 0, 5, 2, 1, 3];

        IReadOnlyList<ImmutableArray<RewardScore>> straight = await reward.ScoreAsync(rollouts);
        IReadOnlyList<ImmutableArray<RewardScore>> shuffled = await reward.ScoreAsync([.. order.Select(i => rollouts[i])]);

        for (int k = 0; k < order.Length; k++) Assert.Equal(straight[order[k]].Select(s => s.Value), shuffled[k].Select(s => s.Value));
    }

    [Fact]
    public void Huber_and_squares_are_not_set_together() => Assert.Contains("Huber", Assert.Throws<ArgumentException>(() =>
        new GeometryReward(Answering(Path), new() { SquaredErrors = true, HuberRotationRadians = 0.1 })).Message, StringComparison.Ordinal);

    // Nine frames of 4×4 pixels with a pattern, some of them grey.
    private static VideoRollout Textured(params int[] blank)
    {
        VideoFrames noise = Videos.Noise(new Random(3), 4, 4, 9);
        byte[] pixels = noise.Rgb24.ToArray();
        foreach (int frame in blank) pixels.AsSpan(frame * noise.FrameBytes, noise.FrameBytes).Fill(90);
        return new VideoRollout { Frames = new VideoFrames(pixels, 4, 4, 9, 16), Target = new CameraTrajectory(Path) };
    }

    private static VideoRollout Textured(int blank) => Textured([blank]);

    private static VideoRollout Rollout(SE3[] target, int? frames = null) => new() { Frames = Videos.Counting(1, 1, frames ?? target.Length), Target = new CameraTrajectory(target) };

    private static FakeEstimator Answering(SE3[] poses) => new((_, _) => Estimate(poses));

    private static PoseEstimationResult Estimate(SE3[] poses, ImmutableArray<FrameConfidence>? confidence = null) =>
        PoseEstimationResult.Of(new PoseEstimate(new CameraTrajectory(poses), [.. Enumerable.Range(0, poses.Length)], isMetric: true) { Confidence = confidence });
}
