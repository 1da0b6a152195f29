namespace GeoAlign.Rewards;

/// <summary>Settings of the client of a remote scorer.</summary>
public sealed record HttpRewardOptions
{
    /// <summary>Longest time of one request, from its first byte to the last of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most rollouts in one request; the scorer's own limit counts as well. Larger groups become several requests.</summary>
    public int MaxRolloutsPerRequest { get; init; } = 64;

    /// <summary>Most bytes of one request; the scorer's own limit counts as well.</summary>
    public long MaxRequestBytes { get; init; } = 512L << 20;

    /// <summary>Most bytes of an answer; one that is longer is refused.</summary>
    public int MaxResponseBytes { get; init; } = 4 << 20;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public HttpRewardOptions Validated()
    {
        List<string> errors = [];
        if (!(Timeout > TimeSpan.Zero && Timeout <= LongestWait.Value)) errors.Add($"{nameof(Timeout)} is {Timeout}, must be above 0 and at most {LongestWait.Bound}");
        if (MaxRolloutsPerRequest < 1) errors.Add($"{nameof(MaxRolloutsPerRequest)} is {MaxRolloutsPerRequest}, must be above 0");
        if (MaxRequestBytes < 1) errors.Add($"{nameof(MaxRequestBytes)} is {MaxRequestBytes}, must be above 0");
        if (MaxResponseBytes < 1) errors.Add($"{nameof(MaxResponseBytes)} is {MaxResponseBytes}, must be above 0");
        return errors.Count == 0 ? this : throw new ArgumentException("HttpRewardOptions: " + string.Join("; ", errors) + ".");
    }
}
