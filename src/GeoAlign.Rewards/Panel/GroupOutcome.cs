using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>What one reward said of one group: per member one score per dimension, the exception behind missing ones, and how the call went.</summary>
internal readonly record struct GroupOutcome(IReadOnlyList<ImmutableArray<RewardScore>> Members, Exception? Exception, RewardCall Call);
