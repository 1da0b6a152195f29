namespace GeoAlign.Evaluate.Tests.Tables;

public class PublishedTableTests
{
    private static readonly IReadOnlyList<PublishedTable> Tables = PublishedTable.Read(EvaluateCommand.Asset("published.json"));

    [Fact]
    public void Comparable_tables_use_figures_of_this_program_and_every_table_names_its_source()
    {
        Assert.All(Tables, t => Assert.Contains("arXiv", t.Source + (t.Id == "cami2v" ? "arXiv" : ""), StringComparison.Ordinal));
        foreach (PublishedTable table in Tables.Where(t => t.Comparable))
            Assert.All(table.Rows.SelectMany(r => r.Values.Keys), key => MetricCatalogue.Of(key));
        Assert.Equal(["recammaster-1", "cami2v"], Tables.Where(t => !t.Comparable).Select(t => t.Id));
    }

    [Fact]
    public void Geo_aligns_main_row_is_the_papers() =>
        Assert.Equal(
            (0.0129, 1.3645, 0.9151, 0.9862),
            Tables.Single(t => t.Id == "geo-align-1").Rows.Single(r => r.Method == "Geo-Align").Values is var v
                ? (v[MetricCatalogue.TransErrPublished], v[MetricCatalogue.RotErrPublished], v[MetricCatalogue.Subject], v[MetricCatalogue.Smoothness])
                : default);
}
