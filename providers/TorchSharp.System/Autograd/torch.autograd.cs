using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Backward passes and functions with a derivative of one's own.</summary>
    public static partial class autograd
    {
        /// <summary>Accumulates the gradient of <paramref name="tensor"/> into the leaves it was computed from.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors)!;
            nint[]? gradients = Handles(grad_tensors);
            nint[]? leaves = Handles(inputs);
            int retain = retain_graph is bool keep ? (keep ? 1 : 0) : -1;
            int status;
            fixed (nint* r = roots)
            fixed (nint* g = gradients)
            fixed (nint* l = leaves)
            {
                status = Native.gat_backward(r, roots.Length, g, retain, create_graph ? 1 : 0, l, leaves?.Length ?? 0);
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
            NativeError.Checked(status);
        }

        /// <summary>Gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>; nothing is accumulated.</summary>
        /// <returns>One entry per input; null for an input that is not used, if that is allowed.</returns>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles(outputs)!;
            nint[] leaves = Handles(inputs)!;
            nint[]? gradients = Handles(grad_outputs);
            nint[] found = new nint[leaves.Length];
            int status;
            fixed (nint* r = roots)
            fixed (nint* g = gradients)
            fixed (nint* l = leaves)
            fixed (nint* f = found)
            {
                status = Native.gat_grad(
                    r, roots.Length, g, l, leaves.Length, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0,
                    allow_unused ? 1 : 0, f);
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            NativeError.Checked(status);
            return Array.ConvertAll(found, handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Makes backward passes name the forward operator of a failure, until the result is disposed.</summary>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        internal static nint[]? Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return null;
            nint[] handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i] is null ? 0 : tensors[i].Handle;
            return handles;
        }

        /// <summary>Anomaly detection for as long as this object lives.</summary>
        public class AnomalyMode : IDisposable
        {
            private readonly bool _before;
            private readonly bool _beforeCheckNan;

            internal AnomalyMode(bool enabled, bool check_nan)
            {
                int checkNan;
                _before = NativeError.Checked(Native.gat_anomaly_mode(&checkNan)) != 0;
                _beforeCheckNan = checkNan != 0;
                NativeError.Checked(Native.gat_set_anomaly_mode(enabled ? 1 : 0, check_nan ? 1 : 0));
            }

            public void Dispose() => NativeError.Checked(Native.gat_set_anomaly_mode(_before ? 1 : 0, _beforeCheckNan ? 1 : 0));
        }
    }
}
