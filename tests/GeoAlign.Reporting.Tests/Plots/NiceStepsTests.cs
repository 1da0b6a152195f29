namespace GeoAlign.Reporting.Tests.Plots;

public class NiceStepsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1.4, 1, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 5)]
    [InlineData(7, 5, 10)]
    [InlineData(0.01, 0.01, 0.01)]
    [InlineData(0.3, 0.2, 0.5)]
    [InlineData(999, 500, 1000)]
    public void Steps_are_one_two_or_five_times_a_power_of_ten(double length, double below, double above)
    {
        Assert.Equal(below, NiceSteps.AtMost(length), 1e-12 * below);
        Assert.Equal(above, NiceSteps.AtLeast(length), 1e-12 * above);
    }

    [Fact]
    public void Multiples_hold_both_ends_and_no_minus_zero()
    {
        double[] marks = [.. NiceSteps.Multiples(0.1, -0.1, 0.3)];

        Assert.Equal(5, marks.Length);
        Assert.False(double.IsNegative(marks[1]));
        Assert.Equal(0.3, marks[^1], 1e-12);
    }
}
