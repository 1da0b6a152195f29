namespace GeoAlign.Miniature;

/// <summary>Who measures the pose reward.</summary>
internal enum PoseRewardKind
{
    /// <summary>The shipped network, which sees pictures only, through ONNX Runtime.</summary>
    Network,

    /// <summary>The photometric aligner, which knows the room and the start pose.</summary>
    Aligner,
}
