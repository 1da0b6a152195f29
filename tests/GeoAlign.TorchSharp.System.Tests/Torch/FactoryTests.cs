using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Torch;

public class FactoryTests : TorchFacts
{
    [Fact]
    public void Constant_tensors_have_shape_type_and_value()
    {
        Assert.Equal([2, 3], zeros(2, 3).shape);
        Assert.Equal([2, 3, 4, 5], ones(2, 3, 4, 5).shape);
        Assert.Equal([2, 3, 4, 5, 6], ones([2, 3, 4, 5, 6]).shape);
        Assert.Equal([2, 3, 4], empty(2L, 3L, 4L).shape);
        Assert.Equal([7, 7], Values(full(2, 7)));
        Assert.Equal([7, 7], Values(full([2], 7.0, dtype: ScalarType.Int32)));
        Assert.Equal(ScalarType.Float32, full([2], 7).dtype);
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal([1, 0, 0, 1], Values(eye(2)));
        Assert.Equal([2, 3], eye(2, 3).shape);
        Assert.True(ones(2, requires_grad: true).requires_grad);
        Assert.Throws<NotSupportedException>(() => zeros([2], names: ["x"]));
    }

    [Fact]
    public void Ranges()
    {
        Assert.Equal([0, 1, 2], Values(arange(3)));
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal([1, 2], Values(arange(1, 3)));
        Assert.Equal([3, 2.5, 2], Values(arange(3, 1.9, -0.5)));
        Assert.Equal(ScalarType.Float32, arange(0.0, 1.0, 0.5).dtype);
        Assert.Equal(ScalarType.Float64, arange(3, dtype: ScalarType.Float64).dtype);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Values(linspace(0, 1, 5)));
        Near.Equal([1, 10, 100], Values(logspace(0, 2, 3, dtype: ScalarType.Float64)), 1e-12);
        Near.Equal([1, 2, 4], Values(logspace(0, 2, 3, @base: 2)), 1e-6);
    }

    [Fact]
    public void Tensors_from_numbers_arrays_and_lists()
    {
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Byte, tensor((byte)1).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1.0, dtype: ScalarType.Float32).dtype);
        Assert.Equal([], tensor(1f).shape);
        Assert.Equal([1, 2], Values(tensor(new[] { 1f, 2f })));
        Assert.Equal([1, 2, 3, 4], Values(tensor(new List<int> { 1, 2, 3, 4 }, 2, 2)));
        Assert.Equal([2, 1, 2], tensor(new List<long> { 1, 2, 3, 4 }, 2, 1, 2).shape);
        Assert.Equal([3, 2], tensor(new double[6], [3, 2]).shape);
        Assert.Equal([1, 2, 3, 4], Values(tensor(new[,] { { 1f, 2f }, { 3f, 4f } })));
        Assert.Equal([1, 2, 2], tensor(new[,,] { { { 1, 2 }, { 3, 4 } } }).shape);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1, 2 }, dtype: ScalarType.Float32, requires_grad: true).dtype);
        Assert.Equal([1, 0], Values(tensor(new[] { true, false })));
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
        Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));
    }

    [Fact]
    public void Tensors_copy_their_source()
    {
        float[] source = [1, 2];
        Tensor copied = tensor(source);
        Tensor imported = from_array(source);

        source[0] = 9;

        Assert.Equal([1, 2], Values(copied));
        Assert.Equal([1, 2], Values(imported));
        Assert.Equal([2, 3], from_array(new double[2, 3]).shape);
        Assert.Equal(ScalarType.Float32, from_array(new[] { 1.0 }, ScalarType.Float32).dtype);
        Assert.Throws<NotSupportedException>(() => from_array(new[] { "a" }));
        Assert.Equal([1, 2], Values(new[] { 1f, 2f }.ToTensor([2])));
        Assert.Equal(3, 3L.ToTensor().ToInt64());
    }

    [Fact]
    public void Tensors_like_others()
    {
        Tensor x = zeros(2, 3, dtype: ScalarType.Float64);

        Assert.Equal(ScalarType.Float64, ones_like(x).dtype);
        Assert.Equal([2, 3], empty_like(x).shape);
        Assert.Equal(ScalarType.Float32, zeros_like(x, dtype: ScalarType.Float32).dtype);
        Assert.Equal([5, 5, 5, 5, 5, 5], Values(full_like(x, 5)));
        Assert.Equal([2, 3], randn_like(x).shape);
        Assert.Equal([2, 3], x.rand_like().shape);
        Assert.Equal([4], x.new_zeros([4]).shape);
        Assert.Equal(ScalarType.Float64, x.new_empty([4]).dtype);
        Assert.Equal([8, 8], Values(x.new_full([2], 8)));
        Assert.True(x.ones_like(requires_grad: true).requires_grad);
    }

    [Fact]
    public void Default_dtype_rules_new_tensors()
    {
        set_default_dtype(ScalarType.Float64);
        try
        {
            Assert.Equal(ScalarType.Float64, get_default_dtype());
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
            Assert.Equal(ScalarType.Float64, randn(1).dtype);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }
}
