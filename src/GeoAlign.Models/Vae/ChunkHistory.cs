using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// What the layers remember of the chunks of one clip that they have seen: at most two frames each, so a clip of any length passes in
/// constant memory.
/// </summary>
internal sealed class ChunkHistory : IDisposable
{
    private readonly Dictionary<nn.Module, Tensor> _frames = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _started = new(ReferenceEqualityComparer.Instance);

    /// <summary>The last frames a layer kept, <c>[1, C, 1 or 2, H, W]</c>, or null before it kept any.</summary>
    public Tensor? FramesOf(nn.Module layer) => _frames.GetValueOrDefault(layer);

    /// <summary>Replaces what a layer remembers by a copy of the last frames of a chunk.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="chunk">Frames to remember the end of; a copy is taken, so the chunk's own memory can go.</param>
    /// <param name="most">Most frames to keep.</param>
    public void Remember(nn.Module layer, Tensor chunk, long most)
    {
        long frames = chunk.shape[2], kept = Math.Min(frames, most);
        using Tensor last = chunk.narrow(2, frames - kept, kept);
        Tensor copy = last.clone().DetachFromDisposeScope();
        if (_frames.Remove(layer, out Tensor? old)) old.Dispose();
        _frames.Add(layer, copy);
    }

    /// <summary>True the first time it is asked for a layer.</summary>
    public bool Starts(nn.Module layer) => _started.Add(layer);

    /// <summary>Forgets everything.</summary>
    public void Dispose()
    {
        foreach (Tensor frames in _frames.Values) frames.Dispose();
        _frames.Clear();
        _started.Clear();
    }
}
