using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Modules;

public class SlicedAttentionTests : TorchFacts
{
    private readonly Tensor _query = Normal(1, 2, 3, 7, 4), _key = Normal(2, 2, 3, 5, 4), _value = Normal(3, 2, 3, 5, 6);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Portions_of_the_queries_give_what_all_at_once_give(int rows)
    {
        Near.Equal(
            Values(SlicedAttention.Whole(_query, _key, _value, null, 0, false)),
            Values(SlicedAttention.Apply(_query, _key, _value, null, false, rows)), 1e-14);
    }

    [Fact]
    public void Masks_go_with_their_queries()
    {
        Tensor bias = Normal(4, 7, 5), perHead = Normal(5, 1, 3, 7, 5), padding = (arange(5) < 3).view(1, 1, 1, 5);
        foreach (Tensor mask in new[] { bias, perHead, padding })
        {
            Near.Equal(
                Values(SlicedAttention.Whole(_query, _key, _value, mask, 0, false)),
                Values(SlicedAttention.Apply(_query, _key, _value, mask, false, rows: 2)), 1e-14);
        }

        Near.Equal(
            Values(SlicedAttention.Whole(_key, _key, _value, null, 0, true)),
            Values(SlicedAttention.Apply(_key, _key, _value, null, true, rows: 2)), 1e-14);
    }

    [Fact]
    public void Gradients_are_those_of_all_at_once()
    {
        Tensor weights = Normal(6, 2, 3, 7, 6);
        Tensor[][] gradients =
        [
            Gradients((q, k, v) => SlicedAttention.Whole(q, k, v, null, 0, false)),
            Gradients((q, k, v) => SlicedAttention.Apply(q, k, v, null, false, rows: 3)),
        ];
        for (int i = 0; i < 3; i++) Near.Equal(Values(gradients[0][i]), Values(gradients[1][i]), 1e-13);

        Tensor[] Gradients(Func<Tensor, Tensor, Tensor, Tensor> attention)
        {
            Tensor[] leaves = [.. new[] { _query, _key, _value }.Select(x => x.detach().clone().requires_grad_())];
            attention(leaves[0], leaves[1], leaves[2]).backward([weights]);
            return [.. leaves.Select(leaf => leaf.grad!)];
        }
    }

    [Fact]
    public void Many_scores_are_not_in_memory_at_once()
    {
        // 12288² scores are 576 MiB in float32, and the operator holds them at least twice. A portion has 256 MiB of them.
        Tensor x = randn(1, 1, 12288, 8);
        Assert.True(SlicedAttention.RowsAtOnce(x, x) < x.shape[^2]);
        NativeMemory.EmptyCache();
        NativeMemory.ResetPeak();
        long before = NativeMemory.Now().MappedBytes;
        F.scaled_dot_product_attention(x, x, x);
        Assert.InRange(NativeMemory.Now().PeakMappedBytes - before, 256L << 20, 900L << 20);
    }
}
