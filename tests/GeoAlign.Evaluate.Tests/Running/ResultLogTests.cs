using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Running;

public class ResultLogTests
{
    private static readonly CaseResult One = new() { Method = "a", Video = "v", Move = CameraMove.ZoomIn, Speed = 1.5, Status = CaseStatus.Scored, Fingerprint = "f1" };

    [Fact]
    public void Of_two_lines_of_a_case_the_last_counts_and_half_a_line_is_cut_off()
    {
        using TemporaryFolder files = new();
        string path = files.At("results.jsonl");
        using (ResultLog log = ResultLog.Open(path))
        {
            log.Write(One);
            log.Write(One with { Fingerprint = "f2" });
        }

        File.AppendAllText(path, "{\"method\":\"a\",\"vid");
        using (ResultLog log = ResultLog.Open(path))
        {
            Assert.Equal("f2", Assert.Single(log.Known).Value.Fingerprint);
            log.Write(One with { Method = "b" });
        }

        Assert.Equal(3, File.ReadAllLines(path).Length);
        using ResultLog again = ResultLog.Open(path);
        Assert.Equal(2, again.Known.Count);
    }

    [Fact]
    public void A_whole_line_that_is_no_result_is_refused_with_its_number()
    {
        using TemporaryFolder files = new();
        string path = files.Write("\n{\"a\":1}\n", "results.jsonl");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ResultLog.Open(path));

        Assert.StartsWith($"{path}:2:", error.Message, StringComparison.Ordinal);
    }
}
