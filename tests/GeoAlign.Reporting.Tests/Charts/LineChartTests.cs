using System.Text.Json;
using GeoAlign.Reporting.Tests.Html;

namespace GeoAlign.Reporting.Tests.Charts;

public class LineChartTests
{
    [Fact]
    public async Task Values_come_back_from_the_page_and_gaps_stay_gaps()
    {
        double[] x = [0, 1, 2, 5], y = [-0.123456789, double.NaN, 3.5e-9, double.PositiveInfinity];

        JsonElement series = PageText.Data(await PageText.Of(new LineChart { Series = [new("a", x, y) { Lower = [1, 2, 3, 4], Upper = [5, 6, 7, 8], IsDashed = true }] }))[0].GetProperty("series")[0];

        Assert.Equal(x, series.GetProperty("x").Numbers());
        double[] back = series.GetProperty("y").Numbers();
        Assert.Equal(-0.123456789, back[0], 1e-7);
        Assert.Equal(3.5e-9, back[2], 1e-15);
        Assert.True(double.IsNaN(back[1]) && double.IsNaN(back[3]));
        Assert.Equal([1, 2, 3, 4], series.GetProperty("low").Numbers());
        Assert.Equal([5, 6, 7, 8], series.GetProperty("high").Numbers());
        Assert.True(series.GetProperty("dashed").GetBoolean());
    }

    [Fact]
    public async Task Named_colours_mean_the_same_everywhere_and_the_others_follow_the_palette()
    {
        LineChart chart = new() { Series = [new("a", [], []), new("b", [], []) { Colour = SeriesColour.Tuned }, new("c", [], []), new("d", [], []) { Colour = SeriesColour.Base }] };

        JsonElement series = PageText.Data(await PageText.Of(chart))[0].GetProperty("series");

        Assert.Equal(["tone-0", "tone-tuned", "tone-1", "tone-base"], series.EnumerateArray().Select(s => s.GetProperty("tone").GetString()));
    }

    [Fact]
    public async Task Values_that_a_logarithmic_axis_cannot_show_are_counted()
    {
        LineChart chart = new() { Series = [new("a", [1, 2, 3], [0, -1, 1])], HasLogY = true };

        Assert.Contains("2 values are not above 0", await PageText.Of(chart), StringComparison.Ordinal);
        Assert.DoesNotContain("not above 0", await PageText.Of(chart with { HasLogY = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_over_seeds_spans_the_runs_that_have_a_value()
    {
        ChartSeries series = ChartSeries.OverSeeds("s", [1, 2, 3], [[1, 2, double.NaN], [3, double.NaN, double.NaN]]);

        Assert.Equal([2, 2, double.NaN], series.Y);
        Assert.Equal([1, 2, double.NaN], series.Lower);
        Assert.Equal([3, 2, double.NaN], series.Upper);
    }

    [Fact]
    public void Iterations_count_from_one()
    {
        ChartSeries series = ChartSeries.OverIterations("s", [0.5, null, 0.7]);

        Assert.Equal([1, 2, 3], series.X);
        Assert.Equal([0.5, double.NaN, 0.7], series.Y);
    }

    [Fact]
    public async Task Curves_that_do_not_fit_are_refused_by_name()
    {
        await Refused(new("curve", [1, 2], [1]), "1 values for 2 positions");
        await Refused(new("curve", [2, 1], [1, 1]), "expected increasing ones");
        await Refused(new("curve", [double.NaN], [1]), "not a finite number");
        await Refused(new("curve", [1], [1]) { Lower = [1] }, "only one edge");

        static async Task Refused(ChartSeries series, string words)
        {
            ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => PageText.Of(new LineChart { Title = "chart", Series = [series] }));
            Assert.Contains("'curve'", error.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }
}
