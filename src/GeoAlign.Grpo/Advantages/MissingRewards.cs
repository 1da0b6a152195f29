namespace GeoAlign.Grpo;

/// <summary>What happens to a rollout that lacks a reward of weight above 0. It never counts as zero reward. One of weight 0 changes nothing by being missing.</summary>
public enum MissingRewards
{
    /// <summary>The rollout leaves its group: it enters no mean and no standard deviation, and its advantage is 0. A video whose pose cannot be
    /// estimated is then neither rewarded nor punished for its looks.</summary>
    ExcludeMember,

    /// <summary>Only the missing dimension is neutral (advantage 0 there); the rollout's other rewards count.</summary>
    NeutralDimension,
}
