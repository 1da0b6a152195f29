using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Modules;

/// <summary>Values of layers against plain loops or closed forms, in double.</summary>
public class LayerTests : TorchFacts
{
    private static T Double<T>(T module) where T : nn.Module => module.to(ScalarType.Float64);

    [Fact]
    public void Linear_is_x_times_W_transposed_plus_b()
    {
        using Linear layer = Double(nn.Linear(3, 2));
        Tensor x = Normal(1, 4, 3);
        double[] w = Values(layer.weight), b = Values(layer.bias!), v = Values(x);
        double[] expected = new double[8];
        for (int i = 0; i < 4; i++)
        for (int o = 0; o < 2; o++)
            expected[i * 2 + o] = b[o] + Enumerable.Range(0, 3).Sum(k => v[i * 3 + k] * w[o * 3 + k]);

        Near.Equal(expected, Values(layer.call(x)), 1e-14);
        Assert.Equal((3, 2), (layer.in_features, layer.out_features));
        Assert.Null(nn.Linear(3, 2, hasBias: false).bias);
        Assert.Equal(2, nn.Linear(nn.Parameter(ones(2, 5))).out_features);
    }

    [Fact]
    public void Linear_starts_within_the_inverse_root_of_its_inputs()
    {
        using Linear layer = nn.Linear(400, 300);

        double bound = 1 / Math.Sqrt(400);
        Assert.InRange(layer.weight.abs().max().ToDouble(), 0.99 * bound, bound);
        Assert.InRange(layer.bias!.abs().max().ToDouble(), 0.9 * bound, bound);
        Assert.InRange(layer.weight.var().ToDouble(), 0.97 * bound * bound / 3, 1.03 * bound * bound / 3);
    }

    [Fact]
    public void Layer_norm_uses_the_biased_variance()
    {
        using LayerNorm layer = Double(nn.LayerNorm(4, eps: 1e-3));
        using (no_grad()) layer.weight!.copy_(tensor([1.0, 2, 3, 4]));
        using (no_grad()) layer.bias!.fill_(0.5);
        double[] v = [1, 2, 4, 9];
        double mean = v.Average(), variance = v.Select(x => (x - mean) * (x - mean)).Average();

        Near.Equal([.. v.Select((x, i) => (x - mean) / Math.Sqrt(variance + 1e-3) * (i + 1) + 0.5)], Values(layer.call(tensor(v))), 1e-14);
        Assert.Empty(nn.LayerNorm(4, elementwise_affine: false).parameters());
        Assert.Equal(["weight"], nn.LayerNorm([2, 4], bias: false).named_parameters().Select(p => p.name));
    }

    [Fact]
    public void Group_norm_normalises_each_group_of_channels()
    {
        using GroupNorm layer = Double(nn.GroupNorm(2, 4));
        Tensor x = Normal(1, 1, 4, 3);
        double[] v = Values(x);
        double[] expected = new double[12];
        for (int g = 0; g < 2; g++)
        {
            double[] part = v[(g * 6)..(g * 6 + 6)];
            double mean = part.Average(), variance = part.Select(p => (p - mean) * (p - mean)).Average();
            for (int i = 0; i < 6; i++) expected[g * 6 + i] = (part[i] - mean) / Math.Sqrt(variance + 1e-5);
        }

        Near.Equal(expected, Values(layer.call(x)), 1e-14);
    }

    [Theory]
    [InlineData(1, 0, 1, 1), InlineData(2, 1, 1, 1), InlineData(1, 2, 2, 1), InlineData(1, 1, 1, 2)]
    public void Conv2d_agrees_with_the_loop(int stride, int padding, int dilation, int groups)
    {
        using Conv2d layer = Double(nn.Conv2d(2, 4, (3, 2), stride: (stride, stride), padding: (padding, padding), dilation: (dilation, dilation), groups: groups));
        Tensor x = Normal(1, 2, 2, 7, 6);

        Tensor y = layer.call(x);

        double[] expected = new double[y.numel()];
        double[] v = Values(x), w = Values(layer.weight), b = Values(layer.bias!);
        (int oh, int ow, int cpg) = ((int)y.size(2), (int)y.size(3), 2 / groups);
        for (int n = 0; n < 2; n++)
        for (int o = 0; o < 4; o++)
        for (int r = 0; r < oh; r++)
        for (int c = 0; c < ow; c++)
        {
            double sum = b[o];
            for (int i = 0; i < cpg; i++)
            for (int kr = 0; kr < 3; kr++)
            for (int kc = 0; kc < 2; kc++)
            {
                (int row, int column) = (r * stride - padding + kr * dilation, c * stride - padding + kc * dilation);
                if (row < 0 || row >= 7 || column < 0 || column >= 6) continue;
                int channel = o / (4 / groups) * cpg + i;
                sum += v[((n * 2 + channel) * 7 + row) * 6 + column] * w[((o * cpg + i) * 3 + kr) * 2 + kc];
            }

            expected[((n * 4 + o) * oh + r) * ow + c] = sum;
        }

        Near.Equal(expected, Values(y), 1e-13);
    }

    [Fact]
    public void Conv3d_with_kernel_equal_to_stride_is_a_patch_embedding()
    {
        using Conv3d layer = Double(nn.Conv3d(3, 5, (1, 2, 2), stride: (1, 2, 2)));
        Tensor x = Normal(1, 2, 3, 4, 6, 8);

        Tensor patches = x.view(2, 3, 4, 3, 2, 4, 2).permute(0, 2, 3, 5, 1, 4, 6).reshape(2, 4 * 3 * 4, 12);
        Tensor expected = F.linear(patches, layer.weight.view(5, 12), layer.bias);

        Near.Equal(Values(expected), Values(layer.call(x).flatten(2).transpose(1, 2)), 1e-13);
        Assert.Equal((3, 5), (layer.in_channels, layer.out_channels));
        Assert.Equal([1, 2, 2], layer.kernel_size);
        Assert.Equal([1, 2, 2], layer.stride);
        Assert.Equal([0, 0, 0], layer.padding);
        Assert.Equal([1, 1, 1], layer.dilation);
        Assert.Equal(1, layer.groups);
    }

    [Fact]
    public void Conv2d_pads_by_name_and_mode()
    {
        Tensor x = Normal(1, 1, 2, 5, 5);

        using Conv2d same = Double(nn.Conv2d(2, 3, 3, Padding.Same));
        Assert.Equal([1, 3, 5, 5], same.call(x).shape);
        Near.Equal(Values(F.conv2d(x, same.weight, same.bias, padding: [1, 1])), Values(same.call(x)), 0);
        using Conv2d valid = Double(nn.Conv2d(2, 3, (3, 3), Padding.Valid));
        Assert.Equal([1, 3, 3, 3], valid.call(x).shape);
        using Conv2d circular = Double(nn.Conv2d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Circular));
        Near.Equal(
            Values(F.conv2d(cat([x[.., .., .., ^1..], x, x[.., .., .., ..1]], 3) is var wide ? cat([wide[.., .., ^1..], wide, wide[.., .., ..1]], 2) : x, circular.weight, circular.bias)),
            Values(circular.call(x)), 1e-14);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(2, 3, 3, Padding.Same, stride: 2));
    }

    [Fact]
    public void Transposed_convolution_is_the_adjoint()
    {
        // <conv(x), y> = <x, convT(y)> with the same weight and no bias.
        using ConvTranspose2d up = Double(nn.ConvTranspose2d(3, 2, 3, stride: 2, padding: 1, bias: false));
        Tensor y = Normal(1, 1, 3, 4, 4), x = Normal(2, 1, 2, 7, 7);

        Tensor back = up.call(y);

        Assert.Equal([1, 2, 7, 7], back.shape);
        Near.Equal([(F.conv2d(x, up.weight, strides: [2, 2], padding: [1, 1]) * y).sum().ToDouble()], [(x * back).sum().ToDouble()], 1e-12);
        using ConvTranspose3d cube = nn.ConvTranspose3d(2, 4, (1, 2, 2), stride: (1, 2, 2));
        Assert.Equal([1, 4, 3, 8, 8], cube.call(ones([1, 2, 3, 4, 4])).shape);
    }

    [Fact]
    public void Embedding_takes_rows()
    {
        using Embedding table = nn.Embedding(5, 3);

        Tensor rows = table.call(tensor([4L, 0, 4]));

        Assert.Equal([3, 3], rows.shape);
        Assert.Equal(Values(table.weight[4]), Values(rows[2]));
    }

    [Fact]
    public void Activations_are_the_functions_of_that_name()
    {
        Tensor x = Normal(1, 10);

        Near.Equal(Values(x.silu()), Values(nn.SiLU().call(x)), 0);
        Near.Equal(Values(x.relu()), Values(nn.ReLU().call(x)), 0);
        Near.Equal(Values(x.sigmoid()), Values(nn.Sigmoid().call(x)), 0);
        Near.Equal(Values(x.tanh()), Values(nn.Tanh().call(x)), 0);
        Near.Equal(Values(x.gelu()), Values(nn.GELU().call(x)), 0);
        Near.Equal(Values(x.gelu(GELU.Approximate.tanh)), Values(nn.GELU(GELU.Approximate.tanh).call(x)), 0);
        Near.Equal(Values(x.softmax(0)), Values(nn.Softmax(0).call(x)), 0);
        Near.Equal(Values(x), Values(nn.Identity().call(x)), 0);
        Tensor y = x.clone();
        nn.ReLU(inplace: true).call(y);
        nn.SiLU(inplace: true).call(y);
        Near.Equal(Values(x.relu().silu()), Values(y), 0);
    }

    [Fact]
    public void Dropout_works_only_while_training()
    {
        using Dropout layer = nn.Dropout(0.25);
        manual_seed(1);

        Tensor dropped = layer.call(ones(10_000));
        layer.eval();

        Assert.Equal(
            [0, 4.0 / 3],
            Values(dropped.@double()).Select(v => Math.Round(v, 6)).Distinct().Order().Select(v => v == 0 ? 0 : 4.0 / 3));
        // 5 standard errors of a coin with p = 0.25
        Assert.InRange(dropped.eq(0).sum().ToDouble() / 10_000, 0.25 - 0.022, 0.25 + 0.022);
        Assert.Equal(1, layer.call(ones(100)).min().ToDouble());
        Assert.Equal(1, F.dropout(ones(100), p: 0.5, training: false).min().ToDouble());
    }

    [Fact]
    public void Attention_is_softmax_of_scaled_scores()
    {
        Tensor q = Normal(1, 2, 3, 4, 8), k = Normal(2, 2, 3, 6, 8), v = Normal(3, 2, 3, 6, 5);
        Tensor scores = q.matmul(k.transpose(-1, -2)) / Math.Sqrt(8);

        Near.Equal(Values(scores.softmax(-1).matmul(v)), Values(F.scaled_dot_product_attention(q, k, v)), 1e-14);

        Tensor allowed = (arange(6).unsqueeze(0) <= arange(4).unsqueeze(1)).expand(4, 6);
        Tensor masked = scores.masked_fill(~allowed, double.NegativeInfinity);
        Near.Equal(Values(masked.softmax(-1).matmul(v)), Values(F.scaled_dot_product_attention(q, k, v, attn_mask: allowed)), 1e-14);

        Tensor bias = Normal(4, 4, 6);
        Near.Equal(Values((scores + bias).softmax(-1).matmul(v)), Values(F.scaled_dot_product_attention(q, k, v, attn_mask: bias)), 1e-14);

        Near.Equal(
            Values(F.scaled_dot_product_attention(k, k, v, attn_mask: ones(6, 6).tril().@bool())),
            Values(F.scaled_dot_product_attention(k, k, v, is_casual: true)), 1e-14);
    }

    [Fact]
    public void Layers_run_in_bfloat16_and_agree_to_its_precision()
    {
        manual_seed(3);
        using Sequential network = nn.Sequential(nn.LayerNorm(32), nn.Linear(32, 64), nn.GELU(GELU.Approximate.tanh), nn.Linear(64, 32));
        Tensor x = randn(1, 2, 16, 32);
        Tensor exact = F.scaled_dot_product_attention(network.call(x), x, x);

        network.bfloat16();
        Tensor y = x.bfloat16();
        Tensor rounded = F.scaled_dot_product_attention(network.call(y), y, y);

        Assert.Equal(ScalarType.BFloat16, rounded.dtype);
        // Four layers, each rounded to 8 bits: a few times 2^-8 of values of size 1.
        Near.Equal(Values(exact), Values(rounded), 4.0 / 256, 4.0 / 256);
        Tensor image = randn(1, 3, 9, 9).bfloat16();
        using Conv2d convolution = nn.Conv2d(3, 4, 3).bfloat16();
        Assert.Equal([1, 4, 7, 7], convolution.call(image).shape);
    }

    [Fact]
    public void Bilinear_interpolation_blends_neighbours()
    {
        Tensor x = tensor([0.0, 1, 2, 3]).view(1, 1, 2, 2);

        Near.Equal([0, 1, 2, 3], Values(F.interpolate(x, [2, 2], mode: InterpolationMode.Bilinear)), 0);
        Near.Equal([0, 0.25, 0.75, 1], Values(F.interpolate(x, [2, 4], mode: InterpolationMode.Bilinear)[0, 0, 0]), 1e-15);
        Near.Equal(
            [0, 1.0 / 3, 2.0 / 3, 1],
            Values(F.interpolate(x, [2, 4], mode: InterpolationMode.Bilinear, align_corners: true)[0, 0, 0]), 1e-15);
        Near.Equal([0, 0, 1, 1], Values(F.interpolate(x, scale_factor: [1, 2])[0, 0, 0]), 0);
        Near.Equal([0, 0, 1, 1], Values(F.interpolate(x, [2, 4], mode: InterpolationMode.NearestExact)[0, 0, 0]), 0);
        Near.Equal([1.5], Values(F.interpolate(x, [1], mode: InterpolationMode.Area)), 0);
        Assert.Equal(
            [1, 1, 4, 6],
            F.interpolate(x, scale_factor: [2, 3], mode: InterpolationMode.Bicubic, recompute_scale_factor: true).shape);
        Assert.Equal([1, 2, 6], F.interpolate(ones(1, 2, 3), [6], mode: InterpolationMode.Linear).shape);
        Assert.Equal([1, 1, 4, 4, 4], F.interpolate(ones([1, 1, 2, 2, 2]), [4], mode: InterpolationMode.Trilinear).shape);
        Assert.Equal([1, 1, 4, 4], nn.Upsample(scale_factor: [2]).call(x).shape);
        Assert.Throws<ArgumentException>(() => F.interpolate(x));
        Assert.Throws<ArgumentException>(() => F.interpolate(x, [2, 2], [2.0]));
        Assert.Throws<ArgumentException>(() => F.interpolate(x, [2, 2, 2]));
        Assert.Throws<ArgumentException>(() => F.interpolate(x, [1, 1], antialias: true));
    }

    [Fact]
    public void Antialiased_reduction_by_two_is_the_triangle_filter()
    {
        // Triangle of half width 2 at the centre 2i + ½ of each output: weights 1 3 3 1 over 8 away from the borders.
        Tensor x = zeros(1, 1, 1, 8, dtype: ScalarType.Float64);
        x[0, 0, 0, 3] = 8.0;

        Tensor y = F.interpolate(x.expand(1, 1, 2, 8), [2, 4], mode: InterpolationMode.Bilinear, antialias: true);

        Near.Equal([0, 3, 1, 0], Values(y[0, 0, 0]), 1e-12);
    }

    [Fact]
    public void Grid_sample_at_pixel_centres_gives_the_pixels()
    {
        Tensor image = arange(6, dtype: ScalarType.Float64).view(1, 1, 2, 3);
        // align_corners: false puts pixel i of n at (2 i + 1)/n − 1.
        Tensor grid = tensor([-2.0 / 3, -0.5, 2.0 / 3, 0.5, 0, 0, -3, 0], [1, 1, 4, 2]);

        Near.Equal([0, 5, 2.5, 0], Values(F.grid_sample(image, grid)), 1e-15);
        Near.Equal(
            [0, 5, 2.5, 1.5],
            Values(F.grid_sample(image, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false)), 1e-15);
        Near.Equal([0, 5], Values(F.grid_sample(image, grid, mode: GridSampleMode.Nearest)).AsSpan(0, 2), 0);
        Near.Equal(
            [0, 2, 3, 5], Values(F.grid_sample(image, tensor([-1.0, -1, 1, -1, -1, 1, 1, 1], [1, 1, 4, 2]), align_corners: true)),
            1e-15);
    }

    [Fact]
    public void Padding_modes()
    {
        Tensor x = tensor([1.0, 2, 3]).view(1, 1, 3);

        Assert.Equal([9, 1, 2, 3, 9, 9], Values(F.pad(x, (1, 2), value: 9)));
        Assert.Equal([0, 1, 2, 3, 0, 0], Values(F.pad(x, (1, 2), PaddingModes.Zeros, 9)));
        Assert.Equal([2, 1, 2, 3, 2, 1], Values(F.pad(x, (1, 2), PaddingModes.Reflect)));
        Assert.Equal([1, 1, 2, 3, 3, 3], Values(F.pad(x, (1, 2), PaddingModes.Replicate)));
        Assert.Equal([3, 1, 2, 3, 1, 2], Values(F.pad(x, (1, 2), PaddingModes.Circular)));
        Assert.Equal([1, 2], Values(F.pad(x, [0, -1])));
        Assert.Equal([1, 4, 8], F.pad(x, (2, 3, 1, 2)).shape);
        Assert.Equal([1, 1, 5], F.pad(x, 1).shape);
        Assert.Equal([1, 3, 9], nn.ZeroPad2d((1, 5, 1, 1)).call(x).shape);
        Assert.Equal([1, 3, 5], nn.ZeroPad2d(1).call(x).shape);
    }

    [Fact]
    public void Pixel_shuffle_moves_channels_into_space()
    {
        Tensor x = arange(8, dtype: ScalarType.Float64).view(1, 4, 1, 2);

        Assert.Equal([0, 2, 1, 3, 4, 6, 5, 7], Values(F.pixel_shuffle(x, 2)));
        Assert.Equal(Values(x), Values(F.pixel_unshuffle(F.pixel_shuffle(x, 2), 2)));
    }

    [Fact]
    public void Pooling()
    {
        Tensor x = arange(16, dtype: ScalarType.Float64).view(1, 1, 4, 4);

        Assert.Equal([5, 7, 13, 15], Values(F.max_pool2d(x, 2)));
        Assert.Equal([5, 6, 7, 9, 10, 11, 13, 14, 15], Values(F.max_pool2d(x, (2, 2), stride: (1, 1))));
        Assert.Equal([2.5, 4.5, 10.5, 12.5], Values(F.avg_pool2d(x, 2)));
        Assert.Equal([7.5], Values(F.adaptive_avg_pool2d(x, 1)));
        Assert.Equal([3.5, 11.5], Values(F.adaptive_avg_pool2d(x, (2, 1))));
        Assert.Equal([1, 4, 4], F.unfold(x, 2, stride: 2).shape);
    }

    [Fact]
    public void Losses_reduce_as_asked()
    {
        Tensor x = tensor([1.0, 4.0]), y = tensor([2.0, 1.0]);

        Near.Equal([5], Values(F.mse_loss(x, y)), 1e-15);
        Near.Equal([10], Values(F.mse_loss(x, y, reduction: nn.Reduction.Sum)), 1e-15);
        Near.Equal([1, 9], Values(F.mse_loss(x, y, nn.Reduction.None)), 1e-15);
        Near.Equal([2], Values(F.l1_loss(x, y)), 1e-15);
        Near.Equal([0.5, 2.5], Values(F.huber_loss(x, y, delta: 1, reduction: nn.Reduction.None)), 1e-15);
        Near.Equal([0.25, 2], Values(F.smooth_l1_loss(x, y, nn.Reduction.None, beta: 2)), 1e-15);
        Near.Equal([6 / Math.Sqrt(85)], Values(F.cosine_similarity(x, y, dim: 0)), 1e-14);
        Near.Equal([Math.Log(1 + Math.Exp(-3))], Values(F.cross_entropy(x.unsqueeze(0), tensor([1L]))), 1e-14);
        Near.Equal([0.6, 0.8], Values(F.normalize(tensor([3.0, 4.0]), dim: 0)), 1e-15);
        Assert.Equal([0, 1, 0, 1, 0, 0], Values(F.one_hot(tensor([1L, 0]), 3)));
    }
}
