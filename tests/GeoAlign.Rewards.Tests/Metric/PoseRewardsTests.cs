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
}
