using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

/// <summary>Every element-wise function against System.Math, in double.</summary>
public class ElementwiseTests : TorchFacts
{
    private static readonly double[] Points = [-2.5, -1, -0.3, 0.2, 0.7, 1, 1.9, 3.5];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Torch, Func<double, double> Exact)> Functions = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["ceil"] = (x => x.ceil(), Math.Ceiling),
        ["floor"] = (x => x.floor(), Math.Floor),
        ["round"] = (x => x.round(), x => Math.Round(x, MidpointRounding.ToEven)),
        ["round to decimals"] = (x => (x * 1.2345).round(decimals: 2), x => Math.Round(x * 1.2345, 2)),
        ["cos"] = (x => x.cos(), Math.Cos),
        ["sin"] = (x => x.sin(), Math.Sin),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["acos"] = (x => acos(x / 4), x => Math.Acos(x / 4)),
        ["asin"] = (x => asin(x / 4), x => Math.Asin(x / 4)),
        ["atan2"] = (x => atan2(x, full_like(x, -2)), x => Math.Atan2(x, -2)),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["exp_"] = (x => x.clone().exp_(), Math.Exp),
        ["expm1"] = (x => x.expm1(), x => Math.Exp(x) - 1),
        ["log"] = (x => (x + 3).log(), x => Math.Log(x + 3)),
        ["log1p"] = (x => (x + 3).log1p(), x => Math.Log(x + 4)),
        ["sqrt"] = (x => (x + 3).sqrt(), x => Math.Sqrt(x + 3)),
        ["rsqrt"] = (x => (x + 3).rsqrt(), x => 1 / Math.Sqrt(x + 3)),
        ["square"] = (x => x.square(), x => x * x),
        ["reciprocal"] = (x => x.reciprocal(), x => 1 / x),
        ["neg"] = (x => x.neg(), x => -x),
        ["unary minus"] = (x => -x, x => -x),
        ["sign"] = (x => x.sign(), x => Math.Sign(x)),
        ["relu"] = (x => x.relu(), x => Math.Max(x, 0)),
        ["sigmoid"] = (x => x.sigmoid(), Sigmoid),
        ["sigmoid_"] = (x => x.clone().sigmoid_(), Sigmoid),
        ["silu"] = (x => x.silu(), x => x * Sigmoid(x)),
        ["silu_"] = (x => x.clone().silu_(), x => x * Sigmoid(x)),
        ["gelu"] = (x => x.gelu(), x => x * Phi(x)),
        ["gelu exact by name"] = (x => x.gelu(GELU.Approximate.none), x => x * Phi(x)),
        ["gelu tanh"] = (x => x.gelu(GELU.Approximate.tanh), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ["functional gelu tanh"] = (x => F.gelu(x, GELU.Approximate.tanh), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ["softplus"] = (x => x.softplus(), x => Math.Log(1 + Math.Exp(x))),
        ["softplus with beta"] = (x => F.softplus(x, beta: 2), x => Math.Log(1 + Math.Exp(2 * x)) / 2),
        ["erf"] = (x => x.erf(), x => 2 * Phi(x * Math.Sqrt(2)) - 1),
        ["erfinv_ of erf"] = (x => (x / 4).erf().erfinv_(), x => x / 4),
        ["clamp"] = (x => x.clamp(-1, 2), x => Math.Clamp(x, -1, 2)),
        ["clamp by tensors"] = (x => x.clamp(full_like(x, -1), full_like(x, 2)), x => Math.Clamp(x, -1, 2)),
        ["clamp_min"] = (x => x.clamp_min(0.5), x => Math.Max(x, 0.5)),
        ["clamp_max"] = (x => x.clamp_max(0.5), x => Math.Min(x, 0.5)),
        ["clamp with max only"] = (x => x.clamp(max: 0.5), x => Math.Min(x, 0.5)),
        ["pow"] = (x => x.pow(3), x => x * x * x),
        ["pow of tensor"] = (x => (x + 3).pow(x), x => Math.Pow(x + 3, x)),
        ["nan_to_num"] = (x => where(x.gt(0), x, full_like(x, double.NaN)).nan_to_num(7), x => x > 0 ? x : 7),
        ["lerp"] = (x => x.lerp(full_like(x, 10), full_like(x, 0.25)), x => x + 0.25 * (10 - x)),
        ["addcmul"] = (x => x.addcmul(x, x, 0.5), x => x + 0.5 * x * x),
        ["addcdiv"] = (x => x.addcdiv(ones_like(x), x, 0.5), x => x + 0.5 / x),
        ["fmod"] = (x => fmod(x, 2), x => x % 2),
        ["remainder"] = (x => remainder(x, 2), x => x - 2 * Math.Floor(x / 2)),
        ["maximum"] = (x => x.maximum(full_like(x, 0.5)), x => Math.Max(x, 0.5)),
        ["minimum"] = (x => x.minimum(full_like(x, 0.5)), x => Math.Min(x, 0.5)),
        ["where"] = (x => where(x > 0, x, -2 * x), x => x > 0 ? x : -2 * x),
        ["masked_fill"] = (x => x.masked_fill(x.lt(0), 9), x => x < 0 ? 9 : x),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Agrees_with_the_exact_function(string name)
    {
        (Func<Tensor, Tensor> function, Func<double, double> exact) = Functions[name];

        double[] actual = Values(function(tensor(Points)));

        Near.Equal(Array.ConvertAll(Points, x => exact(x)), actual, 1e-13, 1e-13, name);
    }

    [Fact]
    public void Infinite_and_missing_numbers_are_told_apart()
    {
        Tensor x = tensor([1.0, double.NaN, double.PositiveInfinity]);

        Assert.Equal([1, 0, 0], Values(x.isfinite()));
        Assert.Equal([0, 1, 0], Values(x.isnan()));
        Assert.Equal([0, 0, 1], Values(x.isinf()));
        Assert.Equal([1, 2, 3], Values(x.nan_to_num(2, posinf: 3)));
    }

    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Φ by its power series Φ(x) = ½ + φ(x) Σ x^(2k+1)/(1·3·…·(2k+1)) (Marsaglia 2004).</summary>
    internal static double Phi(double x)
    {
        double term = x, sum = x;
        for (int i = 3; Math.Abs(term) > 1e-18; i += 2) sum += term *= x * x / i;
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
