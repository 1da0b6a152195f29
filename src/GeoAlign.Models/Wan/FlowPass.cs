using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>What a pass through the network carries beside its residual stream.</summary>
internal sealed record FlowPass
{
    /// <summary>Input of the first block: target tokens, then condition tokens if there are any, <c>[batch, tokens, D]</c>.</summary>
    public required Tensor Tokens { get; init; }

    /// <summary><c>[1 or batch, D]</c>, for the head.</summary>
    public required Tensor TimeEmbedding { get; init; }

    /// <summary><c>[1 or batch, 6, D]</c>, for the blocks.</summary>
    public required Tensor TimeProjection { get; init; }

    /// <summary>Context tokens of the prompt in use; null for a network without text.</summary>
    public Tensor? Text { get; init; }

    /// <summary>Context tokens of the image.</summary>
    public Tensor? Image { get; init; }

    /// <summary>ReDirector: SiLU of the camera tokens of both halves, <c>[1 or batch, 2S, D]</c>.</summary>
    public Tensor? ActivatedCamera { get; init; }

    /// <summary>ReCamMaster: camera pose of every frame of both halves, <c>[1 or batch, 2F, 12]</c>; a constant.</summary>
    public Tensor? Poses { get; init; }

    /// <summary>Rotation by position, a constant.</summary>
    public required PairRotation Position { get; init; }

    /// <summary>Size of the latents.</summary>
    public required LatentShape Shape { get; init; }

    /// <summary>Tokens S of the target, the first of all.</summary>
    public required long TargetTokens { get; init; }

    /// <summary>For a network that predicts data: how its prediction becomes a velocity.</summary>
    public DataToVelocity? DataToVelocity { get; init; }

    /// <summary>The same pass cut from the graph that made it: what depended on trained weights starts a graph of its own.</summary>
    public FlowPass AsLeaves()
    {
        return this with
        {
            Tokens = Leaf(Tokens), TimeEmbedding = Leaf(TimeEmbedding), TimeProjection = Leaf(TimeProjection), Text = Text is null ? null : Leaf(Text),
            Image = Image is null ? null : Leaf(Image),
            ActivatedCamera = ActivatedCamera is null ? null : Leaf(ActivatedCamera),
        };

        static Tensor Leaf(Tensor tensor) => tensor.requires_grad ? tensor.detach().requires_grad_() : tensor;
    }

    /// <summary>Carries the gradients that <paramref name="leaves"/> collected on into the graph of this pass.</summary>
    public void Backward(FlowPass leaves)
    {
        List<Tensor> roots = [], gradients = [];
        foreach ((Tensor? root, Tensor? leaf) in Tensors().Zip(leaves.Tensors()))
        {
            if (root is not { requires_grad: true } || leaf?.grad is not Tensor gradient) continue;
            roots.Add(root);
            gradients.Add(gradient);
        }

        if (roots.Count > 0) autograd.backward(roots, gradients);
    }

    private Tensor?[] Tensors() => [Tokens, TimeEmbedding, TimeProjection, Text, Image, ActivatedCamera];
}
