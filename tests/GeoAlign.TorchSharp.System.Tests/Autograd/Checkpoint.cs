using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Autograd;

/// <summary>Activation checkpointing on a custom function: forward keeps the input only, backward computes the segment again.</summary>
internal sealed class Checkpoint : autograd.SingleTensorFunction<Checkpoint>
{
    public override string Name => nameof(Checkpoint);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Func<Tensor, Tensor> segment = (Func<Tensor, Tensor>)vars[1];
        ctx.save_for_backward([(Tensor)vars[0]]);
        ctx.save_data("segment", segment);
        return segment((Tensor)vars[0]);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        Tensor input = ctx.get_saved_variables()[0].detach().requires_grad_();
        using (enable_grad())
        {
            Tensor output = ((Func<Tensor, Tensor>)ctx.get_data("segment"))(input);
            autograd.backward([output], [grad_output]);
        }

        return [input.grad!, null!];
    }
}
