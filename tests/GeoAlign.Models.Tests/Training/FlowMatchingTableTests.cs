namespace GeoAlign.Models.Tests;

public class FlowMatchingTableTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "scheduler.safetensors");

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void The_training_table_meets_the_golden_one(int shift)
    {
        FlowMatchingTable table = new(1000, shift);

        Assert.Equal(Golden[$"train.shift{shift}.sigmas"].Floats(), table.Sigmas.ToArray());
        Assert.Equal(Golden[$"train.shift{shift}.timesteps"].Floats(), table.Timesteps.ToArray());
        Near.Equal(Golden[$"train.shift{shift}.weights"].Values, table.Weights.ToArray(), 2e-6, what: "weights");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Rounded_timesteps_fall_on_the_golden_levels(int shift)
    {
        FlowMatchingTable table = new(1000, shift);
        long[] expected = Array.ConvertAll(Golden[$"train.shift{shift}.bf16_index"].Values, value => (long)value);

        for (int i = 0; i < table.Count; i++)
        {
            TrainingTime time = table.At(i, roundTimestepToBFloat16: true);

            Assert.Equal(expected[i], table.Nearest(time.Timestep));
            Assert.Equal(((double)table.Sigmas[(int)expected[i]], table.Weights[(int)expected[i]]), (time.Sigma, time.Weight));
        }

        Assert.True(expected.Distinct().Count() < table.Count);      // levels fall together
    }

    [Fact]
    public void Without_rounding_a_level_is_taken_as_it_is()
    {
        FlowMatchingTable table = new();

        Assert.Equal(new TrainingTime(table.Sigmas[701], table.Timesteps[701], table.Weights[701]), table.At(701, roundTimestepToBFloat16: false));
    }

    [Fact]
    public void Weights_have_a_mean_of_one_a_peak_in_the_middle_and_zero_at_pure_noise()
    {
        FlowMatchingTable table = new();
        double[] weights = table.Weights.ToArray();

        Assert.Equal(1, weights.Average(), 1e-12);
        Assert.Equal((833, 2.076), (Array.IndexOf(weights, weights.Max()), Math.Round(weights.Max(), 3)));
        Assert.Equal((0, 1000f), (weights[0], table.Timesteps[0]));
    }

    [Fact]
    public void Impossible_levels_are_refused()
    {
        FlowMatchingTable table = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => table.At(1000, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.At(-1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Nearest(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowMatchingTable(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowMatchingTable(shift: double.NaN));
    }
}
