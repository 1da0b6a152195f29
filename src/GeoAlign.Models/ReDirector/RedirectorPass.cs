using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>What a pass through the network carries beside its residual stream.</summary>
/// <param name="Tokens">Input of the first block: target and condition tokens, <c>[batch, 2S, D]</c>.</param>
/// <param name="TimeEmbedding"><c>[1 or batch, D]</c>, for the head.</param>
/// <param name="TimeProjection"><c>[1 or batch, 6, D]</c>, for the blocks.</param>
/// <param name="Text">Context tokens of the prompt in use.</param>
/// <param name="Context">The condition's tensors.</param>
/// <param name="Shape">Size of the latents.</param>
/// <param name="DataToVelocity">For a network that predicts data: how its prediction becomes a velocity.</param>
internal sealed record RedirectorPass(
    Tensor Tokens, Tensor TimeEmbedding, Tensor TimeProjection, Tensor Text, RedirectorContext Context, LatentShape Shape,
    DataToVelocity? DataToVelocity);
