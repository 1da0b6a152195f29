using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>Gives every pixel of a frame a number: its depth, or whether it moves. A network, or an artefact.</summary>
internal interface IFrameMap
{
    /// <summary>The numbers of a frame, row by row at the size of <paramref name="prepared"/>.</summary>
    /// <param name="frame">Number of the frame in its video.</param>
    /// <param name="prepared">The frame as networks take it.</param>
    /// <param name="stop">Ends early.</param>
    /// <exception cref="InvalidOperationException">A network cannot answer.</exception>
    /// <exception cref="InvalidDataException">An artefact is damaged or has no such frame.</exception>
    float[] Of(int frame, PlanarImage prepared, CancellationToken stop);
}
