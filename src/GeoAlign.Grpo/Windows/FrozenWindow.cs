namespace GeoAlign.Grpo;

/// <summary>The same window in every iteration (MixGRPO-Flash* trains steps 0…3 only).</summary>
/// <param name="Start">First stochastic step.</param>
/// <param name="Length">Stochastic steps.</param>
public sealed record FrozenWindow(int Start = 0, int Length = 4) : WindowRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems(int steps)
    {
        if (Start < 0) yield return $"{nameof(Start)} is {Start}, must be ≥ 0";
        if (Length < 1 || Start + Length > steps) yield return $"{nameof(Length)} is {Length}, must be in 1…{steps - Start}";
    }

    /// <inheritdoc/>
    protected override SdeWindow Choose(int iteration, int group, int steps, ulong seed) => new(Start, Length);
}
