namespace GeoAlign.Models;

/// <summary>How the loss is weighted over noise levels.</summary>
public enum LossWeighting
{
    /// <summary>The weights of <see cref="FlowMatchingTable"/>: largest in the middle, 0 at one end. ReDirector's training.</summary>
    Table,

    /// <summary>All levels count the same.</summary>
    Uniform,

    /// <summary>
    /// max(σ, 0.05)²/(σ² + 0.1): the error of the predicted data (the velocity's times σ) over σ² + 0.1, so that fine detail counts more than
    /// coarse, but not without bound. Ours, for small networks on pixels that predict data.
    /// </summary>
    Data,
}
