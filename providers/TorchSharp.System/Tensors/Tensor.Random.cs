using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Aten.InPlace("normal_", this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.InPlace("uniform_", this, from, to, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            Aten.InPlace("exponential_", this, lambda, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.InPlace("bernoulli_.float", this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Aten.InPlace("bernoulli_.Tensor", this, p, generator);

        /// <summary>Whole numbers from [from, to).</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            Aten.InPlace("random_.from", this, (long)from, (long)to, generator);
    }
}
