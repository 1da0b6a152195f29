using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>How the scoring of one group by one reward went.</summary>
/// <param name="Reward">Names of the reward's dimensions, separated by commas.</param>
/// <param name="Group">Index of the group.</param>
/// <param name="Attempts">How often the reward was called; 0 when it was still busy with a call that had timed out.</param>
/// <param name="Elapsed">From the first call to the answer, waits between attempts included; waiting for room on the device is not.</param>
/// <param name="TimedOut">Whether the panel gave up after the entry's timeout.</param>
/// <param name="Failures">What each failed attempt threw, in order; empty mostly.</param>
public sealed record RewardCall(string Reward, int Group, int Attempts, TimeSpan Elapsed, bool TimedOut, ImmutableArray<string> Failures);
