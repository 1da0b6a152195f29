namespace GeoAlign.Models.Tests;

public class FrameScoresTests
{
    [Fact]
    public void Golden_scores_of_17_frames_are_joined_by_every_rule()
    {
        FixtureTensors golden = FixtureTensors.Load("rewards", "aggregation.safetensors");
        double[] frames = golden["hps.frame_mu"].Values;

        foreach ((string name, FrameAggregation rule) in new[]
        {
            ("mean", FrameAggregation.Mean), ("min", FrameAggregation.Minimum), ("top30_mean", FrameAggregation.BestShare), ("bottom30_mean", FrameAggregation.WorstShare),
        })
        {
            Assert.Equal(golden["hps." + name].Scalar, FrameScores.Aggregate(frames, rule, 0.3), 1e-9);
        }
    }

    [Theory]
    [InlineData(30, 0.1, 3)]
    [InlineData(10, 0.3, 3)]
    [InlineData(11, 0.3, 4)]
    [InlineData(1, 0.3, 1)]
    [InlineData(5, 1, 5)]
    [InlineData(3, 1e-12, 1)]
    public void A_share_is_rounded_up_to_whole_frames(int frames, double share, int count)
    {
        double[] scores = [.. Enumerable.Range(0, frames).Select(i => (double)i)];

        Assert.Equal(frames - (count + 1) / 2.0, FrameScores.Aggregate(scores, FrameAggregation.BestShare, share), 1e-12);
        Assert.Equal((count - 1) / 2.0, FrameScores.Aggregate(scores, FrameAggregation.WorstShare, share), 1e-12);
    }
}
