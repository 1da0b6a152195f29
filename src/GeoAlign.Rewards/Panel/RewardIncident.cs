namespace GeoAlign.Rewards;

/// <summary>Something a reader of the scores should know: a score that is missing, or one that carries a warning.</summary>
/// <param name="Dimension">Name of the reward dimension.</param>
/// <param name="Group">Index of the group.</param>
/// <param name="Member">Index of the rollout in its group.</param>
/// <param name="IsMissing">Whether there is no score; otherwise there is one, with a warning.</param>
/// <param name="Message">The reason or the warning.</param>
/// <param name="Exception">What the reward threw, when it did.</param>
public sealed record RewardIncident(string Dimension, int Group, int Member, bool IsMissing, string Message, Exception? Exception = null);
