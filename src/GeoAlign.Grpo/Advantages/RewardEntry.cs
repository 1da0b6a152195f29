using System.Globalization;

namespace GeoAlign.Grpo;

/// <summary>One reward of one rollout: a number, or the reason why there is none. Missing is not zero.</summary>
/// <remarks>The default value is missing with the reason "not scored".</remarks>
public readonly record struct RewardEntry
{
    private readonly double _value;
    private readonly string? _reason;

    private RewardEntry(double value, string? reason, bool present) => (_value, _reason, IsPresent) = (value, reason, present);

    /// <summary>Whether there is a number.</summary>
    public bool IsPresent { get; }

    /// <summary>The reward; larger is better.</summary>
    /// <exception cref="InvalidOperationException">The reward is missing.</exception>
    public double Value => IsPresent ? _value : throw new InvalidOperationException($"The reward is missing: {Reason}.");

    /// <summary>Why the reward is missing; null when it is present.</summary>
    public string? Reason => IsPresent ? null : _reason ?? "not scored";

    /// <summary>A reward with a value.</summary>
    public static RewardEntry Of(double value) => new(value, null, true);

    /// <summary>A reward that could not be determined.</summary>
    public static RewardEntry Missing(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new RewardEntry(0, reason, false);
    }

    /// <summary>The number, or "missing (reason)".</summary>
    public override string ToString() => IsPresent ? _value.ToString("R", CultureInfo.InvariantCulture) : $"missing ({Reason})";
}
