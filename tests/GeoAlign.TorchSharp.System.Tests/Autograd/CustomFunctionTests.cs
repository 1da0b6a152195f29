using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Autograd;

public class CustomFunctionTests : TorchFacts
{
    /// <summary>x·y·factor with a hand-written derivative.</summary>
    private sealed class ScaledProduct : autograd.SingleTensorFunction<ScaledProduct>
    {
        public override string Name => nameof(ScaledProduct);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor x, Tensor y, double factor) = ((Tensor)vars[0], (Tensor)vars[1], (double)vars[2]);
            ctx.save_for_backward([x, y]);
            ctx.save_data("factor", factor);
            Assert.False(is_grad_enabled());
            return x * y * factor;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            double factor = (double)ctx.get_data("factor");
            return [grad_output * saved[1] * factor, grad_output * saved[0] * factor, null!];
        }
    }

    /// <summary>eˣ, which saves its own output.</summary>
    private sealed class Exponential : autograd.SingleTensorFunction<Exponential>
    {
        public override string Name => nameof(Exponential);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor y = ((Tensor)vars[0]).exp();
            ctx.save_for_backward([y]);
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0]];
    }

    /// <summary>(x², 3x, x rounded).</summary>
    private sealed class Three : autograd.MultiTensorFunction<Three>
    {
        public static List<Tensor>? Received { get; private set; }

        public override string Name => nameof(Three);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0];
            Tensor rounded = x.round();
            ctx.save_for_backward([x]);
            ctx.mark_non_differentiable([rounded]);
            if (vars.Length > 1) ctx.set_materialize_grads(false);
            return [x.square(), 3 * x, rounded];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            Received = grad_outputs;
            Tensor x = ctx.get_saved_variables()[0];
            Tensor gradient = grad_outputs[0] * 2 * x;
            if (grad_outputs[1] is not null) gradient = gradient + grad_outputs[1] * 3;
            return [gradient, null!];
        }
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new TimeoutException("gone fishing");
    }

    private sealed class WrongCount : autograd.SingleTensorFunction<WrongCount>
    {
        public override string Name => nameof(WrongCount);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [];
    }

    private sealed class PassThrough : autograd.SingleTensorFunction<PassThrough>
    {
        public override string Name => nameof(PassThrough);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0];

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 7];
    }

    private sealed class Holder : autograd.SingleTensorFunction<Holder>
    {
        public override string Name => nameof(Holder);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("state", vars[1]);
            return ((Tensor)vars[0]).clone();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output, null!];
    }

    [Fact]
    public void Gradient_is_the_hand_written_one()
    {
        Tensor x = Normal(1, 3), y = Normal(2, 3);

        FiniteDifferences.Check(v => ScaledProduct.apply(v[0], v[1], 2.5), [x, y]);
    }

    [Fact]
    public void Nothing_is_recorded_without_need()
    {
        Assert.False(ScaledProduct.apply(ones(2), ones(2), 1.0).requires_grad);
        using (no_grad()) Assert.False(ScaledProduct.apply(ones(2, requires_grad: true), ones(2), 1.0).requires_grad);
    }

    [Fact]
    public void Saved_output_gives_first_and_second_derivative()
    {
        Tensor x = tensor([0.5]).requires_grad_();
        Tensor y = Exponential.apply(x);

        Tensor first = autograd.grad([y], [x], create_graph: true)[0];
        Tensor second = autograd.grad([first], [x])[0];

        Near.Equal([Math.Exp(0.5)], Values(first), 1e-15);
        Near.Equal([Math.Exp(0.5)], Values(second), 1e-15);
    }

    [Fact]
    public void Changed_saved_tensor_is_noticed()
    {
        Tensor x = tensor([2.0]).requires_grad_();
        Tensor y = tensor([3.0]);
        Tensor z = ScaledProduct.apply(x, y, 1.0);

        y.add_(1);

        ExternalException error = Assert.Throws<ExternalException>(() => z.backward());
        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_gradients_of_outputs_come_as_zeros()
    {
        Tensor x = tensor([2.0, 5.0]).requires_grad_();
        List<Tensor> outputs = Three.apply(x);

        outputs[0].sum().backward();

        Assert.Equal([4, 10], Values(x.grad!));
        Assert.True(outputs[1].requires_grad);
        Assert.False(outputs[2].requires_grad);
    }

    [Fact]
    public void Missing_gradients_of_outputs_come_as_null_on_request()
    {
        Tensor x = tensor([2.0, 5.0]).requires_grad_();

        Three.apply(x, "no zeros")[0].sum().backward();

        Assert.Null(Three.Received![1]);
        Assert.Equal([4, 10], Values(x.grad!));
    }

    [Fact]
    public void Both_outputs_add_up()
    {
        FiniteDifferences.Check(v =>
        {
            List<Tensor> outputs = Three.apply(v[0]);
            return outputs[0] * outputs[1];
        }, [Normal(1, 4)]);
    }

    [Fact]
    public void Exception_in_backward_is_the_inner_exception()
    {
        Tensor x = ones(2, requires_grad: true);
        Tensor y = Failing.apply(x).sum();

        ExternalException error = Assert.Throws<ExternalException>(() => y.backward());

        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Contains("gone fishing", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, ones(2).sum().ToDouble());
    }

    [Fact]
    public void Exception_passes_through_nested_backwards()
    {
        Tensor x = ones(2, requires_grad: true);

        ExternalException outer = Assert.Throws<ExternalException>(() => Checkpoint.apply(x, (Func<Tensor, Tensor>)(v => Failing.apply(v))).sum().backward());

        ExternalException inner = Assert.IsType<ExternalException>(outer.InnerException);
        Assert.IsType<TimeoutException>(inner.InnerException);
    }

    [Fact]
    public void Surplus_nulls_are_forgiven_and_too_few_gradients_are_not()
    {
        Tensor y = WrongCount.apply(ones(2, requires_grad: true)).sum();

        ExternalException error = Assert.Throws<ExternalException>(() => y.backward());

        Assert.Contains("returned 0 gradients, expected 1", error.Message, StringComparison.Ordinal);
        Three.apply(ones(1, requires_grad: true))[0].sum().backward();
    }

    [Fact]
    public void Input_given_back_as_output_is_an_alias_with_its_own_history()
    {
        Tensor x = tensor([2.0]).requires_grad_();

        Tensor y = PassThrough.apply(x);
        y.backward();

        Assert.NotSame(x, y);
        Assert.True(x.is_leaf);
        Assert.Equal([7], Values(x.grad!));
    }

    [Fact]
    public void State_is_freed_after_backward_and_with_a_dropped_graph()
    {
        WeakReference afterBackward = Recorded(runBackward: true);
        WeakReference afterDrop = Recorded(runBackward: false);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(afterBackward.IsAlive);
        Assert.False(afterDrop.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Recorded(bool runBackward)
    {
        using DisposeScope scope = NewDisposeScope();
        object state = new();
        Tensor y = Holder.apply(ones(2, requires_grad: true), state).sum();
        if (runBackward) y.backward();
        return new WeakReference(state);
    }

    [Fact]
    public void Freed_state_cannot_be_used_again()
    {
        Tensor y = Holder.apply(ones(2, requires_grad: true), "state").sum();
        y.backward();

        Assert.Contains("second time", Assert.Throws<ExternalException>(() => y.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Retained_state_can()
    {
        Tensor x = ones(2, requires_grad: true);
        Tensor y = Holder.apply(x, "state").sum();

        y.backward(retain_graph: true);
        y.backward();

        Assert.Equal([2, 2], Values(x.grad!));
    }
}
