using System.Globalization;
using BenchmarkDotNet.Running;
using GeoAlign.Benchmarks;
using GeoAlign.Benchmarks.LieGroups;
using GeoAlign.Benchmarks.Transformer;
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

// "dit-block EXECUTABLE [width heads feed-forward grid text pairs]": a transformer block beside the same one in C++ (Transformer/dit_block.cpp).
if (args is ["dit-block", string yardstick, ..])
{
    int[] n = args.Length == 8 ? [.. args[2..].Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : [384, 3, 2240, 16, 64, 41];
    DitBlockTimes.Run(yardstick, n[0], n[1], n[2], n[3], n[4], n[5], Console.Out);
    return;
}

// "dit-memory LAYERS TOKENS forward|train Float32|BFloat16": peak memory of one pass at the released width.
if (args is ["dit-memory", string layers, string tokens, "forward" or "train", string type])
{
    MemoryOfTraining.Run(int.Parse(layers, CultureInfo.InvariantCulture), int.Parse(tokens, CultureInfo.InvariantCulture), args[3] == "train",
        Enum.Parse<TorchSharp.torch.ScalarType>(type), Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args, new ShortRuns());
