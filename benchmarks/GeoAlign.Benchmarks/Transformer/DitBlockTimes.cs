using System.Diagnostics;
using System.Globalization;
using GeoAlign.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Benchmarks.Transformer;

/// <summary>
/// Forward and backward pass of one Wan block through this library and through dit_block.cpp, in turns: each pass here is followed by one
/// there, so that both meet the same load of the machine. One thread each.
/// </summary>
internal static class DitBlockTimes
{
    private const int WarmUp = 3;

    public static void Run(string yardstick, int width, int heads, int feedForward, int gridSide, int textTokens, int pairs, TextWriter output)
    {
        set_num_threads(1);
        int tokens = gridSide * gridSide;
        using Process other = Process.Start(new ProcessStartInfo(yardstick,
            [Text(width), Text(heads), Text(feedForward), Text(tokens), Text(textTokens)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        })!;
        if (other.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException($"{yardstick} did not start.");

        WanConfig config = new() { Width = width, Heads = heads, Layers = 1, FeedForwardWidth = feedForward, TextWidth = width, TextTokens = textTokens };
        using WanTransformer network = WanTransformer.CreateRandom(config, seed: 1);
        foreach ((string name, Parameter weight) in network.named_parameters()) weight.requires_grad = RedirectorKeys.IsSelfAttention(name);
        LatentShape shape = new(1, 2 * gridSide, 2 * gridSide);
        WanInputs inputs = new() { Shape = shape, Text = new TokenFeatures(textTokens, width, new float[textTokens * width]) };
        using FlowCondition condition = network.Prepare(inputs);
        using DisposeScope outer = NewDisposeScope();
        Tensor input = randn([1, tokens, width]), gradient = randn([1, tokens, width]);
        FlowPass pass;
        using (no_grad()) pass = network.Begin(randn([1, 16, 1, 2 * gridSide, 2 * gridSide]), [500], condition.For(network), shape, negative: false);

        double[] here = new double[pairs], there = new double[pairs];
        for (int i = -WarmUp; i < pairs; i++)
        {
            double own = Once(network, pass, input, gradient);
            other.StandardInput.WriteLine();
            other.StandardInput.Flush();
            double its = double.Parse(other.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            if (i >= 0) (here[i], there[i]) = (own, its);
        }

        other.StandardInput.Close();
        other.WaitForExit();
        double[] ratios = [.. here.Zip(there, (a, b) => a / b).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"block of width {width}, {heads} heads, {tokens} tokens, {textTokens} text tokens, float32, one thread, {pairs} pairs: here {Median(here):0.0} ms, C++ {Median(there):0.0} ms (medians); ratio of pairs: median {Median(ratios):0.000}, quartiles {ratios[pairs / 4]:0.000} to {ratios[pairs * 3 / 4]:0.000}; fastest {here.Min():0.0} and {there.Min():0.0} ms"));
    }

    private static double Once(WanTransformer network, FlowPass pass, Tensor input, Tensor gradient)
    {
        long start = Stopwatch.GetTimestamp();
        using (NewDisposeScope())
        {
            network.RunBlock(0, input.detach().requires_grad_(), pass).backward([gradient]);
            network.zero_grad(set_to_none: true);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
