namespace GeoAlign.Miniature;

/// <summary>Which weights are trained.</summary>
internal enum TrainedPart
{
    /// <summary>The self-attention layers, as the paper says.</summary>
    SelfAttention,

    /// <summary>Every weight of the blocks and of the head, for the ablation.</summary>
    Everything,
}
