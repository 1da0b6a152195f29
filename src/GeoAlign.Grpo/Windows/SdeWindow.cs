using System.Globalization;

namespace GeoAlign.Grpo;

/// <summary>The consecutive solver steps that are stochastic and trained in one iteration; all others are deterministic.</summary>
/// <param name="Start">First stochastic step.</param>
/// <param name="Length">Number of stochastic steps; 0 means that nothing is trained.</param>
public readonly record struct SdeWindow(int Start, int Length)
{
    /// <summary>First step after the window.</summary>
    public int End => Start + Length;

    /// <summary>Whether step <paramref name="index"/> is stochastic.</summary>
    public bool Contains(int index) => index >= Start && index < End;

    /// <summary>"steps 2–5", "step 3" or "no step".</summary>
    public override string ToString() => Length switch
    {
        0 => "no step",
        1 => string.Create(CultureInfo.InvariantCulture, $"step {Start}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"steps {Start}–{End - 1}"),
    };
}
