using System.Collections.Immutable;

namespace GeoAlign.Rewards.Tests.Panel;

/// <summary>A reward of one or more dimensions whose scores come from a function of the group; counts its calls.</summary>
internal sealed class FakeReward(string[] names, Func<IReadOnlyList<VideoRollout>, CancellationToken, Task<IReadOnlyList<ImmutableArray<RewardScore>>>> score) : IReward
{
    private int _calls;

    public FakeReward(string name, Func<VideoRollout, double> score)
        : this([name], (group, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>([.. group.Select(r => ImmutableArray.Create(RewardScore.Of(score(r))))]))
    {
    }

    public int Calls => _calls;

    public ImmutableArray<RewardDimension> Dimensions { get; } = [.. names.Select(n => new RewardDimension(n, "1", n))];

    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return await score(rollouts, cancellationToken);
    }

    /// <summary>The same score for every rollout, after something was awaited.</summary>
    public static FakeReward After(string name, double value, Func<CancellationToken, Task> wait) => new([name], async (group, stop) =>
    {
        await wait(stop);
        return [.. group.Select(_ => ImmutableArray.Create(RewardScore.Of(value)))];
    });
}
