using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>A network as this program sees it: frames in, one tensor out.</summary>
internal interface IFrameNetwork
{
    /// <summary>All that its answers depend on besides the frames.</summary>
    string Identity { get; }

    /// <summary>Runs it on frames of one size.</summary>
    /// <param name="frames">Prepared frames; two for a network of pairs.</param>
    /// <param name="stop">Ends the run early.</param>
    /// <exception cref="InvalidOperationException">The network cannot run on them, or answers with something else than a tensor of finite numbers.</exception>
    NetworkTensor Run(IReadOnlyList<PlanarImage> frames, CancellationToken stop);
}
