using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Optimizers;

public class GradientClippingTests : TorchFacts
{
    private static Parameter WithGradient(params double[] gradient)
    {
        Parameter parameter = new(zeros(gradient.Length, dtype: ScalarType.Float64));
        parameter.grad = tensor(gradient);
        return parameter;
    }

    [Fact]
    public void Long_gradients_are_scaled_to_the_limit()
    {
        Parameter a = WithGradient(3, 0), b = WithGradient(4), c = new(ones(2));

        double norm = nn.utils.clip_grad_norm_([a, b, c], 2.5);

        Assert.Equal(5, norm, 1e-14);
        double factor = 2.5 / (5 + 1e-6);
        Near.Equal([3 * factor, 0], Values(a.grad!), 1e-15);
        Near.Equal([4 * factor], Values(b.grad!), 1e-15);
        Assert.Null(c.grad);
    }

    [Fact]
    public void Short_gradients_stay()
    {
        Parameter a = WithGradient(3, 4);

        Assert.Equal(5, nn.utils.clip_grad_norm_([a], 100), 1e-14);
        Assert.Equal([3, 4], Values(a.grad!));
        Assert.Equal(0, nn.utils.clip_grad_norm_([new Parameter(ones(1))], 1));
    }

    [Fact]
    public void Other_norms_count_across_parameters()
    {
        Assert.Equal(7, nn.utils.clip_grad_norm_([WithGradient(3), WithGradient(-4)], 1, norm_type: 1), 1e-14);
        Assert.Equal(4, nn.utils.clip_grad_norm_([WithGradient(3), WithGradient(-4)], 1, norm_type: double.PositiveInfinity), 1e-14);
    }

    [Fact]
    public void NaN_is_told_by_the_norm() =>
        Assert.True(double.IsNaN(nn.utils.clip_grad_norm_([WithGradient(1, double.NaN)], 1)));

    [Fact]
    public void Values_are_cut()
    {
        Parameter a = WithGradient(3, -4, 0.5);

        nn.utils.clip_grad_value_([a], 1);

        Assert.Equal([1, -1, 0.5], Values(a.grad!));
    }

    [Fact]
    public void Parameters_go_to_a_vector_and_back()
    {
        Parameter a = new(ones(2, 2)), b = new(zeros(1));

        Tensor vector = nn.utils.parameters_to_vector([a, b]);
        Assert.Equal([1, 1, 1, 1, 0], Values(vector));
        nn.utils.vector_to_parameters(arange(5, dtype: ScalarType.Float32), [a, b]);

        Assert.Equal([0, 1, 2, 3], Values(a));
        Assert.Equal([4], Values(b));
    }
}
