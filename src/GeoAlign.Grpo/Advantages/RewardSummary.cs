namespace GeoAlign.Grpo;

/// <summary>One reward of one iteration in numbers for a log.</summary>
/// <param name="Dimension">Name of the reward.</param>
/// <param name="Mean">Mean over all rollouts that have it; null when none has.</param>
/// <param name="Std">Population standard deviation over the same rollouts; null when none has it.</param>
/// <param name="Missing">Rollouts that lack it.</param>
/// <param name="TiedGroups">Share of groups whose members do not differ in it.</param>
public sealed record RewardSummary(string Dimension, double? Mean, double? Std, int Missing, double TiedGroups);
