using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace GeoAlign.TorchSharp.System.Tests.Interop;

public class ErrorTests : TorchFacts
{
    public static TheoryData<string> Mistakes => [.. Wrong.Keys];

    private static readonly Dictionary<string, Func<Tensor>> Wrong = new()
    {
        ["matmul of shapes that do not fit"] = () => ones(2, 3).matmul(ones(2, 3)),
        ["mm of shapes that do not fit"] = () => ones(2, 3).mm(ones(2, 3)),
        ["bmm of different batches"] = () => ones(2, 3, 4).bmm(ones(3, 4, 5)),
        ["add of shapes that do not broadcast"] = () => ones(2, 3) + ones(2, 4),
        ["in-place add that would grow"] = () => ones(3).add_(ones(2, 3)),
        ["conv2d with wrong channels"] = () => F.conv2d(ones(1, 3, 8, 8), ones(4, 2, 3, 3)),
        ["conv3d with wrong rank"] = () => F.conv3d(ones(3, 8), ones([4, 3, 1, 1, 1])),
        ["index beyond the end"] = () => ones(3)[5],
        ["index tensor beyond the end"] = () => ones(3)[tensor([0L, 7L])],
        ["view with wrong count"] = () => ones(6).view(4, 2),
        ["reshape with wrong count"] = () => ones(6).reshape(4, 2),
        ["cat of shapes that do not fit"] = () => cat([ones(2, 3), ones(2, 4)], 0),
        ["einsum with an unknown form"] = () => einsum("ij,jk->", ones(2, 3)),
        ["softmax along a missing dimension"] = () => ones(3).softmax(4),
        ["layer norm over another shape"] = () => F.layer_norm(ones(2, 3), [4]),
        ["attention with other head size"] = () => F.scaled_dot_product_attention(ones(1, 2, 3, 4), ones(1, 2, 3, 5), ones(1, 2, 3, 5)),
        ["inverse of a singular matrix"] = () => linalg.inv(zeros(3, 3)),
        ["to an absent device"] = () => ones(3).to(CUDA),
        ["squeeze of a missing dimension"] = () => ones(3).squeeze(3),
        ["expand of a dimension that is not 1"] = () => ones(3).expand(4),
        ["in-place change of a leaf that needs a gradient"] = () => ones(3, requires_grad: true).add_(1),
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void Arrives_as_ExternalException_and_the_process_lives(string mistake)
    {
        ExternalException error = Assert.Throws<ExternalException>(Wrong[mistake]);

        Assert.False(string.IsNullOrWhiteSpace(error.Message));
        Assert.Equal(6, ones(2, 3).sum().ToDouble());
    }

    [Fact]
    public void Message_names_the_shapes_and_has_no_backtrace()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));

        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_without_a_graph_is_an_error()
    {
        Assert.Throws<ExternalException>(() => ones(1).backward());
        Assert.Throws<ExternalException>(() => ones(3, requires_grad: true).mul(2).backward());
    }

    [Fact]
    public void Backward_twice_through_freed_buffers_is_an_error()
    {
        Tensor x = ones(3, requires_grad: true);
        Tensor y = x.exp().sum();
        y.backward();

        ExternalException error = Assert.Throws<ExternalException>(() => y.backward());

        Assert.Contains("second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_thread_has_its_own_error()
    {
        string[] messages = new string[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            for (int round = 0; round < 10; round++)
            {
                using Tensor a = ones(2, 3 + i);
                messages[i] = Assert.Throws<ExternalException>(() => a.matmul(a)).Message;
            }
        }))];

        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        for (int i = 0; i < 4; i++) Assert.Contains($"2x{3 + i}", messages[i], StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_operator_is_named()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => Aten.Call("no_such_operator", ones(1)));

        Assert.Contains("aten::no_such_operator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_kind_or_number_of_arguments_is_an_error()
    {
        Assert.Throws<ExternalException>(() => Aten.Call("matmul", ones(2), 3L));
        Assert.Throws<ExternalException>(() => Aten.Call("matmul", ones(2)));
        Assert.Throws<ExternalException>(() => Aten.Call("exp", ones(2), ones(2)));
    }

    [Fact]
    public void Use_after_Dispose_is_an_error()
    {
        Tensor x = ones(3);
        x.Dispose();
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Throws<ObjectDisposedException>(() => x.shape);
    }
}
