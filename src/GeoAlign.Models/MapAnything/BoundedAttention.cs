using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>softmax(q kᵀ/√d) v with a bound on the scores that exist at a time. Vaswani et al. 2017, eq. 1.</summary>
/// <remarks>
/// Queries do not see one another, so they may be taken in pieces: the numbers are the same, and a kernel that does hold the scores needs
/// memory for one piece only. Ours: 81 frames of MapAnything have 24·63,019² scores in one block, 191 GB in bfloat16. libtorch 2 has fused
/// kernels that hold none: on a processor for every type here, on CUDA for Float32 and, from compute capability 8.0, for BFloat16. What
/// they refuse, Float64 and BFloat16 on older devices, would be held whole without this class. libtorch 1.13 has no such kernel; the provider for it
/// (providers/TorchSharp.System) cuts at 2²⁶ scores too, so that a piece of the size that is usual on a processor is not cut again.
/// </remarks>
internal static class BoundedAttention
{
    /// <summary>Attends within each element of a batch.</summary>
    /// <param name="query"><c>[batch, tokens, heads, d]</c>.</param>
    /// <param name="key"><c>[batch, keys, heads, d]</c>.</param>
    /// <param name="value"><c>[batch, keys, heads, d]</c>.</param>
    /// <param name="mostScores">Most scores, batch × heads × queries × keys, of a piece; one query of one element is the least.</param>
    /// <returns><c>[batch, tokens, heads·d]</c>.</returns>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, long mostScores)
    {
        long[] size = query.shape;
        (long batch, long tokens, long heads, long width) = (size[0], size[1], size[2], size[3]);
        long perQuery = heads * key.shape[1];
        if (batch * tokens * perQuery <= mostScores) return MultiHeadAttention.Apply(query, key, value);

        long elements = Math.Clamp(mostScores / (tokens * perQuery), 1, batch), queries = Math.Clamp(mostScores / perQuery, 1, tokens);
        using DisposeScope scope = NewDisposeScope();
        Tensor result = empty([batch, tokens, heads * width], dtype: query.dtype, device: query.device);
        for (long first = 0; first < batch; first += elements)
        {
            using DisposeScope elementScope = NewDisposeScope();
            long count = Math.Min(elements, batch - first);
            Tensor keys = PerHead(key.narrow(0, first, count)), values = PerHead(value.narrow(0, first, count));
            for (long start = 0; start < tokens; start += queries)
            {
                using DisposeScope pieceScope = NewDisposeScope();
                long length = Math.Min(queries, tokens - start);
                Tensor asked = query.narrow(0, first, count).narrow(1, start, length).transpose(1, 2);
                Tensor attended = nn.functional.scaled_dot_product_attention(asked, keys, values);
                result.narrow(0, first, count).narrow(1, start, length).copy_(attended.transpose(1, 2).flatten(2));
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    // Contiguous, so that no piece copies them again.
    private static Tensor PerHead(Tensor x) => x.transpose(1, 2).contiguous();
}
