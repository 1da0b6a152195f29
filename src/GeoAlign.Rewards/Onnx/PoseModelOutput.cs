namespace GeoAlign.Rewards;

/// <summary>Numbers of one run of a pose network, scene after scene, frame after frame, as the network gave them.</summary>
public sealed record PoseModelOutput
{
    /// <summary>Number of scenes (B).</summary>
    public required int Scenes { get; init; }

    /// <summary>Frames of each scene (V).</summary>
    public required int Frames { get; init; }

    /// <summary>Form of the poses.</summary>
    public required PoseFormat Format { get; init; }

    /// <summary>B×V×4 for quaternions, B×V×12 or B×V×16 for matrices.</summary>
    public required ReadOnlyMemory<float> Rotations { get; init; }

    /// <summary>B×V×3 beside quaternions; empty for matrices, which hold the translation.</summary>
    public ReadOnlyMemory<float> Translations { get; init; }

    /// <summary>"metric_scaling_factor", B numbers; empty when the network gives none.</summary>
    public ReadOnlyMemory<float> MetricScale { get; init; }

    /// <summary>"conf", B×V×H×W numbers ≥ 1; empty when the network gives none.</summary>
    public ReadOnlyMemory<float> Confidence { get; init; }

    /// <summary>"valid_mask", B×V×H×W probabilities; empty when the network gives none.</summary>
    public ReadOnlyMemory<float> ValidMask { get; init; }

    /// <summary>"frame_confidence", B×V numbers; empty when the network gives none.</summary>
    public ReadOnlyMemory<float> FrameConfidence { get; init; }
}
