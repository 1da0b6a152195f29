namespace GeoAlign.Rewards;

/// <summary>How much a scorer takes in one request. What is larger is refused before it is read.</summary>
public sealed record ScorerLimits
{
    /// <summary>Most bytes of a request: header and pixels. Default 512 MiB: five clips of 81 frames of 832×480.</summary>
    public long MaxRequestBytes { get; init; } = 512L << 20;

    /// <summary>Most bytes of the header: sizes, paths, prompts.</summary>
    public int MaxHeaderBytes { get; init; } = 4 << 20;

    /// <summary>Most rollouts in a request.</summary>
    public int MaxRollouts { get; init; } = 64;

    /// <summary>Most frames of a video.</summary>
    public int MaxFrames { get; init; } = 4096;

    /// <summary>Largest width or height of a frame.</summary>
    public int MaxSidePixels { get; init; } = 8192;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public ScorerLimits Validated()
    {
        List<string> errors = [];
        if (MaxRequestBytes < 1) errors.Add($"{nameof(MaxRequestBytes)} is {MaxRequestBytes}, must be above 0");
        if (MaxHeaderBytes < 1) errors.Add($"{nameof(MaxHeaderBytes)} is {MaxHeaderBytes}, must be above 0");
        if (MaxRollouts < 1) errors.Add($"{nameof(MaxRollouts)} is {MaxRollouts}, must be above 0");
        if (MaxFrames < 1) errors.Add($"{nameof(MaxFrames)} is {MaxFrames}, must be above 0");
        if (MaxSidePixels < 1) errors.Add($"{nameof(MaxSidePixels)} is {MaxSidePixels}, must be above 0");
        return errors.Count == 0 ? this : throw new ArgumentException("ScorerLimits: " + string.Join("; ", errors) + ".");
    }
}
