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
    public void Compacting_leaves_the_last_line_of_each_case_in_the_order_of_the_first_lines()
    {
        using TemporaryFolder files = new();
        string path = files.At("results.jsonl");
        for (int run = 1; run <= 3; run++)
        {
            using ResultLog log = ResultLog.Open(path);
            log.Write(One with { Fingerprint = $"one {run}" });
            log.Write(One with { Method = "b", Fingerprint = $"b {run}" });
            log.Compact();
        }

        Assert.Equal(["one 3", "b 3"], ResultLog.Read(path).Values.Select(r => r.Fingerprint));
        Assert.Equal(2, File.ReadAllLines(path).Length);
        Assert.Equal(["results.jsonl", "results.jsonl.lock"], Directory.EnumerateFiles(files.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void One_evaluation_writes_a_log_and_any_number_reads_it_meanwhile()
    {
        using TemporaryFolder files = new();
        string path = files.At("results.jsonl");
        Assert.Empty(ResultLog.Read(path));
        using (ResultLog log = ResultLog.Open(path))
        {
            log.Write(One);

            Assert.Contains("another evaluation is writing it", Assert.Throws<IOException>(() => ResultLog.Open(path)).Message, StringComparison.Ordinal);
            Assert.Single(ResultLog.Read(path));
        }

        using ResultLog next = ResultLog.Open(path);
        Assert.Single(next.Known);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"method\":\"a\",\"video\":\"v\",\"move\":\"ZoomIn\",\"speed\":1,\"status\":\"Scored\",\"scores\":null}")]
    [InlineData("{\"method\":\"a\",\"video\":\"v\",\"move\":\"ZoomIn\",\"speed\":1,\"status\":\"Scored\",\"scores\":{\"values\":null}}")]
    [InlineData("{\"method\":null,\"video\":\"v\",\"move\":\"ZoomIn\",\"speed\":1,\"status\":\"Scored\"}")]
    [InlineData("\0\0\0")]
    public void A_line_with_holes_is_refused(string line)
    {
        using TemporaryFolder files = new();
        string path = files.Write(line + "\n", "results.jsonl");

        Assert.StartsWith($"{path}:1:", Assert.Throws<InvalidDataException>(() => ResultLog.Open(path)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ResultLog.Read(path));
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
