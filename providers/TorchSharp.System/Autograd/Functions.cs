namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function with a derivative of one's own. <typeparamref name="T"/> is the class itself.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            protected Function()
            {
            }

            public abstract string Name { get; }

            /// <summary>Runs forward and records it if a tensor among <paramref name="vars"/> requires a gradient.</summary>
            public static List<Tensor> apply_internal(params object[] vars)
            {
                T function = new();
                return FunctionCall.Apply(function.Name, vars, function.RunForward, function.RunBackward);
            }

            internal abstract List<Tensor> RunForward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grad_outputs);
        }

        /// <summary>
        /// A custom function with one output. backward returns one entry per argument of apply, null where there is no gradient.
        /// Tensors created inside backward are freed when it returns, except the gradients.
        /// </summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction()
            {
            }

            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal override List<Tensor> RunForward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal override List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs[0]);
        }

        /// <summary>A custom function with several outputs; otherwise as <see cref="SingleTensorFunction{T}"/>.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction()
            {
            }

            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal override List<Tensor> RunForward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal override List<Tensor> RunBackward(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs);
        }
    }
}
