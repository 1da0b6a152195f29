using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on all gradients or all parameters at once.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients by max_norm/(norm + 1e-6) if that is below 1. Parameters without one are passed over.</summary>
            /// <returns>The norm before scaling.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using IDisposable quiet = no_grad();
                using DisposeScope scope = NewDisposeScope();
                Tensor[] gradients = Gradients(tensors);
                if (gradients.Length == 0) return 0;

                Tensor norms = stack(gradients.Select(g => linalg.vector_norm(g, norm_type).to(gradients[0].dtype, gradients[0].device)));
                double total = linalg.vector_norm(norms, norm_type).ToDouble();
                double factor = max_norm / (total + 1e-6);
                if (!(factor >= 1))
                {
                    foreach (Tensor gradient in gradients) gradient.mul_(factor);
                }

                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using IDisposable quiet = no_grad();
                using DisposeScope scope = NewDisposeScope();
                foreach (Tensor gradient in Gradients(tensors)) gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All parameters as one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using DisposeScope scope = NewDisposeScope();
                return cat([.. tensors.Select(t => t.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>Copies a vector made by <see cref="parameters_to_vector"/> back.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using IDisposable quiet = no_grad();
                using DisposeScope scope = NewDisposeScope();
                long start = 0;
                foreach (Parameter parameter in tensors)
                {
                    long length = parameter.numel();
                    parameter.copy_(vec.narrow(0, start, length).view_as(parameter));
                    start += length;
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(p => p.grad).Where(g => g is not null).Select(g => g!)];
        }
    }
}
