using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>A case as the network sees it.</summary>
/// <param name="Case">Start, paths.</param>
/// <param name="Prepared">The network's encoding of it.</param>
internal sealed record MiniatureCondition(MiniatureCase Case, RedirectorCondition Prepared) : IDisposable
{
    public static MiniatureCondition Of(MiniatureCase item, RedirectorTransformer network, RoomRenderer renderer) =>
        new(item, network.Prepare(MiniatureInputs.Of(item, renderer)));

    public void Dispose() => Prepared.Dispose();
}
