using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

public class PoseRewardsGoldenTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Cases => [.. GoldenPaths.Cases];

    [Theory, MemberData(nameof(Cases))]
    public void Anchored_errors_match(string name)
    {
        PoseErrors errors = Anchored(name);

        Near.Equal(GoldenPaths.File[$"{name}.err_trans"].Values, errors.TranslationMetres, Tolerance, what: "metres");
        Near.Equal(GoldenPaths.File[$"{name}.err_rot"].Values, errors.RotationRadians, Tolerance, what: "radians");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Segment_errors_match(string name)
    {
        SE3?[] estimated = GoldenPaths.Estimated($"{name}.pred_c2w");
        SE3[] target = GoldenPaths.Target($"{name}.target_c2w");

        foreach ((string kind, int span) in new[] { ("step", 1), ("seg4", 4) })
        {
            PoseErrors errors = PoseErrors.OverSegments(estimated, target, span);

            Near.Equal(GoldenPaths.File[$"{name}.{kind}_err_trans"].Values, errors.TranslationMetres, Tolerance, what: $"{kind} metres");
            Near.Equal(GoldenPaths.File[$"{name}.{kind}_err_rot"].Values, errors.RotationRadians, Tolerance, what: $"{kind} radians");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Weights_of_every_family_match(string name)
    {
        FixtureTensor golden = GoldenPaths.File[$"{name}.weights"];

        for (int row = 0; row < GoldenPaths.Weightings.Length; row++)
            Near.Equal(golden.Row(row), GoldenPaths.Weightings[row].Of(golden.Shape[1]), 1e-14, what: GoldenPaths.Weightings[row].ToString());
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rewards_of_every_family_match_as_mean_as_sum_and_without_the_first_frame(string name)
    {
        PoseErrors errors = Anchored(name);
        FixtureTensor golden = GoldenPaths.File[$"{name}.rewards"];

        for (int row = 0; row < GoldenPaths.Weightings.Length; row++)
        {
            double[] weights = GoldenPaths.Weightings[row].Of(errors.Count);
            PoseRewards mean = PoseRewards.From(errors, weights, new())!.Value;
            PoseRewards sum = PoseRewards.From(errors, weights, new() { Reduction = ErrorReduction.WeightedSum })!.Value;
            weights[0] = 0;
            PoseRewards later = PoseRewards.From(errors, weights, new())!.Value;

            Near.Equal(golden.Row(row), [mean.Translation, mean.Rotation, sum.Translation, sum.Rotation, later.Translation, later.Rotation],
                Tolerance, what: $"rewards, {GoldenPaths.Weightings[row]}");
        }
    }

    [Fact]
    public void Angle_of_1e_7_is_right_to_five_digits()
    {
        double[] golden = GoldenPaths.File["degenerate.last_frame_rotated_1e-7.err_rot"].Values;

        Assert.Equal(1e-7, golden[^1], 1e-12);
        Near.Equal(golden, Anchored("degenerate.last_frame_rotated_1e-7").RotationRadians, 1e-12);
    }

    [Fact]
    public void Half_turn_is_pi() =>
        Assert.Equal(Math.PI, Anchored("degenerate.last_frame_rotated_pi").RotationRadians[^1], 1e-12);

    [Fact]
    public void Half_speed_is_not_forgiven()
    {
        PoseErrors errors = Anchored("degenerate.half_speed");

        PoseRewards rewards = PoseRewards.From(errors, FrameWeighting.Linear.Of(errors.Count), new())!.Value;

        Assert.True(rewards.Translation < -0.01, $"{rewards}");
        Assert.Equal(0, rewards.Rotation, 1e-9);
    }

    [Fact]
    public void Subset_is_weighted_by_index_or_by_time()
    {
        int[] frames = [.. GoldenPaths.File["subset.frame_index"].Integers().Select(i => (int)i)];
        SE3[] dense = GoldenPaths.Target("subset.target_c2w");
        PoseErrors errors = PoseErrors.Anchored(GoldenPaths.Estimated("subset.pred_c2w"), [.. frames.Select(f => dense[f])]);
        double[] byIndex = FrameWeighting.Linear.Of(frames.Length);
        double[] all = FrameWeighting.Linear.Of(dense.Length);
        double[] byTime = [.. frames.Select(f => all[f])];

        PoseRewards index = PoseRewards.From(errors, byIndex, new())!.Value;
        PoseRewards time = PoseRewards.From(errors, byTime, new())!.Value;

        Near.Equal(GoldenPaths.File["subset.err_trans"].Values, errors.TranslationMetres, Tolerance);
        Near.Equal(GoldenPaths.File["subset.err_rot"].Values, errors.RotationRadians, Tolerance);
        Near.Equal(GoldenPaths.File["subset.weights_on_subset"].Values, byIndex, 1e-14);
        Near.Equal(GoldenPaths.File["subset.weights_on_dense_time"].Values, byTime, 1e-14);
        Near.Equal(GoldenPaths.File["subset.rewards"].Values, [index.Translation, index.Rotation, time.Translation, time.Rotation], Tolerance);
    }

    [Fact]
    public void Frames_without_a_pose_are_skipped_penalised_missing_or_an_exception()
    {
        PoseErrors errors = Invalid();
        double[] weights = FrameWeighting.Linear.Of(errors.Count);

        PoseRewards skip = PoseRewards.From(errors, weights, new() { MissingPoses = MissingPosePolicy.Skip })!.Value;
        PoseRewards penalise = PoseRewards.From(errors, weights, new() { MissingPoses = MissingPosePolicy.Penalise })!.Value;

        Assert.Equal(GoldenPaths.File["invalid.valid"].Integers().Select(v => v == 1), errors.Present.ToArray());
        Near.Equal(GoldenPaths.File["invalid.rewards_skip"].Values, [skip.Translation, skip.Rotation], Tolerance, what: "skip");
        Near.Equal(GoldenPaths.File["invalid.rewards_penalise_5m_pi"].Values, [penalise.Translation, penalise.Rotation], Tolerance, what: "penalise");
        Assert.Null(PoseRewards.From(errors, weights, new()));
        Assert.Throws<PoseEstimationException>(() => PoseRewards.From(errors, weights, new() { MissingPoses = MissingPosePolicy.Throw }));
    }

    private static PoseErrors Anchored(string name) =>
        PoseErrors.Anchored(GoldenPaths.Estimated($"{name}.pred_c2w"), GoldenPaths.Target($"{name}.target_c2w"));

    private static PoseErrors Invalid()
    {
        SE3[] dense = GoldenPaths.Target("subset.target_c2w");
        SE3[] target = [.. GoldenPaths.File["subset.frame_index"].Integers().Select(f => dense[f])];
        return PoseErrors.Anchored(GoldenPaths.Estimated("invalid.pred_c2w"), target);
    }
}
