namespace GeoAlign.Rewards.Tests.Perceptual;

public class VBenchDynamicDegreeTests
{
    [Theory]
    [InlineData("dynamic0")]
    [InlineData("dynamic1")]
    [InlineData("dynamic_static")]
    public void Verdict_is_that_of_VBench(string name)
    {
        FixtureTensor flow = Golden.File[$"{name}.flow"];
        int height = flow.Shape[2], width = flow.Shape[3];

        VBenchDynamicDegree degree = VBenchDynamicDegree.Of<double>(flow.Values, width, height, width, height);

        Near.Equal(Golden.File[$"{name}.top5pct_mean"].Values, [.. degree.PairMotionPixels], Golden.Tolerance);
        Near.Equal(Golden.File[$"{name}.threshold_count"].Values, [degree.ThresholdPixels, degree.RequiredPairs], Golden.Tolerance);
        Assert.Equal(Golden.File[$"{name}.is_dynamic"].Integers()[0] == 1, degree.IsDynamic);
    }

    [Theory]
    [InlineData(0, 0, false)]                               // one frame: no pair
    [InlineData(1, 0, true)]                                // two frames: 0.5 pairs are rounded to none
    [InlineData(5, 2, false)]                               // six frames: 1.5 are rounded to two
    [InlineData(9, 2, false)]                               // ten frames: 2.5 are rounded to two
    public void Number_of_pairs_is_rounded_half_to_even(int pairs, int required, bool dynamicWhenStill)
    {
        VBenchDynamicDegree still = VBenchDynamicDegree.Of<float>(new float[pairs * 2 * 20], 5, 4, 5, 4);

        Assert.Equal(required, still.RequiredPairs);
        Assert.Equal(dynamicWhenStill, still.IsDynamic);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(12, 2)]
    [InlineData(16, 2)]
    [InlineData(20, 2)]
    [InlineData(30, 4)]
    [InlineData(3, 1)]
    public void Frames_are_kept_about_eight_times_a_second(double framesPerSecond, int interval) => Assert.Equal(interval, VBenchDynamicDegree.FrameInterval(framesPerSecond));

    [Fact]
    public void Flow_that_is_not_finite_or_too_small_is_refused()
    {
        float[] flow = new float[40];
        flow[3] = float.NaN;

        Assert.Throws<ArgumentException>(() => VBenchDynamicDegree.Of<float>(flow, 5, 4, 5, 4));
        Assert.Throws<ArgumentException>(() => VBenchDynamicDegree.Of<float>(new float[38], 19, 1, 19, 1));
    }
}
