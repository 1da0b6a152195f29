using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Interop;

public class ThreadTests : TorchFacts
{
    [Fact]
    public void Threads_compute_and_collect_at_the_same_time()
    {
        double[] results = new double[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() => results[i] = Work(i + 1)))];

        foreach (Thread thread in threads) thread.Start();
        while (threads.Any(thread => thread.IsAlive)) GC.Collect();
        foreach (Thread thread in threads) thread.Join();

        for (int i = 0; i < 4; i++) Assert.Equal(Work(i + 1), results[i]);
    }

    // Gradients, pooled and small blocks, some tensors left to the finaliser.
    private static double Work(int seed)
    {
        using Generator generator = new((ulong)seed);
        double total = 0;
        for (int round = 0; round < 40; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = randn([64, 160], generator: generator).requires_grad_();
            Tensor w = randn([160, 8], generator: generator).DetachFromDisposeScope();
            x.matmul(w).square().mean().backward();
            total += x.grad!.abs().sum().ToDouble();
        }

        return total;
    }
}
