using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace GeoAlign.Benchmarks;

/// <summary>Some two seconds a benchmark, in this process, grouped so that each operation stands beside its baseline.</summary>
public sealed class ShortRuns : ManualConfig
{
    public ShortRuns()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(100))
            .WithWarmupCount(6)
            .WithIterationCount(12)
            .WithId("Short"));
        // On a machine with other work the minimum and the median say more than the mean.
        AddColumn(StatisticColumn.Min, StatisticColumn.Median);
        HideColumns(StatisticColumn.Error, StatisticColumn.StdDev);
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
        WithOptions(ConfigOptions.DisableLogFile);
    }
}
