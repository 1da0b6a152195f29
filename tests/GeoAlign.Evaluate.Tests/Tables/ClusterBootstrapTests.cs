namespace GeoAlign.Evaluate.Tests.Tables;

public class ClusterBootstrapTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 50).Select(i => 3 + 2 * Math.Sin(12.9898 * i + 0.3))];

    [Fact]
    public void The_interval_of_many_values_is_that_of_the_normal_approximation()
    {
        double mean = Values.Average(), error = Math.Sqrt(Values.Sum(v => (v - mean) * (v - mean)) / 50 / 50);

        Interval interval = new ClusterBootstrap(7, 4000).OfMean([.. Values.Select(v => new[] { v })])!.Value;

        Assert.Equal(mean - 1.96 * error, interval.Low, 0.15 * error);
        Assert.Equal(mean + 1.96 * error, interval.High, 0.15 * error);
    }

    [Fact]
    public void Ten_equal_cases_of_a_video_tell_no_more_than_one() =>
        Assert.Equal(
            new ClusterBootstrap(7, 500).OfMean([.. Values.Select(v => new[] { v })])!.Value.Low,
            new ClusterBootstrap(7, 500).OfMean([.. Values.Select(v => Enumerable.Repeat(v, 10).ToArray())])!.Value.Low, 1e-12);

    [Fact]
    public void The_same_seed_gives_the_same_digits_and_another_seed_others()
    {
        double[][] clusters = [.. Values.Select(v => new[] { v })];

        Assert.Equal(new ClusterBootstrap(7, 300).OfMean(clusters), new ClusterBootstrap(7, 300).OfMean(clusters));
        Assert.NotEqual(new ClusterBootstrap(7, 300).OfMean(clusters), new ClusterBootstrap(8, 300).OfMean(clusters));
    }

    [Fact]
    public void A_single_video_has_no_interval_and_equal_values_have_one_of_no_width()
    {
        Assert.Null(new ClusterBootstrap(7, 100).OfMean([[1, 2, 3]]));
        Assert.Equal(new Interval(2, 2), new ClusterBootstrap(7, 100).OfMean([[2], [2, 2]]));
    }
}
