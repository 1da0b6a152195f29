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
    private readonly FlowTransformer _network;
    private readonly FlowPass _pass, _leaves;
    private readonly Tensor[] _inputs;

    private RecomputedVelocity(FlowTransformer network, FlowPass pass, FlowPass leaves, Tensor[] inputs, Tensor value) =>
        (_network, _pass, _leaves, _inputs, Value) = (network, pass, leaves, inputs, value);

    /// <summary>The velocity, outside of any graph.</summary>
    public Tensor Value { get; }

    /// <summary>Forward pass that keeps the input of every block and of the head.</summary>
    /// <remarks>What comes before the first block is recorded where it depends on trained weights, and not run again.</remarks>
    public static RecomputedVelocity Of(
        FlowTransformer network, Tensor latents, ReadOnlySpan<float> timesteps, FlowContext context, LatentShape shape,
        bool negative)
    {
        FlowPass pass = network.Begin(latents, timesteps, context, shape, negative), leaves = pass.AsLeaves();
        using IDisposable noGradient = no_grad();
        Tensor[] inputs = new Tensor[network.Sizes.Layers + 1];
        inputs[0] = leaves.Tokens;
        for (int i = 0; i < network.Sizes.Layers; i++) inputs[i + 1] = network.RunBlock(i, inputs[i], leaves);
        return new RecomputedVelocity(network, pass, leaves, inputs, network.RunHead(inputs[^1], leaves));
    }

    /// <summary>Adds the gradients of Σ v · <paramref name="gradient"/> to those of the trained weights.</summary>
    public void Backward(Tensor gradient)
    {
        using IDisposable withGradient = enable_grad();
        gradient = Backward(_inputs.Length - 1, x => _network.RunHead(x, _leaves), gradient);
        for (int i = _inputs.Length - 2; i >= 0; i--)
        {
            int block = i;
            Tensor next = Backward(block, x => _network.RunBlock(block, x, _leaves), gradient);
            gradient.Dispose();
            gradient = next;
        }

        if (_leaves.Tokens.requires_grad) _leaves.Tokens.grad = gradient;
        _pass.Backward(_leaves);
    }

    private Tensor Backward(int index, Func<Tensor, Tensor> segment, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = _inputs[index].detach().requires_grad_();
        segment(input).backward([gradient]);
        return (input.grad ?? throw new InvalidOperationException("A segment does not depend on its input.")).MoveToOuterDisposeScope();
    }
}
