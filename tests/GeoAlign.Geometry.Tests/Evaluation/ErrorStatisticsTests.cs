namespace GeoAlign.Geometry.Tests;

public class ErrorStatisticsTests
{
    [Fact]
    public void Statistics_of_known_errors()
    {
        ErrorStatistics s = ErrorStatistics.Of([4, 1, 3, 8]);

        Near.Equal([Math.Sqrt(22.5), 4, 3.5, Math.Sqrt(6.5), 1, 8, 90], AbsolutePoseErrorTests.Numbers(s), 1e-15);
    }

    [Fact]
    public void Missing_errors_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ErrorStatistics.Of([]));
        Assert.Throws<ArgumentException>(() => ErrorStatistics.Of([1, double.NaN]));
    }
}
