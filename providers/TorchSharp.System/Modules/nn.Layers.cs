using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Weight and bias are drawn from U(−1/√in, 1/√in), as in PyTorch.</summary>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
        {
            double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            Parameter weight = Uniform([outputSize, inputSize], bound, device, dtype);
            return new Linear(weight, hasBias ? Uniform([outputSize], bound, device, dtype) : null);
        }

        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        // A parameter drawn from U(−bound, bound).
        private static Parameter Uniform(long[] shape, double bound, Device? device, ScalarType? dtype) =>
            new(empty(shape, dtype, device).uniform_(-bound, bound));

        public static LayerNorm LayerNorm(
            long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

        public static LayerNorm LayerNorm(
            long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

        public static GroupNorm GroupNorm(
            long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(num_groups, num_channels, eps, affine, device, dtype);

        /// <summary>The table is drawn from N(0, 1); the padding row is zero and gets no gradient. max_norm is not supported.</summary>
        public static Embedding Embedding(
            long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2,
            bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            if (max_norm is not null) throw new NotSupportedException("Embedding with max_norm is not part of this subset of TorchSharp.");
            long padding = padding_idx is long index ? (index < 0 ? index + num_embeddings : index) : -1;
            Tensor table = empty([num_embeddings, embedding_dims], dtype, device).normal_();
            if (padding >= 0)
            {
                using Tensor row = table.select(0, padding);
                row.zero_();
            }

            return new Embedding(new Parameter(table), padding, scale_grad_by_freq, sparse);
        }

        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static Identity Identity() => new();

        public static Upsample Upsample(
            long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest,
            bool? align_corners = null, bool? recompute_scale_factor = null) =>
            new(size, scale_factor, mode, align_corners, recompute_scale_factor ?? false);

        public static ZeroPad2d ZeroPad2d(long padding) => new([padding, padding, padding, padding]);

        public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) =>
            new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);
    }
}
