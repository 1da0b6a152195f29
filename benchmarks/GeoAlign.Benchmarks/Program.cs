using BenchmarkDotNet.Running;
using GeoAlign.Benchmarks;
using GeoAlign.Benchmarks.LieGroups;
using GeoAlign.Benchmarks.Weights;

// "table": one million elements, the method of docs/benchmarks.md. "weights": loading a weight file beside reading it.
// Anything else: BenchmarkDotNet's own arguments.
if (args is ["table"])
{
    MillionElements.Run(Console.Out);
    return;
}

if (args is ["weights"])
{
    SafetensorsLoad.Run(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());
