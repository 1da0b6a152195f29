namespace GeoAlign.Rewards;

/// <summary>One number that a reward gives: larger is better.</summary>
/// <param name="Name">Short name, unique within a panel: "trans", "rot", "vis".</param>
/// <param name="Unit">Unit of the number, for instance "−m" for a negated error in metres, or "1" for a plain score.</param>
/// <param name="Description">What it measures, in one sentence.</param>
public sealed record RewardDimension(string Name, string Unit, string Description);
