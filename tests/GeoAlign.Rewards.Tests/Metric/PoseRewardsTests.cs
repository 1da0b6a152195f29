using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

public class PoseRewardsTests
{
    [Fact]
    public void Perfect_path_scores_zero_and_not_minus_zero()
    {
        SE3[] path = new Random(2).NextPath(5);

        PoseRewards rewards = PoseRewards.From(PoseErrors.Anchored(path.AsEstimate(), path), FrameWeighting.Linear.Of(5), new())!.Value;

        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(rewards.Translation));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(rewards.Rotation));
    }

    [Fact]
    public void Factor_on_the_weights_changes_no_mean() => ForAll.Seeds(50, rng =>
    {
        PoseErrors errors = PoseErrors.Anchored(rng.NextPath(6).AsEstimate(), rng.NextPath(6));
        double[] weights = FrameWeighting.Power(1.7).Of(6);

        PoseRewards a = PoseRewards.From(errors, weights, new())!.Value;
        PoseRewards b = PoseRewards.From(errors, [.. weights.Select(w => 3.5 * w)], new())!.Value;

        Assert.Equal(a.Translation, b.Translation, 1e-12);
        Assert.Equal(a.Rotation, b.Rotation, 1e-12);
    });

    [Fact]
    public void Later_error_costs_more_than_an_earlier_one()
    {
        SE3[] target = [.. Enumerable.Repeat(SE3.Identity, 5)];
        SE3 off = new(SO3.Exp(new(0, 0.1, 0)), new(0.5, 0, 0));

        PoseRewards early = Of([SE3.Identity, off, SE3.Identity, SE3.Identity, SE3.Identity]);
        PoseRewards late = Of([SE3.Identity, SE3.Identity, SE3.Identity, SE3.Identity, off]);

        Assert.Equal(-0.5 * 2 / 15, early.Translation, 1e-15);
        Assert.Equal(-0.5 * 5 / 15, late.Translation, 1e-15);
        Assert.Equal(-0.1 * 5 / 15, late.Rotation, 1e-15);

        PoseRewards Of(SE3[] estimated) => PoseRewards.From(PoseErrors.Anchored(estimated.AsEstimate(), target), FrameWeighting.Linear.Of(5), new())!.Value;
    }

    [Fact]
    public void Cap_holds_one_error_and_the_square_comes_after_it()
    {
        SE3[] target = [.. Enumerable.Repeat(SE3.Identity, 2)];
        PoseErrors errors = PoseErrors.Anchored([SE3.Identity, new SE3(SO3.Identity, new(40, 0, 0))], target);

        Assert.Equal(-3, PoseRewards.From(errors, [0, 1], new() { TranslationCapMetres = 3 })!.Value.Translation);
        Assert.Equal(-9, PoseRewards.From(errors, [0, 1], new() { TranslationCapMetres = 3, SquaredErrors = true })!.Value.Translation);
        Assert.Equal(-1600, PoseRewards.From(errors, [0, 1], new() { SquaredErrors = true })!.Value.Translation);
    }

    [Theory]
    [InlineData(MissingPosePolicy.Skip)]
    [InlineData(MissingPosePolicy.Penalise)]
    public void Without_the_anchor_every_frame_is_penalised(MissingPosePolicy policy)
    {
        SE3[] target = new Random(1).NextPath(4);
        SE3?[] estimated = target.AsEstimate();
        estimated[0] = null;

        PoseRewards rewards = PoseRewards.From(PoseErrors.Anchored(estimated, target), FrameWeighting.Linear.Of(4), new() { MissingPoses = policy, PenaltyTranslationMetres = 2 })!.Value;

        Assert.Equal(-2, rewards.Translation, 1e-15);
        Assert.Equal(-Math.PI, rewards.Rotation, 1e-15);
    }

    [Fact]
    public void Unknown_error_of_weight_zero_does_not_matter()
    {
        SE3[] target = new Random(1).NextPath(3);
        SE3?[] estimated = target.AsEstimate();
        estimated[1] = null;

        Assert.NotNull(PoseRewards.From(PoseErrors.Anchored(estimated, target), [1, 0, 1], new()));
        Assert.Null(PoseRewards.From(PoseErrors.Anchored(estimated, target), [0, 0, 0], new()));
        Assert.Null(PoseRewards.From(PoseErrors.Anchored(estimated, target), [1, 0, 0], new()));       // the anchor alone compares nothing
        Assert.Null(PoseRewards.Between(estimated, target, [1, 0, 0], new()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_weight_is_refused(double weight)
    {
        SE3[] path = new Random(1).NextPath(2);

        Assert.Throws<ArgumentException>(() => PoseRewards.From(PoseErrors.Anchored(path.AsEstimate(), path), [1, weight], new()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void Straight_from_the_poses_is_the_same_as_through_the_errors(int? span) => ForAll.Seeds(50, rng =>
    {
        SE3?[] estimated = rng.NextPath(7).AsEstimate();
        SE3[] target = rng.NextPath(7);
        if (rng.Next(2) == 0) estimated[rng.Next(7)] = null;
        double[] weights = [.. Enumerable.Range(0, 7 - (span ?? 0)).Select(_ => rng.NextDouble() < 0.2 ? 0 : rng.NextDouble())];
        PoseErrors errors = span is { } s ? PoseErrors.OverSegments(estimated, target, s) : PoseErrors.Anchored(estimated, target);

        foreach (MissingPosePolicy policy in new[] { MissingPosePolicy.Missing, MissingPosePolicy.Penalise, MissingPosePolicy.Skip })
        {
            GeometryRewardOptions options = new() { SegmentFrames = span, MissingPoses = policy, HuberTranslationMetres = 0.3 };

            Assert.Equal(PoseRewards.From(errors, weights, options), PoseRewards.Between(estimated, target, weights, options));
        }
    });

    [Fact]
    public void Huber_is_half_the_square_up_to_delta_and_a_line_beyond()
    {
        SE3[] target = [SE3.Identity, SE3.Identity];
        GeometryRewardOptions options = new() { HuberTranslationMetres = 0.5, HuberRotationRadians = 0.2 };

        PoseRewards near = Of(0.4, 0.1), at = Of(0.5, 0.2), far = Of(3, 1);

        Assert.Equal(-0.5 * 0.16, near.Translation, 1e-15);
        Assert.Equal(-0.5 * 0.01, near.Rotation, 1e-15);
        Assert.Equal(-0.125, at.Translation, 1e-15);
        Assert.Equal(-0.5 * (3 - 0.25), far.Translation, 1e-14);
        Assert.Equal(-0.2 * (1 - 0.1), far.Rotation, 1e-14);

        PoseRewards Of(double metres, double radians) =>
            PoseRewards.Between([SE3.Identity, new SE3(SO3.Exp(new(0, radians, 0)), new(metres, 0, 0))], target, [0, 1], options)!.Value;
    }

    [Fact]
    public void Scoring_a_video_allocates_nothing()
    {
        Random rng = new(4);
        SE3?[] estimated = rng.NextPath(81).AsEstimate();
        SE3[] target = rng.NextPath(81);
        double[] weights = FrameWeighting.Linear.Of(81), segmentWeights = FrameWeighting.Linear.Of(77);
        GeometryRewardOptions options = new(), segments = new() { SegmentFrames = 4 };
        double sum = 0;
        for (int i = 0; i < 100; i++) Score();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Score();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(sum < 0);

        void Score() => sum += PoseRewards.Between(estimated, target, weights, options)!.Value.Translation + PoseRewards.Between(estimated, target, segmentWeights, segments)!.Value.Rotation;
    }

    [Theory]
    [InlineData(1, new double[] { 0, 0, 0, 1 })]
    [InlineData(3, new double[] { 0, 1, 1, 1 })]
    [InlineData(9, new double[] { 1, 1, 1, 1 })]
    public void Last_frames_alone_weigh(int last, double[] expected) => Assert.Equal(expected, FrameWeighting.Last(last).Of(4));

    [Fact]
    public void Last_needs_a_frame() => Assert.Throws<ArgumentOutOfRangeException>(() => FrameWeighting.Last(0));
}
