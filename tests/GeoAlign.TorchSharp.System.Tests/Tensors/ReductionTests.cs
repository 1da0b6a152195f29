using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

public class ReductionTests : TorchFacts
{
    // Rows (1, 4, 2) and (8, 5, 7).
    private static Tensor M => tensor([1.0, 4, 2, 8, 5, 7], [2, 3]);

    [Fact]
    public void Sum_and_product()
    {
        Assert.Equal(27, M.sum().ToDouble());
        Assert.Equal([9, 9, 9], Values(M.sum(dim: 0)));
        Assert.Equal([7, 20], Values(M.sum(dim: 1)));
        Assert.Equal([2, 1], M.sum(1, keepdim: true).shape);
        Assert.Equal(27, M.sum(0, 1).ToDouble());
        Assert.Equal(27, M.sum([0, 1]).ToDouble());
        Assert.Equal(27, sum(M, [0L, 1L]).ToDouble());
        Assert.Equal(12, ones(2, 3, 2).sum(0, 1, 2).ToDouble());
        Assert.Equal(ScalarType.Float32, M.sum(ScalarType.Float32).dtype);
        Assert.Equal(2240, M.prod().ToDouble());
        Assert.Equal([8, 280], Values(M.prod(1)));
    }

    [Fact]
    public void Literal_zero_is_taken_for_a_dtype_as_in_TorchSharp()
    {
        // The constant 0 converts to the enum ScalarType; sum(dim: 0) is what is meant.
        Assert.Equal([], M.sum(0).shape);
        Assert.Equal(ScalarType.Byte, M.sum(0).dtype);
    }

    [Fact]
    public void Mean_variance_and_deviation()
    {
        Assert.Equal(4.5, M.mean().ToDouble());
        Assert.Equal([4.5, 4.5, 4.5], Values(M.mean([0])));
        Near.Equal([7.0 / 3, 20.0 / 3], Values(M.mean([1], keepdim: true)), 1e-15);
        Near.Equal([7.0 / 3, 7.0 / 3], Values(M.var(1)), 1e-15);
        Near.Equal([14.0 / 9, 14.0 / 9], Values(M.var(1, unbiased: false)), 1e-15);
        Near.Equal([Math.Sqrt(7.0 / 3), Math.Sqrt(7.0 / 3)], Values(M.std(1)), 1e-15);
        Near.Equal([Math.Sqrt(14.0 / 9)], Values(M.std([1], unbiased: false)[0]), 1e-15);
        Near.Equal([7.5], Values(M.var()), 1e-15);
        Near.Equal([6.25], Values(M.var(unbiased: false)), 1e-15);
        Near.Equal([6.25], Values(M.var((0, 1), unbiased: false)), 1e-15);
        Near.Equal([Math.Sqrt(7.5)], Values(std(M)), 1e-15);
        Assert.Equal(ScalarType.Float64, M.@float().var(1, type: ScalarType.Float64).dtype);
        (Tensor variance, Tensor mean) = var_mean(M, 1, unbiased: false);
        Near.Equal([14.0 / 9, 14.0 / 9], Values(variance), 1e-15);
        Near.Equal([7.0 / 3, 20.0 / 3], Values(mean), 1e-15);
    }

    [Fact]
    public void Largest_and_smallest()
    {
        Assert.Equal(8, M.max().ToDouble());
        Assert.Equal(1, M.min().ToDouble());
        (Tensor values, Tensor indices) = M.max(1);
        Assert.Equal([4, 8], Values(values));
        Assert.Equal([1, 0], Values(indices));
        (values, indices) = M.min(1, keepdim: true);
        Assert.Equal([1, 5], Values(values));
        Assert.Equal([0, 1], Values(indices));
        Assert.Equal([2, 1], indices.shape);
        Assert.Equal([8, 5, 7], Values(M.amax(0)));
        Assert.Equal([1, 5], Values(M.amin([1], keepdim: true)));
        Assert.Equal(3, M.argmax().ToInt64());
        Assert.Equal([1, 0], Values(M.argmax(1)));
        Assert.Equal(0, M.argmin().ToInt64());
        Assert.Equal([0, 1], Values(M.argmin(1)));
        Assert.Equal([8, 5, 7], Values(M[0].max(M[1])));
        Assert.Equal([1, 4, 2], Values(M[0].min(M[1])));
        Tensor place = zeros(3, dtype: ScalarType.Float64);
        Assert.Same(place, M.amax([0], @out: place));
        Assert.Equal([8, 5, 7], Values(place));
    }

    [Fact]
    public void Norms()
    {
        Tensor v = tensor([3.0, -4.0]);

        Assert.Equal(5, v.norm().ToDouble());
        Assert.Equal(7, v.norm(p: 1f).ToDouble());
        Near.Equal([Math.Sqrt(65), Math.Sqrt(41), Math.Sqrt(53)], Values(M.norm(0)), 1e-14);
        Near.Equal([7, 20], Values(norm(M, 1, keepdim: true, p: 1f)), 1e-14);
        Assert.Equal(4, linalg.norm(v, double.PositiveInfinity).ToDouble());
        Assert.Equal(5, linalg.norm(v).ToDouble());
        Near.Equal([Math.Sqrt(159)], Values(linalg.norm(M, "fro")), 1e-14);
        Near.Equal([7, 20], Values(linalg.vector_norm(M, 1, dims: [1])), 1e-14);
    }

    [Fact]
    public void Truth_values()
    {
        Tensor t = tensor([true, false, true, true], [2, 2]);

        Assert.False((bool)t.all());
        Assert.True((bool)t.any());
        Assert.Equal([0, 1], Values(t.all(1)));
        Assert.Equal([1, 1], Values(t.any(1)));
    }

    [Fact]
    public void Running_sums_and_products()
    {
        Assert.Equal([1, 5, 7, 8, 13, 20], Values(M.cumsum(1)));
        Assert.Equal([1, 4, 2, 9, 9, 9], Values(cumsum(M, 0)));
        Assert.Equal([1, 4, 8, 8, 40, 280], Values(M.cumprod(1)));
        Assert.Equal(ScalarType.Float32, M.cumsum(1, type: ScalarType.Float32).dtype);
    }

    [Fact]
    public void Sorting()
    {
        (Tensor values, Tensor indices) = M.sort();
        Assert.Equal([1, 2, 4, 5, 7, 8], Values(values));
        Assert.Equal([0, 2, 1, 1, 2, 0], Values(indices));
        Assert.Equal([4, 2, 1, 8, 7, 5], Values(sort(M, 1, descending: true).Values));
        Assert.Equal([0, 0, 0, 1, 1, 1], Values(M.argsort(0)));
        (values, indices) = M.topk(2);
        Assert.Equal([4, 2, 8, 7], Values(values));
        Assert.Equal([1, 2, 0, 2], Values(indices));
        Assert.Equal([1, 2, 5, 7], Values(M.topk(2, largest: false).values));
        Assert.Equal([1, 3], Values(searchsorted(tensor([1.0, 3, 5]), tensor([2.0, 9]))));
        Assert.Equal([1, 0], Values(bucketize(tensor([2.0, 1]), tensor([1.0, 3, 5]))));
        Near.Equal([4.5], Values(quantile(M.flatten(), tensor(0.5, dtype: ScalarType.Float64))), 1e-15);
    }

    [Fact]
    public void Softmax_is_the_exponential_over_its_sum()
    {
        double[] e = [Math.Exp(1), Math.Exp(4), Math.Exp(2)];
        double s = e.Sum();

        Near.Equal([e[0] / s, e[1] / s, e[2] / s], Values(M[0].softmax(0)), 1e-15);
        Near.Equal([1 - Math.Log(s), 4 - Math.Log(s), 2 - Math.Log(s)], Values(M[0].log_softmax(-1)), 1e-14);
        Near.Equal([1, 1], Values(softmax(M, 1).sum(1)), 1e-15);
        Assert.Equal(ScalarType.Float32, M.softmax(0, dtype: ScalarType.Float32).dtype);
    }
}
