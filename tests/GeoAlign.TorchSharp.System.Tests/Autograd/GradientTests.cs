using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Autograd;

public class GradientTests : TorchFacts
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, long[][] Shapes)> Families = new()
    {
        ["sums and products of numbers"] = (x => 2 * x[0] - 1 / (x[0] + 5) + (3 - x[0]) / 2, [[3, 4]]),
        ["broadcast arithmetic"] = (x => x[0] * x[1] - x[0] / (x[1].square() + 1) + x[1], [[3, 4], [4]]),
        ["exponential and logarithm"] = (x => x[0].exp() + (x[0].square() + 1).log() + x[0].expm1() + (x[0].square() + 1).log1p(), [[6]]),
        ["roots and powers"] = (x => (x[0].square() + 1).sqrt() + (x[0].square() + 1).rsqrt() + (x[0].square() + 1).pow(1.7) + x[0].pow(3), [[6]]),
        ["trigonometry"] = (x => x[0].sin() * x[0].cos() + x[0].tanh() + atan2(x[0], x[0].square() + 1), [[6]]),
        ["activations"] = (x => x[0].sigmoid() + x[0].silu() + x[0].gelu() + x[0].gelu(GELU.Approximate.tanh) + x[0].softplus() + x[0].erf(), [[8]]),
        ["abs, relu and clamp"] = (x => x[0].abs() + x[0].relu() + x[0].clamp(-0.5, 0.5) + x[0].maximum(x[1]) + x[0].minimum(x[1]), [[8], [8]]),
        ["lerp and fused products"] = (x => x[0].lerp(x[1], x[2]) + x[0].addcmul(x[1], x[2], 0.3) + x[0].addcdiv(x[1], x[2].square() + 1, 0.7), [[5], [5], [5]]),
        ["softmax"] = (x => x[0].softmax(1) + x[0].log_softmax(0), [[3, 4]]),
        ["sum, mean, variance"] = (x => x[0].sum(dim: 0) + x[0].mean([0]) + x[0].var(0) + x[0].std(0, unbiased: false) + x[0].sum(), [[3, 4]]),
        ["extremes"] = (x => x[0].amax([1]) + x[0].amin([1]) + x[0].max(1).values + x[0].min(1).values, [[3, 4]]),
        ["norms"] = (x => x[0].norm() + x[0].norm(1) + linalg.vector_norm(x[0], 3), [[3, 4]]),
        ["running sums and products"] = (x => x[0].cumsum(1) + x[0].cumprod(0) + x[0].prod(1, keepdim: true), [[3, 4]]),
        ["sort and topk"] = (x => x[0].sort(1).Values * 2 + x[0].topk(4).values, [[3, 4]]),
        ["matmul"] = (x => x[0].matmul(x[1]) + x[0].mm(x[1]), [[3, 4], [4, 5]]),
        ["batched products"] = (x => x[0].bmm(x[1]) + x[2].baddbmm(x[0], x[1], beta: 0.5f, alpha: 2) + x[0].matmul(x[1]), [[2, 3, 4], [2, 4, 5], [2, 3, 5]]),
        ["addmm"] = (x => x[2].addmm(x[0], x[1], beta: 0.5f, alpha: 2), [[3, 4], [4, 5], [3, 5]]),
        ["einsum"] = (x => einsum("bhid,bhjd->bhij", x[0], x[1]), [[1, 2, 3, 4], [1, 2, 5, 4]]),
        ["reshapes"] = (x => x[0].permute(1, 0).reshape(2, 6) + x[0].view(2, 6).flip(1) + x[0].t().contiguous().view(2, 6).roll(1, 1), [[3, 4]]),
        ["joins and splits"] = (x => cat([x[0].chunk(2, 1)[1], x[1].split([1, 3], 1)[0]], 1) + stack(x[0].unbind(1)[..3], 1), [[3, 4], [3, 4]]),
        ["expansion and repetition"] = (x => x[0].expand(3, 4) * x[0].repeat(3, 1) + x[0].repeat_interleave(3, dim: 0).reshape(3, 4), [[1, 4]]),
        ["indexing"] = (x => x[0][1, ..3] + x[0][.., 2] + x[0].index_select(1, tensor([0L, 0, 2]))[0] + x[0].gather(1, tensor([1L, 3, 0], [1, 3]))[0] + x[0][TensorIndex.Tensor(tensor([2L, 0, 2])), 0], [[3, 4]]),
        ["masks"] = (x => where(x[1].gt(0), x[0], x[1]) + x[0].masked_fill(x[1].gt(0.5), 3), [[3, 4], [3, 4]]),
        ["triangles"] = (x => x[0].tril() - x[0].triu(1), [[4, 4]]),
        ["complex rotation"] = (x => view_as_real(view_as_complex(x[0].view(3, 2)) * polar(x[1].exp(), x[1])), [[6], [3]]),
        ["linear"] = (x => F.linear(x[0], x[1], x[2]), [[2, 3, 4], [5, 4], [5]]),
        ["layer norm"] = (x => F.layer_norm(x[0], [4], x[1], x[2], 1e-5), [[2, 3, 4], [4], [4]]),
        ["group norm"] = (x => F.group_norm(x[0], 2, x[1], x[2]), [[2, 4, 3], [4], [4]]),
        ["attention"] = (x => F.scaled_dot_product_attention(x[0], x[1], x[2]), [[1, 2, 3, 4], [1, 2, 5, 4], [1, 2, 5, 4]]),
        ["causal attention"] = (x => F.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true), [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]),
        ["conv2d"] = (x => F.conv2d(x[0], x[1], x[2], strides: [2, 1], padding: [1, 0]), [[1, 2, 5, 4], [3, 2, 3, 2], [3]]),
        ["conv3d"] = (x => F.conv3d(x[0], x[1], x[2], strides: [1, 2, 2]), [[1, 2, 3, 4, 4], [3, 2, 2, 2, 2], [3]]),
        ["transposed conv2d"] = (x => F.conv_transpose2d(x[0], x[1], x[2], strides: [2, 2], padding: [1, 1], output_padding: [1, 1]), [[1, 2, 3, 3], [2, 3, 3, 3], [3]]),
        ["transposed conv3d"] = (x => F.conv_transpose3d(x[0], x[1], x[2], strides: [1, 2, 2]), [[1, 2, 2, 2, 2], [2, 1, 2, 2, 2], [1]]),
        ["pixel shuffle"] = (x => F.pixel_shuffle(x[0], 2) + F.pixel_unshuffle(F.pixel_shuffle(x[0], 2), 2).sum(), [[1, 4, 2, 3]]),
        ["padding"] = (x => F.pad(x[0], (1, 2)) + F.pad(x[0], (1, 2), PaddingModes.Replicate) + F.pad(x[0], (1, 2), PaddingModes.Reflect) + F.pad(x[0], (1, 2), PaddingModes.Circular), [[1, 2, 5]]),
        ["interpolation"] = (x => F.interpolate(x[0], [5, 7], mode: InterpolationMode.Bilinear) + F.interpolate(x[0], [5, 7], mode: InterpolationMode.Bicubic, align_corners: true), [[1, 2, 3, 4]]),
        ["antialiased reduction"] = (x => F.interpolate(x[0], [3, 2], mode: InterpolationMode.Bilinear, antialias: true), [[1, 1, 6, 5]]),
        ["grid sampling"] = (x => F.grid_sample(x[0], x[1].tanh(), align_corners: false), [[1, 2, 4, 4], [1, 3, 2, 2]]),
        ["pooling"] = (x => F.avg_pool2d(x[0], 2) + F.max_pool2d(x[0], 2) + F.adaptive_avg_pool2d(x[0], 2), [[1, 2, 4, 4]]),
        ["patches"] = (x => F.fold(F.unfold(x[0], 2, stride: 2), (4, 4), (2, 2), stride: (2, 2)) * 2, [[1, 2, 4, 4]]),
        ["losses"] = (x => F.mse_loss(x[0], x[1]) + F.l1_loss(x[0], x[1]) + F.huber_loss(x[0], x[1]) + F.smooth_l1_loss(x[0], x[1]) + F.cosine_similarity(x[0], x[1]).sum(), [[3, 4], [3, 4]]),
        ["cross entropy"] = (x => F.cross_entropy(x[0], tensor([1L, 0, 3])), [[3, 4]]),
        ["normalisation of vectors"] = (x => F.normalize(x[0], dim: -1), [[3, 4]]),
        ["inverse, determinant and solve"] = (x => linalg.inv(x[0] + 3 * eye(3)) + linalg.det(x[0]) + linalg.solve(x[0] + 3 * eye(3), x[1]), [[3, 3], [3, 3]]),
        ["cross product"] = (x => linalg.cross(x[0], x[1]), [[2, 3], [2, 3]]),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Agrees_with_central_differences(string name)
    {
        (Func<Tensor[], Tensor> function, long[][] shapes) = Families[name];
        Tensor[] inputs = [.. shapes.Select((shape, i) => Normal(17 + i, shape))];

        FiniteDifferences.Check(function, inputs, what: name);
    }

    [Fact]
    public void Embedding_gradient_counts_its_rows()
    {
        using Embedding table = nn.Embedding(4, 2, padding_idx: 3);

        table.call(tensor([1L, 1, 0, 3])).sum().backward();

        Assert.Equal([1, 1, 2, 2, 0, 0, 0, 0], Values(table.weight.grad!));
        Assert.Equal([0, 0], Values(table.weight[3]));
    }

    [Fact]
    public void Backward_accumulates()
    {
        Tensor x = tensor([2.0, 3.0]).requires_grad_();

        x.square().sum().backward();
        x.square().sum().backward();

        Assert.Equal([8, 12], Values(x.grad!));
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_takes_an_incoming_gradient()
    {
        Tensor x = tensor([2.0, 3.0]).requires_grad_();

        x.square().backward([tensor([1.0, 10.0])]);
        Assert.Equal([4, 60], Values(x.grad!));

        x.grad = null;
        autograd.backward(x.square(), tensor([0.0, 1.0]));
        Assert.Equal([0, 6], Values(x.grad!));
    }

    [Fact]
    public void Backward_into_named_inputs_leaves_others_alone()
    {
        Tensor x = tensor([2.0]).requires_grad_(), y = tensor([3.0]).requires_grad_();

        (x * y).backward(inputs: [y]);

        Assert.Null(x.grad);
        Assert.Equal([2], Values(y.grad!));
    }

    [Fact]
    public void Retained_graph_can_be_used_again()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        Tensor y = x.exp();

        y.backward(retain_graph: true);
        y.backward();

        Near.Equal([2 * Math.Exp(2)], Values(x.grad!), 1e-14);
    }

    [Fact]
    public void Grad_gives_gradients_without_accumulating()
    {
        Tensor x = tensor([2.0, 3.0]).requires_grad_(), unused = ones(1).requires_grad_();

        IList<Tensor> found = autograd.grad([x.square().sum()], [x, unused], allow_unused: true);

        Assert.Equal([4, 6], Values(found[0]));
        Assert.Null(found[1]);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Second_derivative_through_create_graph()
    {
        Tensor x = tensor([2.0]).requires_grad_();

        Tensor first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first], [x])[0];

        Near.Equal([12], Values(first), 1e-13);
        Near.Equal([12], Values(second), 1e-13);
    }

    [Fact]
    public void Leaves_and_retained_gradients()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        Tensor y = x * 3;
        y.retain_grad();

        (y * y).backward();

        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.Equal([12], Values(y.grad!));
        Assert.False(y.detach().requires_grad);
        Assert.True(y.requires_grad);
    }

    [Fact]
    public void Anomaly_mode_names_NaN_gradients()
    {
        Tensor x = tensor([0.0]).requires_grad_();
        using (autograd.detect_anomaly())
        {
            var error = Assert.Throws<global::System.Runtime.InteropServices.ExternalException>(() => (x.sqrt() * 0).sum().backward());
            Assert.Contains("SqrtBackward", error.Message, StringComparison.Ordinal);
        }

        (x.sqrt() * 0).sum().backward();
        Assert.True(double.IsNaN(Values(x.grad!)[0]));
    }
}
