using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A layer of the autoencoder that sees a clip chunk by chunk. Tensors are <c>[1, C, T, H, W]</c>.</summary>
internal abstract class VaeLayer(string name) : nn.Module(name)
{
    /// <summary>
    /// Applies the layer to a chunk. It takes <paramref name="x"/> over and disposes it as soon as it can: at full resolution one
    /// tensor too many is a gigabyte.
    /// </summary>
    public abstract Tensor Apply(Tensor x, ChunkHistory history);
}
