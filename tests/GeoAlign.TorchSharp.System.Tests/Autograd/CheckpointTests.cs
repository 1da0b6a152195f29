using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Autograd;

public class CheckpointTests : TorchFacts
{
    private static Sequential Block(long width) => nn.Sequential(
        ("norm", nn.LayerNorm(width)), ("up", nn.Linear(width, 4 * width)), (
            "act", nn.GELU(GELU.Approximate.tanh)), ("down", nn.Linear(4 * width, width)));

    private static double[][] Gradients(Sequential[] blocks, Tensor input, bool checkpointed)
    {
        foreach (Sequential block in blocks) block.zero_grad();
        Tensor x = input.detach().clone().requires_grad_();
        Tensor y = x;
        foreach (Sequential block in blocks)
            y = y + (checkpointed ? Checkpoint.apply(y, (Func<Tensor, Tensor>)(v => block.call(v))) : block.call(y));
        y.square().mean().backward();
        return [Values(x.grad!), .. blocks.SelectMany(block => block.parameters()).Select(p => Values(p.grad!))];
    }

    [Fact]
    public void Checkpointed_blocks_give_identical_gradients()
    {
        manual_seed(1);
        Sequential[] blocks = [Block(8), Block(8), Block(8)];
        Tensor input = randn(5, 8);

        double[][] direct = Gradients(blocks, input, checkpointed: false);
        double[][] recomputed = Gradients(blocks, input, checkpointed: true);

        Assert.Equal(direct.Length, recomputed.Length);
        for (int i = 0; i < direct.Length; i++) Assert.Equal(direct[i], recomputed[i]);
    }

    [Fact]
    public void Memory_grows_by_one_block_input_per_block()
    {
        Sequential[] blocks = [.. Enumerable.Range(0, 6).Select(_ => Block(64))];
        Tensor input = randn(1024, 64);

        long direct = LiveBytesAfterForward(blocks, input, checkpointed: false);
        long checkpointed = LiveBytesAfterForward(blocks, input, checkpointed: true);

        // One [1024, 64] float32 tensor is 256 KiB. A checkpointed block keeps its input (the sum) and its result.
        Assert.InRange(checkpointed, 0, 6 * 2 * 256 * 1024 + 1024 * 1024);
        Assert.True(direct > 4 * checkpointed, $"{direct} against {checkpointed} bytes");
    }

    [Fact]
    public void Recomputed_activations_are_freed_block_by_block()
    {
        Sequential[] blocks = [.. Enumerable.Range(0, 6).Select(_ => Block(64))];
        Tensor x = randn(1024, 64, requires_grad: true);
        long peak = 0;
        Tensor y = x;
        foreach (Sequential block in blocks)
        {
            y = Checkpoint.apply(y, (Func<Tensor, Tensor>)(v =>
            {
                Tensor result = block.call(v);
                peak = Math.Max(peak, NativeMemory.Now().LiveBytes);
                return result;
            }));
        }

        long kept = NativeMemory.Now().LiveBytes;
        peak = 0;
        y.sum().backward();

        // The activations of one block: input, norm, 4x, 4x, result and their gradients; six blocks at once would be over 30 MiB.
        Assert.InRange(peak - kept, 0, 12L << 20);
    }

    private static long LiveBytesAfterForward(Sequential[] blocks, Tensor input, bool checkpointed)
    {
        using DisposeScope scope = NewDisposeScope();
        long before = NativeMemory.Now().LiveBytes;
        Tensor x = input.detach().requires_grad_();
        Tensor y = x;
        foreach (Sequential block in blocks)
        {
            Tensor previous = y;
            Tensor change = WrappedTensorDisposeScope(() => checkpointed ? Checkpoint.apply(previous, (Func<Tensor, Tensor>)(v => block.call(v))) : block.call(previous));
            y = previous + change;
        }

        return NativeMemory.Now().LiveBytes - before;
    }
}
