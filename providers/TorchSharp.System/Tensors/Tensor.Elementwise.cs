using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);

        public Tensor ceil() => Aten.Call("ceil", this);

        public Tensor cos() => Aten.Call("cos", this);

        public Tensor erf() => Aten.Call("erf", this);

        public Tensor exp() => Aten.Call("exp", this);

        public Tensor expm1() => Aten.Call("expm1", this);

        public Tensor floor() => Aten.Call("floor", this);

        public Tensor isfinite() => Aten.Call("isfinite", this);

        public Tensor isinf() => Aten.Call("isinf", this);

        public Tensor isnan() => Aten.Call("isnan", this);

        public Tensor log() => Aten.Call("log", this);

        public Tensor log1p() => Aten.Call("log1p", this);

        public Tensor logical_not() => Aten.Call("logical_not", this);

        public Tensor neg() => Aten.Call("neg", this);

        public Tensor reciprocal() => Aten.Call("reciprocal", this);

        public Tensor relu() => Aten.Call("relu", this);

        public Tensor rsqrt() => Aten.Call("rsqrt", this);

        public Tensor sigmoid() => Aten.Call("sigmoid", this);

        public Tensor sign() => Aten.Call("sign", this);

        public Tensor silu() => Aten.Call("silu", this);

        public Tensor sin() => Aten.Call("sin", this);

        public Tensor sqrt() => Aten.Call("sqrt", this);

        public Tensor square() => Aten.Call("square", this);

        public Tensor tanh() => Aten.Call("tanh", this);

        public Tensor erfinv_() => Aten.InPlace("erfinv_", this);

        public Tensor exp_() => Aten.InPlace("exp_", this);

        public Tensor neg_() => Aten.InPlace("neg_", this);

        public Tensor sigmoid_() => Aten.InPlace("sigmoid_", this);

        public Tensor silu_() => Aten.InPlace("silu_", this);

        public Tensor zero_() => Aten.InPlace("zero_", this);
    }
}
