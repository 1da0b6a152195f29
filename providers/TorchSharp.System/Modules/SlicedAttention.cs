using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Attention over a part of the queries at a time, so that the whole score matrix is never in memory.</summary>
/// <remarks>
/// A row of the score matrix is normalised by itself (softmax), so rows can be taken in any portions. Backwards, the gradients of key
/// and value are sums over the portions, each of which is computed again from the saved inputs.
/// </remarks>
internal static class SlicedAttention
{
    /// <summary>Most scores that are in memory at once: batch × heads × queries × keys.</summary>
    public const long ScoresAtOnce = 1L << 26;

    /// <summary>How many queries of every batch element and head are taken at once; at least 1.</summary>
    public static long RowsAtOnce(Tensor query, Tensor key)
    {
        long[] outer = query.shape, keys = key.shape;
        if (!outer.AsSpan(0, outer.Length - 2).SequenceEqual(keys.AsSpan(0, keys.Length - 2))) return outer[^2];      // broadcast: as the library does it
        long perRow = keys[^2];
        foreach (long size in outer.AsSpan(0, outer.Length - 2)) perRow *= size;
        return Math.Max(1, ScoresAtOnce / Math.Max(1, perRow));
    }

    /// <summary>The operator of the library.</summary>
    public static Tensor Whole(Tensor query, Tensor key, Tensor value, Tensor? mask, double dropout, bool causal) =>
        Aten.CallFirst("_scaled_dot_product_attention", query, key, value, mask, dropout, false, causal);

    /// <summary>In slices; differentiable in query, key and value.</summary>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal, long rows)
    {
        if (mask is not null && causal) throw new ArgumentException("Attention takes a mask or is causal, not both.", nameof(mask));
        if (mask is { requires_grad: true } && is_grad_enabled())
            return Whole(query, key, value, mask, 0, causal);       // the slices have no gradient for a mask
        return Recomputed.apply(query, key, value, new Slices(mask, causal, rows));
    }

    // Queries start … start + count − 1, as the last but one dimension counts them.
    private static Tensor Slice(Tensor query, Tensor key, Tensor value, Slices slices, long start, long count) =>
        Whole(query.narrow(-2, start, count), key, value, slices.MaskOf(query, key, start, count), 0, false);

    /// <summary>How the queries are cut.</summary>
    private sealed record Slices(Tensor? Mask, bool Causal, long Rows)
    {
        public IEnumerable<(long Start, long Count)> Of(long queries)
        {
            for (long start = 0; start < queries; start += Rows) yield return (start, Math.Min(Rows, queries - start));
        }

        // A causal row r allows keys 0 … r.
        public Tensor? MaskOf(Tensor query, Tensor key, long start, long count) =>
            Causal ? ones([count, key.shape[^2]], dtype: ScalarType.Bool, device: query.device).tril(start)
            : Mask is null || Mask.ndim < 2 || Mask.shape[^2] == 1 ? Mask
            : Mask.narrow(-2, start, count);
    }

    private sealed class Recomputed : autograd.SingleTensorFunction<Recomputed>
    {
        public override string Name => nameof(SlicedAttention);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor query, Tensor key, Tensor value) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
            Slices slices = (Slices)vars[3];
            ctx.save_for_backward([query, key, value]);
            ctx.save_data("slices", slices);
            Tensor result = empty([.. query.shape[..^1], value.shape[^1]], dtype: query.dtype, device: query.device);
            foreach ((long start, long count) in slices.Of(query.shape[^2]))
            {
                using DisposeScope scope = NewDisposeScope();
                result.narrow(-2, start, count).copy_(Slice(query, key, value, slices, start, count));
            }

            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            Slices slices = (Slices)ctx.get_data("slices");
            using IDisposable withGradient = enable_grad();
            Tensor query = saved[0], key = saved[1].detach().requires_grad_(), value = saved[2].detach().requires_grad_();
            Tensor queryGradient = empty_like(query);
            foreach ((long start, long count) in slices.Of(query.shape[^2]))
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor part = query.detach().narrow(-2, start, count).detach().requires_grad_();
                Tensor attended = Whole(part, key, value, slices.MaskOf(query, key, start, count), 0, false);
                attended.backward([grad_output.narrow(-2, start, count)]);
                using IDisposable noGradient = no_grad();
                queryGradient.narrow(-2, start, count).copy_(part.grad!);
            }

            return [queryGradient, key.grad!, value.grad!, null!];
        }
    }
}
