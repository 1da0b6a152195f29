using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An index expression taken apart: first everything that is a view (numbers, slices, new axes, ellipsis), then the tensors
    /// that are left to index that view with.
    /// </summary>
    private sealed class IndexPlan : IDisposable
    {
        private readonly List<Tensor?> _keys = [];
        private readonly List<Tensor> _made = [];
        private long _covered;

        private IndexPlan(Tensor view) => View = view;

        /// <summary>The view, always a new object.</summary>
        public Tensor View { get; private set; }

        /// <summary>One entry per dimension, null where it is taken whole; a mask stands for as many dimensions as it has.</summary>
        public Tensor?[] Keys => [.. _keys];

        public static IndexPlan Of(Tensor tensor, ReadOnlySpan<TensorIndex> indices)
        {
            long consumed = 0;
            foreach (TensorIndex index in indices) consumed += index.Consumes;
            IndexPlan plan = new(tensor.alias());
            long whole = tensor.ndim - consumed;
            long dim = 0;
            foreach (TensorIndex index in indices) dim += plan.Apply(index, dim, whole);
            return plan;
        }

        public void Dispose()
        {
            View.Dispose();
            foreach (Tensor key in _made) key.Dispose();
        }

        // Returns how many dimensions of the view the position takes.
        private long Apply(TensorIndex index, long dim, long whole)
        {
            switch (index.Kind)
            {
                case TensorIndex.IndexKind.Ellipsis:
                    return whole;
                case TensorIndex.IndexKind.Null:
                    Step(View.unsqueeze(dim));
                    return 1;
                case TensorIndex.IndexKind.Single:
                    Step(View.select(dim, index.Start!.Value));
                    return 0;
                case TensorIndex.IndexKind.Slice:
                    if (index.Start is not null || index.Stop is not null || index.Step is not null)
                        Step(Aten.Call("slice.Tensor", View, dim, index.Start, index.Stop, index.Step ?? 1));
                    return 1;
                case TensorIndex.IndexKind.Bool:
                    // As in Python: true adds an axis of size 1, false one of size 0.
                    Step(View.unsqueeze(dim));
                    Tensor truth = tensor([index.Truth]);
                    _made.Add(truth);
                    return Put(truth, dim, 1);
                default:
                    return Put(index.Key!, dim, index.Consumes);
            }
        }

        private void Step(Tensor next)
        {
            View.Dispose();
            View = next;
        }

        private long Put(Tensor key, long dim, long dims)
        {
            for (; _covered < dim; _covered++) _keys.Add(null);
            _keys.Add(key);
            _covered += dims;
            return dims;
        }
    }
}
