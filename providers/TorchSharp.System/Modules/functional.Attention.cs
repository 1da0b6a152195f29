using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>softmax(q kᵀ / √d + mask) v. A boolean mask is true where attention is allowed.</summary>
            /// <remarks>
            /// libtorch 1.13 has no fused kernel. Above <see cref="SlicedAttention.ScoresAtOnce"/> scores a part of the queries is taken at a
            /// time, and the backward pass computes the scores again instead of keeping them; results agree to rounding.
            /// </remarks>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                long rows = SlicedAttention.RowsAtOnce(query, key);
                return p != 0 || rows >= query.shape[^2]
                    ? SlicedAttention.Whole(query, key, value, attn_mask, p, is_casual)
                    : SlicedAttention.Apply(query, key, value, attn_mask, is_casual, rows);
            }
        }
    }
}
