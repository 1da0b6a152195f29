namespace GeoAlign.Models.Tests;

public class WeightKeyReportTests
{
    private static readonly Dictionary<string, IReadOnlyList<long>> Network = new()
    {
        ["same"] = [2, 3], ["transposed"] = [2, 3], ["absent"] = [1],
    };

    private static readonly Dictionary<string, WeightEntry> Stored = new[]
    {
        Entry("same", 2, 3), Entry("transposed", 3, 2), Entry("extra", 4),
    }.ToDictionary(e => e.Name);

    [Fact]
    public void Every_key_falls_into_exactly_one_list()
    {
        WeightKeyReport report = WeightKeyReport.Compare(Network, Stored);

        Assert.Equal(["same"], report.Matching);
        Assert.Equal(["absent"], report.Missing);
        Assert.Equal(["extra"], report.Unused);
        Assert.Equal("transposed expected [2, 3] found [3, 2]", Assert.Single(report.Misshapen).ToString());
    }

    [Fact]
    public void One_exception_names_all_that_does_not_fit()
    {
        WeightKeyReport report = WeightKeyReport.Compare(Network, Stored);

        WeightMismatchException e = Assert.Throws<WeightMismatchException>(() => report.Require("w.safetensors", KeyTolerance.None));

        Assert.StartsWith("w.safetensors:", e.Message, StringComparison.Ordinal);
        foreach (string name in new[] { "absent", "extra", "transposed" }) Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tolerance_never_covers_a_wrong_shape()
    {
        WeightKeyReport report = WeightKeyReport.Compare(Network, Stored);

        Assert.Throws<WeightMismatchException>(() => report.Require("w", KeyTolerance.Missing | KeyTolerance.Unused));
    }

    [Fact]
    public void Each_tolerance_covers_its_own_difference_only()
    {
        Dictionary<string, WeightEntry> stored = new(Stored);
        stored.Remove("transposed");
        WeightKeyReport report = WeightKeyReport.Compare(Network, stored);

        Assert.Same(report, report.Require("w", KeyTolerance.Missing | KeyTolerance.Unused));
        Assert.Throws<WeightMismatchException>(() => report.Require("w", KeyTolerance.Missing));
        Assert.Throws<WeightMismatchException>(() => report.Require("w", KeyTolerance.Unused));
    }

    [Fact]
    public void Every_difference_has_a_line_with_both_shapes_and_the_place_in_the_file()
    {
        Dictionary<string, WeightEntry> stored = new(Stored)
        {
            ["transposed"] = Stored["transposed"] with { File = "/data/part-2.safetensors", StoredName = "t.old" },
            ["extra"] = Stored["extra"] with { File = "/data/part-1.safetensors" },
        };

        Assert.Equal(
        [
            "transposed (in part-2.safetensors as t.old): expected [2, 3], found [3, 2]",
            "absent: expected [1], found none",
            "extra (in part-1.safetensors): expected none, found [4]",
        ], WeightKeyReport.Compare(Network, stored).Differences);
    }

    private static WeightEntry Entry(string name, params long[] shape) =>
        new(name, WeightType.F32, [.. shape], shape.Aggregate(1L, (product, size) => product * size));
}
