using System.Text.Json;
using GeoAlign.Reporting.Tests.Html;

namespace GeoAlign.Reporting.Tests.Charts;

public class HistogramTests
{
    [Fact]
    public void Bins_hold_their_lower_edge_and_the_last_one_both()
    {
        HistogramBins bins = HistogramBins.Of(new Histogram { Series = [new("a", [0, 0.5, 1, 1.5, 2, 2.0001, -0.0001, double.NaN])], BinCount = 2, Minimum = 0, Maximum = 2 });

        Assert.Equal([0, 1, 2], bins.Edges);
        Assert.Equal([2, 3], bins.Series[0].Counts);
        Assert.Equal((1, 1, 1, 7), (bins.Series[0].Below, bins.Series[0].Above, bins.Series[0].Missing, bins.Series[0].Total));
        Assert.Equal(1, bins.Series[0].Median);
    }

    [Fact]
    public void The_range_holds_all_values_and_markers_and_is_shared()
    {
        HistogramBins bins = HistogramBins.Of(new Histogram { Series = [new("a", [0.3, 0.5]), new("b", [0.7])], Markers = [new(1, "right")], BinCount = 7 });

        Assert.Equal(8, bins.Edges.Length);
        Assert.Equal(0.3, bins.Edges[0]);
        Assert.Equal(1, bins.Edges[^1]);
        Assert.Equal(2, bins.Series[0].Counts.Sum());
        Assert.Equal(1, bins.Series[1].Counts.Sum());
    }

    [Fact]
    public void Logarithmic_bins_are_equally_wide_in_the_logarithm()
    {
        HistogramBins bins = HistogramBins.Of(new Histogram { Series = [new("a", [0.01, 1, 0, -3])], HasLogX = true, BinCount = 4 });

        for (int i = 1; i < bins.Edges.Length; i++) Assert.Equal(Math.Sqrt(10), bins.Edges[i] / bins.Edges[i - 1], 1e-12);
        Assert.Equal(2, bins.Series[0].Below);
    }

    [Fact]
    public void One_value_many_times_has_a_range_around_it()
    {
        HistogramBins bins = HistogramBins.Of(new Histogram { Series = [new("a", [3, 3, 3])], BinCount = 3 });

        Assert.Equal([0, 3, 0], bins.Series[0].Counts);
    }

    [Fact]
    public async Task What_is_outside_or_missing_is_said()
    {
        string html = await PageText.Of(new Histogram { Series = [new("before", [0, 1, 5, 6, double.NaN])], Minimum = 0.5, Maximum = 2 });

        Assert.Contains("Pins mark medians: before 3. before: 1 below this range. before: 2 above this range. before: 1 missing.", html, StringComparison.Ordinal);
        JsonElement series = PageText.Data(html)[0].GetProperty("series")[0];
        Assert.Equal(4, series.GetProperty("total").GetInt32());
        Assert.Equal(3, series.GetProperty("median").GetDouble());
    }

    [Fact]
    public async Task Without_values_it_is_an_empty_chart() =>
        Assert.Empty(PageText.Data(await PageText.Of(new Histogram { Series = [new("a", [double.NaN])] }))[0].GetProperty("edges").Numbers());
}
