namespace GeoAlign.Models;

/// <summary>How the loss is weighted over noise levels.</summary>
public enum LossWeighting
{
    /// <summary>The weights of <see cref="FlowMatchingTable"/>: largest in the middle, 0 at one end. ReDirector's training.</summary>
    Table,

    /// <summary>All levels count the same.</summary>
    Uniform,
}
