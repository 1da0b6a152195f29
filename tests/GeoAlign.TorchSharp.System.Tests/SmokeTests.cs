using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
namespace GeoAlign.TorchSharp.System.Tests;
public class SmokeTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first; private readonly ModuleList<nn.Module<Tensor, Tensor>> l; private readonly Parameter gamma;
        public Net() : base("net") { first = nn.Linear(4, 8); l = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(8, 8), nn.SiLU()); gamma = nn.Parameter(ones(8)); RegisterComponents(); }
        public override Tensor forward(Tensor x) { x = first.call(x); foreach (var m in l) x = m.call(x); return x * gamma; }
    }
    private sealed class Twice : autograd.SingleTensorFunction<Twice>
    {
        public override string Name => "Twice";
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) { var x = (Tensor)vars[0]; ctx.save_for_backward([x]); return x * x; }
        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor g) { var x = ctx.get_saved_variables()[0]; return [g * x * 2.0, null!]; }
    }
    [Fact]
    public void Works()
    {
        torch.set_num_threads(1);
        torch.manual_seed(42);
        var r = torch.randn(4);
        Assert.Equal(0.3367f, r[0].ToSingle(), 4);
        var e = Assert.Throws<ExternalException>(() => torch.ones(2, 3).matmul(torch.ones(2, 3)));
        Assert.Contains("mat1", e.Message);
        var x = torch.randn([2, 3, 4], dtype: float64).requires_grad_();
        var y = Twice.apply(x, 3).sum();
        y.backward();
        Assert.True(x.grad!.allclose(2 * x.detach()));
        using var net = new Net();
        Assert.Equal("gamma first.weight first.bias l.0.weight l.0.bias", string.Join(" ", net.state_dict().Keys));
        var opt = torch.optim.AdamW(net.parameters(), lr: 0.01);
        var loss = F.mse_loss(net.call(torch.randn(5, 4)), torch.zeros(5, 8));
        loss.backward(); opt.step();
        var q = torch.randn(2, 4, 5, 8);
        var a = F.scaled_dot_product_attention(q, q, q);
        Assert.True(a.allclose(q.matmul(q.transpose(-1, -2)).div(Math.Sqrt(8)).softmax(-1).matmul(q), atol: 1e-5));
        Assert.Equal(new long[] { 2, 1, 2, 4 }, x[.., TensorIndex.None, 1..].shape);
        var t = torch.zeros(3, 3); t[1, 2] = 5f; t[0] = 1.0; Assert.Equal(8.0, t.sum().ToDouble());
        t.mul_(2).add_(0.5);
    }
}
