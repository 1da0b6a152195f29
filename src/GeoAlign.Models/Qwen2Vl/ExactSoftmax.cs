using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>softmax(q kᵀ/√d) v with scores and softmax in full precision, whatever the products are computed in. Vaswani et al. 2017, eq. 1.</summary>
internal static class ExactSoftmax
{
    /// <summary>Attends <c>[batch, rows, d]</c> over <c>[batch, columns, d]</c>. It holds one score matrix of the batch twice at most.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="value">v.</param>
    /// <param name="isHidden">
    /// Pairs that do not see one another: <c>[n, columns]</c>, repeated over the rows, of which there are a multiple of n. Null: none.
    /// </param>
    /// <param name="exact">Full precision.</param>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, Tensor? isHidden, ScalarType exact)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = query.matmul(key.transpose(-2, -1)).As(exact).mul_(1 / Math.Sqrt(query.shape[^1]));
        if (isHidden is not null)
        {
            long period = isHidden.shape[0];
            scores.view(-1, scores.shape[1] / period, period, scores.shape[2]).masked_fill_(isHidden, double.NegativeInfinity);
        }

        return scores.softmax(-1).As(value.dtype).matmul(value).MoveToOuterDisposeScope();
    }
}
