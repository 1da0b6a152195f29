using System.Collections.Immutable;
using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>A reward in a panel, with what the panel must know to run it.</summary>
/// <param name="Reward">The reward.</param>
public sealed record PanelEntry(IReward Reward)
{
    /// <summary>
    /// λ of each dimension, for whoever combines advantages later; the panel carries them and sums nothing. Empty: 1 for each.
    /// </summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Device memory the reward takes while it runs. 0: none worth counting.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Whether nothing else may run beside it.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Longest time one group may take; beyond it the group's scores are missing. Null: any time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What to do about a call that threw.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PanelEntry Validated()
    {
        ArgumentNullException.ThrowIfNull(Reward);
        string name = Reward.GetType().Name;
        if (Reward.Dimensions.IsDefaultOrEmpty) throw new ArgumentException($"{name} has no dimension.");
        List<string> errors = [];
        if (!Weights.IsDefaultOrEmpty && Weights.Length != Reward.Dimensions.Length) errors.Add($"{Weights.Length} weights for {Reward.Dimensions.Length} dimensions");
        if (!Weights.IsDefaultOrEmpty && Weights.Any(w => !(w >= 0 && double.IsFinite(w)))) errors.Add($"weights are {string.Join(", ", Weights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}, must be finite and not negative");
        if (MemoryBytes < 0) errors.Add($"{nameof(MemoryBytes)} is {MemoryBytes}, must not be negative");
        if (Timeout is { } timeout && !(timeout > TimeSpan.Zero && timeout <= LongestWait.Value)) errors.Add($"{nameof(Timeout)} is {timeout}, must be above 0 and at most {LongestWait.Bound}, or null for any time");
        if (errors.Count > 0) throw new ArgumentException($"PanelEntry of {name}: {string.Join("; ", errors)}.");
        ArgumentNullException.ThrowIfNull(Retry);
        Retry.Validated();
        return this;
    }
}
