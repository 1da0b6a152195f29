namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Starting values of parameters; all work in place, unrecorded, and return the tensor.</summary>
        public static class init
        {
            /// <summary>Which side of a weight counts for its spread.</summary>
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            /// <summary>The non-linearity that follows; it sets the gain.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public static Tensor constant_(Tensor tensor, Scalar val) => Quietly(() => tensor.fill_(val));

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor eye_(Tensor tensor) => Quietly(() =>
            {
                long[] shape = tensor.shape;
                if (shape.Length != 2) throw new ArgumentException($"eye_ needs a matrix, not {shape.Length} dimensions.");
                using Tensor identity = eye(shape[0], shape[1], tensor.dtype, tensor.device);
                return tensor.copy_(identity);
            });

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Quietly(() => tensor.normal_(mean, std, generator));

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Quietly(() => tensor.uniform_(low, high, generator));

            /// <summary>N(mean, std²) cut to [a, b], by inversion of the distribution function.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null) =>
                Quietly(() =>
            {
                // uniform in (2Φ(low) − 1, 2Φ(high) − 1), then x = mean + std √2 erf⁻¹(u)
                double low = Erf((a - mean) / (std * Math.Sqrt(2)));
                double high = Erf((b - mean) / (std * Math.Sqrt(2)));
                tensor.uniform_(low, high, generator).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean);
                return tensor.clamp_(a, b);
            });

            /// <summary>U(−√3 s, √3 s) with s = gain/√fan. He et al. 2015, arXiv 1502.01852.</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3) * Gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>N(0, gain²/fan). He et al. 2015, arXiv 1502.01852.</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, Gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>U(−b, b) with b = gain √(6/(fan in + fan out)). Glorot and Bengio 2010.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                double bound = gain * Math.Sqrt(6.0 / (Fan(tensor, FanInOut.FanIn) + Fan(tensor, FanInOut.FanOut)));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>N(0, 2 gain²/(fan in + fan out)). Glorot and Bengio 2010.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1) =>
                normal_(tensor, 0, gain * Math.Sqrt(2.0 / (Fan(tensor, FanInOut.FanIn) + Fan(tensor, FanInOut.FanOut))));

            private static Tensor Quietly(Func<Tensor> fill)
            {
                using (no_grad()) return fill();
            }

            private static double Erf(double x)
            {
                using Tensor value = tensor(x);
                using Tensor result = value.erf();
                return result.item<double>();
            }

            private static double Gain(NonlinearityType nonlinearity, double a) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + a * a)),
                _ => 1,
            };

            private static double Fan(Tensor tensor, FanInOut mode)
            {
                long[] shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException($"A fan needs at least 2 dimensions, the tensor has {shape.Length}.");
                long field = 1;
                for (int i = 2; i < shape.Length; i++) field *= shape[i];
                return (mode == FanInOut.FanIn ? shape[1] : shape[0]) * field;
            }
        }
    }
}
