using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// One recorded call of a custom function. The native graph holds it through a GCHandle, calls back into it, and frees it
        /// when the graph lets go. Managed exceptions never cross the native frames: they are kept and come back as the inner
        /// exception of the ExternalException that backward() throws.
        /// </summary>
        private sealed class FunctionCall(
            AutogradContext context, bool[] isTensor, string name, Func<AutogradContext, List<Tensor>, List<Tensor>> backward)
        {
            /// <summary>Runs forward without recording and ties its outputs to the inputs.</summary>
            public static List<Tensor> Apply(
                string name, object[] vars, Func<AutogradContext, object[], List<Tensor>> forward,
                Func<AutogradContext, List<Tensor>, List<Tensor>> backward)
            {
                bool[] isTensor = Array.ConvertAll(vars, v => v is Tensor { IsInvalid: false });
                Tensor[] inputs = [.. vars.OfType<Tensor>().Where(t => !t.IsInvalid)];
                nint[] inputHandles = Handles(inputs)!;
                int recorded;
                fixed (nint* i = inputHandles) recorded = Native.gat_function_is_recorded(i, inputs.Length);
                NativeError.Checked(recorded);

                AutogradContext context = new();
                List<Tensor> outputs;
                using (no_grad()) outputs = forward(context, vars);
                if (recorded == 0)
                {
                    context.Dispose();
                    return outputs;
                }

                return new FunctionCall(context, isTensor, name, backward).Record(inputs, inputHandles, outputs);
            }

            private List<Tensor> Record(Tensor[] inputs, nint[] inputHandles, List<Tensor> outputs)
            {
                nint[] outputHandles = Handles(outputs)!;
                nint[] savedHandles = Handles(context.ToSave)!;
                byte[] differentiable = [.. outputs.Select(o => (byte)(IsDifferentiable(o) ? 1 : 0))];
                nint[] results = new nint[outputs.Count];
                nint state = GCHandle.ToIntPtr(GCHandle.Alloc(this));
                int status;
                fixed (nint* i = inputHandles)
                fixed (nint* o = outputHandles)
                fixed (nint* s = savedHandles)
                fixed (nint* r = results)
                fixed (byte* d = differentiable)
                {
                    status = Native.gat_function_record(
                        state, &Backward, &Release, context.MaterializeGrads ? 1 : 0, i, inputHandles.Length, o, d,
                        outputHandles.Length, s, savedHandles.Length, r);
                }

                GC.KeepAlive(inputs);
                GC.KeepAlive(context.ToSave);
                if (status < 0)
                {
                    GCHandle.FromIntPtr(state).Free();
                    throw NativeError.Last();
                }

                // From here on the native graph keeps the saved tensors.
                context.save_for_backward([]);
                List<Tensor> wrapped = new(outputs.Count);
                for (int k = 0; k < results.Length; k++)
                {
                    bool same = results[k] == outputHandles[k];
                    if (same) Native.gat_tensor_free(results[k]);
                    wrapped.Add(same ? outputs[k] : new Tensor(results[k]));
                }

                return wrapped;
            }

            private bool IsDifferentiable(Tensor output) =>
                !context.NonDifferentiable.Exists(t => ReferenceEquals(t, output)) &&
                output.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

            [UnmanagedCallersOnly]
            private static long Backward(
                nint state, nint* gradients, long gradientCount, nint* saved, long savedCount, nint* results, long resultCount)
            {
                // Whatever is created here is freed here, so that a recomputed segment does not outlive its backward.
                DisposeScope scope = NewDisposeScope();
                try
                {
                    FunctionCall call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
                    List<Tensor> incoming = Wrap(gradients, gradientCount);
                    call.Run(incoming, Wrap(saved, savedCount), new Span<nint>(results, (int)resultCount));
                    return 0;
                }
                catch (Exception failure)
                {
                    return NativeError.Keep(failure);
                }
                finally
                {
                    scope.Dispose();
                }
            }

            [UnmanagedCallersOnly]
            private static void Release(nint state)
            {
                GCHandle handle = GCHandle.FromIntPtr(state);
                ((FunctionCall)handle.Target!).Forget();
                handle.Free();
            }

            private void Forget() => context.Dispose();

            private static List<Tensor> Wrap(nint* handles, long count)
            {
                List<Tensor> tensors = new((int)count);
                for (long i = 0; i < count; i++) tensors.Add(handles[i] == 0 ? null! : new Tensor(handles[i]));
                return tensors;
            }

            private void Run(List<Tensor> gradients, List<Tensor> saved, Span<nint> results)
            {
                context.Saved = saved;
                List<Tensor> returned = backward(context, gradients);
                context.Saved = [];
                bool surplus = returned.Count > isTensor.Length && returned.Skip(isTensor.Length).All(extra => extra is null);
                if (returned.Count != isTensor.Length && !surplus)
                {
                    throw new InvalidOperationException(
                        $"{name}.backward returned {returned.Count} gradients, expected {isTensor.Length}: one per argument of apply.");
                }

                int place = 0;
                for (int i = 0; i < isTensor.Length; i++)
                {
                    Tensor? gradient = returned[i];
                    if (!isTensor[i])
                    {
                        if (gradient is not null)
                            throw new InvalidOperationException($"{name}.backward returned a gradient for argument {i}, which is no tensor.");
                        continue;
                    }

                    if (gradient is not null)
                    {
                        results[place] = Native.gat_tensor_share(gradient.Handle);
                        NativeError.ThrowIf(results[place] == 0);
                    }

                    place++;
                }

                GC.KeepAlive(returned);
            }
        }
    }
}
