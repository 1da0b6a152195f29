using BenchmarkDotNet.Running;
using GeoAlign.Benchmarks;
using GeoAlign.Benchmarks.LieGroups;

// "table": one million elements, the method of docs/benchmarks.md. Anything else: BenchmarkDotNet's own arguments.
if (args is ["table"])
{
    MillionElements.Run(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());
