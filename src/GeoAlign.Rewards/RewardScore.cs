using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>The score of one rollout in one dimension: a finite number, or missing with the reason. Never a number for a failure.</summary>
/// <remarks>The default value is missing: nothing was scored.</remarks>
public readonly record struct RewardScore
{
    private const string NeverScored = "never scored";

    private readonly double _value;
    private readonly bool _hasValue;
    private readonly string? _reason;

    private RewardScore(double value, bool hasValue, string? reason, string? warning)
    {
        (_value, _hasValue, _reason) = (value, hasValue, reason);
        Warning = warning;
    }

    /// <summary>Whether there is no number.</summary>
    public bool IsMissing => !_hasValue;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The score is missing; the message says why.</exception>
    public double Value => _hasValue ? _value : throw new InvalidOperationException($"The score is missing: {Reason}.");

    /// <summary>Why the score is missing; null when it is there.</summary>
    public string? Reason => _hasValue ? null : _reason ?? NeverScored;

    /// <summary>What a reader of the number should know, for instance that it says nothing; null mostly.</summary>
    public string? Warning { get; }

    /// <summary>A score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static RewardScore Of(double value, string? warning = null) => double.IsFinite(value)
        ? new(value, true, null, warning)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A reward must be a finite number; a failed one is missing, with a reason.");

    /// <summary>No score, and why.</summary>
    /// <exception cref="ArgumentException">No reason is given.</exception>
    public static RewardScore Missing(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(0, false, reason, null);
    }

    /// <summary>The number when there is one.</summary>
    public bool TryGetValue(out double value)
    {
        value = _value;
        return _hasValue;
    }

    /// <summary>The number, invariant culture, or the reason why there is none.</summary>
    public override string ToString() => _hasValue ? _value.ToString("R", CultureInfo.InvariantCulture) : $"missing: {Reason}";
}
