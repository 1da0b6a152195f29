namespace GeoAlign.Rewards;

/// <summary>How a panel shares the machine among its rewards.</summary>
public sealed record PanelOptions
{
    /// <summary>Most rewards at work at one time. 1: one after the other, in the order of the panel; the default.</summary>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>Device memory for all rewards at work together; those that do not fit wait. Null: not counted.</summary>
    public long? MemoryBudgetBytes { get; init; }

    /// <summary>How long a reward may take to stop after its timeout, before the panel goes on without it.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Clock of timeouts, delays and reported times.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PanelOptions Validated()
    {
        List<string> errors = [];
        if (MaxConcurrency < 1) errors.Add($"{nameof(MaxConcurrency)} is {MaxConcurrency}, must be at least 1");
        if (MemoryBudgetBytes is { } budget && budget <= 0) errors.Add($"{nameof(MemoryBudgetBytes)} is {budget}, must be above 0");
        if (StopGrace < TimeSpan.Zero || StopGrace > LongestWait.Value) errors.Add($"{nameof(StopGrace)} is {StopGrace}, must be from 0 to {LongestWait.Bound}");
        if (TimeProvider is null) errors.Add($"{nameof(TimeProvider)} is null");
        return errors.Count == 0 ? this : throw new ArgumentException("PanelOptions: " + string.Join("; ", errors) + ".");
    }
}
