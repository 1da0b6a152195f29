using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Tables;

public class EvaluationSummaryTests
{
    [Fact]
    public void Means_count_only_what_is_there_and_differences_only_what_both_have()
    {
        CaseResult[] results =
        [
            Case("a", "v1", CameraMove.PanRight, 1), Case("a", "v2", CameraMove.PanRight, 3), Case("a", "v2", CameraMove.ZoomIn, 5),
            Case("b", "v1", CameraMove.PanRight, 1.5), Case("b", "v2", CameraMove.PanRight, null), Case("b", "v2", CameraMove.ZoomIn, 4),
        ];

        EvaluationSummary summary = EvaluationSummary.Of(results, new ClusterBootstrap(1, 200));

        GroupSummary b = summary.ByMethod[1];
        Assert.Equal(("b", 3, 2, 1, 0), (b.Method, b.Planned, b.Scored, b.Failed, b.Missing));
        Assert.Equal((2, 2.75, 2.75), (b[MetricCatalogue.RotErr]!.Count, b[MetricCatalogue.RotErr]!.Mean, b[MetricCatalogue.RotErr]!.Median));
        Assert.Null(b[MetricCatalogue.MEt3R]);
        Assert.Equal(2, summary.ByMove.Single(g => g is { Method: "a", Move: CameraMove.PanRight })[MetricCatalogue.RotErr]!.Mean);
        MethodDifference difference = summary.Differences.Single(d => d.Metric == MetricCatalogue.RotErr);
        Assert.Equal(("b", "a", 2, -0.25), (difference.Method, difference.Reference, difference.Count, difference.Mean));
    }

    [Fact]
    public void Fields_with_commas_quotes_and_line_breaks_are_quoted() =>
        Assert.Equal("a,\"b,c\",\"d\"\"e\",0.1,,\"x\ny\"\r\n", System.Text.Encoding.UTF8.GetString(new CsvText().Row("a", "b,c", "d\"e", 0.1, null, "x\ny").ToBytes()));

    private static CaseResult Case(string method, string video, CameraMove move, double? rotErr)
    {
        CaseScores scores = new();
        if (rotErr is { } value) scores.Add(MetricCatalogue.RotErr, value, "");
        return new()
        {
            Method = method, Video = video, Move = move, Speed = 1, Status = rotErr is null ? CaseStatus.Failed : CaseStatus.Scored,
            Reason = rotErr is null ? "no poses" : null, Scores = scores,
        };
    }
}
