using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Disposal;

public class NativeMemoryTests : TorchFacts
{
    private const long MiB = 1 << 20;

    // What earlier tests left to the finaliser is freed first, so that it cannot be freed in the middle of a measurement.
    public NativeMemoryTests() => FinaliseLeftovers();

    [Fact]
    public void Ten_thousand_scoped_training_steps_do_not_grow_memory()
    {
        // 32 x 256 float32 activations of 32 KiB and a weight of 256 KiB go through the pool, the rest through malloc.
        using Sequential network = nn.Sequential(nn.Linear(256, 256), nn.SiLU(), nn.Linear(256, 4));
        using AdamW optimizer = optim.AdamW(network.parameters(), lr: 1e-4, weight_decay: 0.01);
        Tensor input = randn(32, 256);
        Tensor target = randn(32, 4);
        void Step(int i)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor loss = F.mse_loss(network.call(input * (1 + 1e-3 * (i % 7))), target);
            optimizer.zero_grad();
            loss.backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            optimizer.step();
        }

        for (int i = 0; i < 500; i++) Step(i);
        DisposeScopeManager.Statistics.Reset();
        NativeMemory before = NativeMemory.Now();
        // Bound: 16 MiB for what the runtime keeps for itself. One leaked 32 KiB activation a step would be 312 MiB, and a leaked
        // native tensor object of 200 bytes in each of the 40 operators of a step 76 MiB.
        Assert.InRange(ResidentMemory.LeastGrowth(16 * MiB, () =>
        {
            for (int i = 0; i < 10_000; i++) Step(i);
        }), long.MinValue, 16 * MiB);
        NativeMemory after = NativeMemory.Now();

        Assert.Equal(before.LiveBytes, after.LiveBytes);
        Assert.Equal(before.LiveBlocks, after.LiveBlocks);
        Assert.Equal(before.MappedBytes, after.MappedBytes);
        Assert.Equal(before.Maps, after.Maps);
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void FinaliseLeftovers()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void Small_survivors_do_not_make_the_heap_grow()
    {
        // One small tensor kept per iteration between large ones that are freed: with glibc alone the heap grows by 1 MiB each time.
        List<Tensor> survivors = [];
        void Round()
        {
            using Tensor large = ones(512, 512);
            survivors.Add(ones(4));
            using Tensor sum = large + large;
        }

        for (int i = 0; i < 20; i++) Round();
        NativeMemory before = NativeMemory.Now();
        for (int i = 0; i < 500; i++) Round();

        Assert.Equal(before.MappedBytes, NativeMemory.Now().MappedBytes);
        foreach (Tensor survivor in survivors) survivor.Dispose();
    }

    [Fact]
    public void Freed_blocks_are_reused()
    {
        zeros(1000, 1000).Dispose();
        NativeMemory before = NativeMemory.Now();

        zeros(1000, 1000).Dispose();

        NativeMemory after = NativeMemory.Now();
        Assert.Equal(before.Maps, after.Maps);
        Assert.Equal(before.Reuses + 1, after.Reuses);
    }

    [Fact]
    public void Live_bytes_follow_tensors()
    {
        NativeMemory before = NativeMemory.Now();
        Tensor small = zeros(100);
        Tensor large = zeros(1024, 1024);
        NativeMemory during = NativeMemory.Now();
        small.Dispose();
        large.Dispose();

        Assert.Equal(4 * MiB, during.LiveBytes - before.LiveBytes);
        Assert.Equal(1, during.LiveBlocks - before.LiveBlocks);
        Assert.Equal(before.LiveBytes, NativeMemory.Now().LiveBytes);
    }

    [Fact]
    public void Emptied_cache_goes_back_to_the_system()
    {
        zeros(2048, 2048).Dispose();
        long mapped = NativeMemory.Now().MappedBytes;
        Assert.True(NativeMemory.Now().CachedBytes >= 16 * MiB);

        NativeMemory.EmptyCache();

        Assert.Equal(0, NativeMemory.Now().CachedBytes);
        Assert.True(NativeMemory.Now().MappedBytes <= mapped - 16 * MiB);
    }

    [Fact]
    public void Cache_is_bounded()
    {
        long limit = NativeMemory.CacheLimit;
        try
        {
            NativeMemory.CacheLimit = 8 * MiB;
            for (int i = 1; i <= 8; i++) zeros(1024, 1024 * i).Dispose();

            Assert.InRange(NativeMemory.Now().CachedBytes, 0, 8 * MiB);
        }
        finally
        {
            NativeMemory.CacheLimit = limit;
        }
    }

    [Fact]
    public void Finaliser_frees_what_was_forgotten()
    {
        long before = NativeMemory.Now().LiveBytes;
        Thread careless = new(() =>
        {
            for (int i = 0; i < 10; i++) _ = zeros(1024, 1024);
        });
        careless.Start();
        careless.Join();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(before, NativeMemory.Now().LiveBytes);
    }

    [Fact]
    public void Request_beyond_the_address_space_is_an_error()
    {
        Assert.Throws<global::System.Runtime.InteropServices.ExternalException>(() => empty([1L << 60], dtype: ScalarType.Byte));
        Assert.Equal(3, ones(3).sum().ToDouble());
    }
}
