using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>A network as a map of a frame: [1, 1, h, w] or [1, h, w].</summary>
/// <param name="network">The network.</param>
/// <param name="name">What it is called in error messages.</param>
internal sealed class NetworkFrameMap(IFrameNetwork network, string name) : IFrameMap
{
    /// <inheritdoc/>
    public float[] Of(int frame, PlanarImage prepared, CancellationToken stop)
    {
        (int width, int height) = (prepared.Size.WidthPixels, prepared.Size.HeightPixels);
        NetworkTensor map = network.Run([prepared], stop);
        return map.Values.Length == width * height
            ? map.Values
            : throw new InvalidOperationException($"the {name} network answers [{string.Join(", ", map.Shape)}], expected [1, {height}, {width}]");
    }
}
