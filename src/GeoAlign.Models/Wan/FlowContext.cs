using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The tensors of a prepared condition. All come from frozen weights; the camera phases do not and are computed anew in every pass.
/// </summary>
internal sealed class FlowContext : IDisposable
{
    /// <summary>Rotation by position, <c>[1, tokens, 1, d/2]</c>.</summary>
    public required PairRotation Position { get; init; }

    /// <summary>ReDirector: SiLU of the camera tokens of both halves, <c>[1, 2S, D]</c>.</summary>
    public Tensor? ActivatedCamera { get; init; }

    /// <summary>ReCamMaster: camera pose of every frame of both halves, <c>[1, 2F, 12]</c>.</summary>
    public Tensor? Poses { get; init; }

    /// <summary>What is added to the target's patches: camera tokens, and the share of stacked latents, <c>[1, S, D]</c>.</summary>
    public Tensor? AddedToTarget { get; init; }

    /// <summary>Finished input tokens of the condition half, <c>[1, S, D]</c>.</summary>
    public Tensor? ConditionTokens { get; init; }

    /// <summary>Context tokens of the prompt, <c>[1, tokens, D]</c>; null for a network without text.</summary>
    public required Tensor? Text { get; init; }

    /// <summary>Context tokens of the negative prompt.</summary>
    public Tensor? NegativeText { get; init; }

    /// <summary>Context tokens of the image.</summary>
    public Tensor? Image { get; init; }

    /// <summary>Takes the tensors out of the dispose scope they were made in.</summary>
    public FlowContext Keep()
    {
        foreach (Tensor? tensor in Tensors()) tensor?.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor? tensor in Tensors()) tensor?.Dispose();
    }

    private Tensor?[] Tensors() =>
        [Position.Turn, ActivatedCamera, Poses, AddedToTarget, ConditionTokens, Text, NegativeText, Image];
}
