using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>softmax(q kᵀ/√d) v for every head, without mask. Vaswani et al. 2017, eq. 1.</summary>
internal static class MultiHeadAttention
{
    /// <summary>Takes <c>[batch, tokens, heads, d]</c>, gives <c>[batch, tokens, heads·d]</c>; k and v may have a batch of 1.</summary>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value)
    {
        long[] size = query.shape;
        Tensor attended = nn.functional.scaled_dot_product_attention(
            query.transpose(1, 2), OverBatch(key, size[0]).transpose(1, 2), OverBatch(value, size[0]).transpose(1, 2));
        return attended.transpose(1, 2).reshape(size[0], size[1], size[2] * size[3]);
    }

    private static Tensor OverBatch(Tensor x, long batch)
    {
        long[] size = x.shape;
        return size[0] == batch ? x : x.expand(batch, size[1], size[2], size[3]);
    }
}
