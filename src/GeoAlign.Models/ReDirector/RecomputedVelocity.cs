using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A velocity whose backward pass runs every block a second time instead of keeping its activations.</summary>
/// <remarks>
/// Chen, Xu, Zhang, Guestrin 2016, "Training deep nets with sublinear memory cost", with one segment per block: between the passes only
/// the input of each block is kept. Tensors belong to the dispose scope that is current when the object is made.
/// </remarks>
internal sealed class RecomputedVelocity
{
    private readonly RedirectorTransformer _network;
    private readonly RedirectorPass _pass;
    private readonly Tensor[] _inputs;

    private RecomputedVelocity(RedirectorTransformer network, RedirectorPass pass, Tensor[] inputs, Tensor value) =>
        (_network, _pass, _inputs, Value) = (network, pass, inputs, value);

    /// <summary>The velocity, outside of any graph.</summary>
    public Tensor Value { get; }

    /// <summary>Forward pass that keeps the input of every block and of the head.</summary>
    public static RecomputedVelocity Of(
        RedirectorTransformer network, Tensor latents, float timestep, RedirectorCondition condition, bool negative)
    {
        using IDisposable noGradient = no_grad();
        RedirectorPass pass = network.Begin(latents, [timestep], condition.For(network), condition.Shape, negative);
        Tensor[] inputs = new Tensor[network.Config.Layers + 1];
        inputs[0] = pass.Tokens;
        for (int i = 0; i < network.Config.Layers; i++) inputs[i + 1] = network.RunBlock(i, inputs[i], pass);
        return new RecomputedVelocity(network, pass, inputs, network.RunHead(inputs[^1], pass));
    }

    /// <summary>Adds the gradients of Σ v · <paramref name="gradient"/> to those of the trained weights.</summary>
    public void Backward(Tensor gradient)
    {
        using IDisposable withGradient = enable_grad();
        gradient = Backward(_inputs.Length - 1, x => _network.RunHead(x, _pass), gradient);
        for (int i = _inputs.Length - 2; i >= 0; i--)
        {
            int block = i;
            Tensor next = Backward(block, x => _network.RunBlock(block, x, _pass), gradient);
            gradient.Dispose();
            gradient = next;
        }
    }

    private Tensor Backward(int index, Func<Tensor, Tensor> segment, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = _inputs[index].detach().requires_grad_();
        segment(input).backward([gradient]);
        return (input.grad ?? throw new InvalidOperationException("A segment does not depend on its input.")).MoveToOuterDisposeScope();
    }
}
