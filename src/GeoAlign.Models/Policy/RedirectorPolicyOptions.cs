namespace GeoAlign.Models;

/// <summary>How a ReDirector network acts as a policy.</summary>
public sealed record RedirectorPolicyOptions : FlowPolicyOptions
{
    /// <summary>
    /// Whether the camera phase layers inside self-attention are trained too. Yes by default: they are part of ReDirector's own
    /// trained set. Without effect where another <see cref="FlowPolicyOptions.Selection"/> is given.
    /// </summary>
    public bool TrainPhaseLayers { get; init; } = true;

    internal override WeightSelection Trained =>
        WeightSelection.IsSelfAttention(Selection) && !TrainPhaseLayers ? WeightSelection.SelfAttention(withPhaseLayers: false) : Selection;
}
