namespace GeoAlign.Models.Tests;

public class CosineLearningRateTests
{
    [Fact]
    public void The_rate_rises_to_its_peak_and_falls_to_its_floor()
    {
        CosineLearningRate rate = new() { Peak = 2, WarmUpUpdates = 4, TotalUpdates = 14, Floor = 0.5 };

        Assert.Equal([0.5, 1, 1.5, 2, 2], Enumerable.Range(0, 5).Select(update => rate.At(update)));
        Assert.Equal(1.25, rate.At(9), 1e-12);                       // half way down
        Assert.Equal(0.5 + 1.5 * (1 + Math.Cos(Math.PI * 0.3)) / 2, rate.At(7), 1e-12);
        Assert.Equal((0.5, 0.5), (rate.At(14), rate.At(1000)));
    }

    [Fact]
    public void Without_an_end_the_rate_stays_at_its_peak()
    {
        CosineLearningRate rate = new() { Peak = 3, WarmUpUpdates = 2 };

        Assert.Equal([1.5, 3, 3, 3], new[] { 0L, 1, 2, 1_000_000 }.Select(rate.At));
    }

    [Fact]
    public void Impossible_settings_are_listed_together()
    {
        CosineLearningRate rate = new() { Peak = double.NaN, WarmUpUpdates = -1, TotalUpdates = -2 };

        string message = Assert.Throws<ArgumentException>(rate.Validated).Message;

        foreach (string name in new[] { "Peak", "WarmUpUpdates", "TotalUpdates", "Floor" }) Assert.Contains(name, message, StringComparison.Ordinal);
    }
}
