using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

public class OperatorTests : TorchFacts
{
    private static readonly Tensor X = tensor([7.0, -3.0]).DetachFromDisposeScope();
    private static readonly Tensor Y = tensor([2.0, 4.0]).DetachFromDisposeScope();
    private static readonly Scalar S = 2.0;

    private static readonly Dictionary<string, (Func<Tensor> Torch, double[] Expected)> Expressions = new()
    {
        ["x + y"] = (() => X + Y, [9, 1]), ["x - y"] = (() => X - Y, [5, -7]), ["x * y"] = (() => X * Y, [14, -12]),
        ["x / y"] = (() => X / Y, [3.5, -0.75]),
        ["x % y"] = (() => X % Y, [1, 1]),
        ["x + 2"] = (() => X + 2, [9, -1]), ["x + 2L"] = (() => X + 2L, [9, -1]), ["x + 2f"] = (() => X + 2f, [9, -1]),
        ["x + 2.0"] = (() => X + 2.0, [9, -1]), ["x + s"] = (() => X + S, [9, -1]),
        ["2 + x"] = (() => 2 + X, [9, -1]), ["2L + x"] = (() => 2L + X, [9, -1]), ["2f + x"] = (() => 2f + X, [9, -1]),
        ["2.0 + x"] = (() => 2.0 + X, [9, -1]), ["s + x"] = (() => S + X, [9, -1]),
        ["x - 2"] = (() => X - 2, [5, -5]), ["x - 2L"] = (() => X - 2L, [5, -5]), ["x - 2f"] = (() => X - 2f, [5, -5]),
        ["x - 2.0"] = (() => X - 2.0, [5, -5]), ["x - s"] = (() => X - S, [5, -5]),
        ["2 - x"] = (() => 2 - X, [-5, 5]), ["2L - x"] = (() => 2L - X, [-5, 5]), ["2f - x"] = (() => 2f - X, [-5, 5]),
        ["2.0 - x"] = (() => 2.0 - X, [-5, 5]), ["s - x"] = (() => S - X, [-5, 5]),
        ["x * 2"] = (() => X * 2, [14, -6]), ["2 * x"] = (() => 2 * X, [14, -6]), ["x * 2L"] = (() => X * 2L, [14, -6]),
        ["2L * x"] = (() => 2L * X, [14, -6]),
        ["x * 2f"] = (() => X * 2f, [14, -6]), ["2f * x"] = (() => 2f * X, [14, -6]), ["x * 2.0"] = (() => X * 2.0, [14, -6]),
        ["2.0 * x"] = (() => 2.0 * X, [14, -6]),
        ["x * s"] = (() => X * S, [14, -6]), ["s * x"] = (() => S * X, [14, -6]),
        ["x / 2"] = (() => X / 2, [3.5, -1.5]), ["x / 2L"] = (() => X / 2L, [3.5, -1.5]), ["x / 2f"] = (() => X / 2f, [3.5, -1.5]),
        ["x / 2.0"] = (() => X / 2.0, [3.5, -1.5]), ["x / s"] = (() => X / S, [3.5, -1.5]),
        ["2 / y"] = (() => 2 / Y, [1, 0.5]), ["2L / y"] = (() => 2L / Y, [1, 0.5]), ["2f / y"] = (() => 2f / Y, [1, 0.5]),
        ["2.0 / y"] = (() => 2.0 / Y, [1, 0.5]), ["s / y"] = (() => S / Y, [1, 0.5]),
        ["x % 2"] = (() => X % 2, [1, 1]), ["x % 2L"] = (() => X % 2L, [1, 1]), ["x % 2f"] = (() => X % 2f, [1, 1]),
        ["x % 2.0"] = (() => X % 2.0, [1, 1]), ["x % s"] = (() => X % S, [1, 1]),
        ["-x"] = (() => -X, [-7, 3]),
        ["x == y"] = (() => X == Y, [0, 0]), ["x != y"] = (() => X != Y, [1, 1]), ["x < y"] = (() => X < Y, [0, 1]),
        ["x <= y"] = (() => X <= Y, [0, 1]), ["x > y"] = (() => X > Y, [1, 0]), ["x >= y"] = (() => X >= Y, [1, 0]),
        ["x == 7"] = (() => X == 7, [1, 0]), ["x != 7"] = (() => X != 7, [0, 1]), ["x < 7"] = (() => X < 7, [0, 1]),
        ["x <= 7"] = (() => X <= 7, [1, 1]), ["x > 7"] = (() => X > 7, [0, 0]), ["x >= 7"] = (() => X >= 7, [1, 0]),
        ["7 == x"] = (() => 7 == X, [1, 0]), ["7 < x"] = (() => 7 < X, [0, 0]), ["7 <= x"] = (() => 7 <= X, [1, 0]),
        ["7 > x"] = (() => 7 > X, [0, 1]), ["7 >= x"] = (() => 7 >= X, [1, 1]),
        ["and"] = (() => (X > 0) & (Y > 3), [0, 0]), ["or"] = (() => (X > 0) | (Y > 3), [1, 1]),
        ["xor"] = (() => (X > 0) ^ (Y > 0), [0, 1]), ["not"] = (() => ~(X > 0), [0, 1]),
        ["logical_and"] = (() => X.gt(0).logical_and(Y.gt(3)), [0, 0]), ["logical_or"] = (() => X.gt(0).logical_or(Y.gt(3)), [1, 1]),
        ["logical_not"] = (() => X.gt(0).logical_not(), [0, 1]),
        ["eq"] = (() => X.eq(7), [1, 0]), ["ne"] = (() => X.ne(7), [0, 1]), ["lt"] = (() => X.lt(Y), [0, 1]),
        ["le"] = (() => X.le(7), [1, 1]), ["gt"] = (() => X.gt(Y), [1, 0]), ["ge"] = (() => X.ge(7), [1, 0]),
        ["add with alpha"] = (() => X.add(Y, 10), [27, 37]), ["add number with alpha"] = (() => X.add(2, 10), [27, 17]),
        ["sub"] = (() => X.sub(Y).sub(1), [4, -8]), ["mul"] = (() => X.mul(Y).mul(2), [28, -24]),
        ["div towards zero"] = (() => X.div(Y, rounding_mode: RoundingMode.trunc), [3, 0]),
        ["div down"] = (() => X.div(Y, rounding_mode: RoundingMode.floor), [3, -1]),
        ["div number down"] = (() => X.div(2, rounding_mode: RoundingMode.floor), [3, -2]),
        ["in place"] = (() => X.clone().add_(1).sub_(2).mul_(3).div_(2), [9, -6]),
        ["in place by tensors"] = (() => X.clone().add_(Y).sub_(Y * 2).mul_(Y).div_(Y).add_(Y, 0.5), [6, -5]),
        ["in place power"] = (() => Y.clone().pow_(2).pow_(ones_like(Y)), [4, 16]),
        ["in place others"] = (() => X.clone().neg_().clamp_(-5, 2).addcmul_(Y, Y, 1).addcdiv_(Y, Y, 0.5).lerp_(zeros_like(X), full_like(X, 0.5)), [-0.25, 9.25]),
        ["fill_ and zero_"] = (() => X.clone().fill_(3) + Y.clone().zero_(), [3, 3]),
    };

    public static TheoryData<string> Names => [.. Expressions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gives_the_expected_numbers(string name) => Near.Equal(
        Expressions[name].Expected, Values(Expressions[name].Torch()), 1e-15, 0, name);

    [Fact]
    public void Numbers_convert_both_ways()
    {
        Tensor x = 2.5;
        Tensor n = 3;

        Assert.Equal(ScalarType.Float64, x.dtype);
        Assert.Equal(ScalarType.Int32, n.dtype);
        Assert.Equal(2.5f, (float)x);
        Assert.Equal(2.5, (double)x);
        Assert.Equal(3, (int)n);
        Assert.Equal(3L, (long)n);
        Assert.True((bool)(x > 2));
    }

    [Fact]
    public void Number_does_not_widen_a_float32_tensor()
    {
        Tensor x = ones(2);

        Assert.Equal(ScalarType.Float32, (x * 0.1).dtype);
        Assert.Equal(ScalarType.Float32, (1 / x).dtype);
        Assert.Equal(ScalarType.Float32, x.mul_(0.5).dtype);
        Assert.Equal(ScalarType.Int64, (arange(3) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) * 0.5).dtype);
    }

    [Fact]
    public void In_place_methods_return_the_tensor_itself()
    {
        Tensor x = ones(2);

        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.requires_grad_(false));
        Assert.Same(x, x.unsqueeze_(0));
        Assert.Equal([1, 2], x.shape);
    }

    [Fact]
    public void Equal_and_allclose_compare_whole_tensors()
    {
        Assert.True((bool)X.equal(X.clone()));
        Assert.False((bool)X.equal(Y));
        Assert.True(X.allclose(X + 1e-9));
        Assert.False(X.allclose(X + 1e-3));
        Assert.True(allclose(X, X + 0.5, atol: 1));
        Assert.Equal([1, 0], Values(isclose(X, tensor([7.0, -4.0]))));
    }
}
