namespace GeoAlign.Grpo;

/// <summary>MixGRPO's window (arXiv 2507.21802, algorithm 1): after every <paramref name="Interval"/> iterations l ← min(l + stride, T − length).</summary>
/// <param name="Length">Stochastic steps w.</param>
/// <param name="Interval">Iterations τ between moves.</param>
/// <param name="Stride">Steps s per move; 0 never moves.</param>
/// <param name="AtEnd">What happens at the last start.</param>
/// <param name="LastStart">Largest start; null lets the window go on to the last step. Ours: early steps decide the camera's path.</param>
/// <remarks>The paper's image settings are 4, 25, 1; its video run uses 6, 100, 1. The window never shrinks.</remarks>
public sealed record SlidingWindow(int Length = 4, int Interval = 25, int Stride = 1, WindowEnd AtEnd = WindowEnd.Stay, int? LastStart = null) : WindowRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems(int steps)
    {
        if (Length < 1 || Length > steps) yield return $"{nameof(Length)} is {Length}, must be in 1…{steps}";
        if (Interval < 1) yield return $"{nameof(Interval)} is {Interval}, must be ≥ 1";
        if (LastStart is int start && (start < 0 || start > steps - Length)) yield return $"{nameof(LastStart)} is {start}, must be in 0…{steps - Length} or absent";
        if (!Enum.IsDefined(AtEnd)) yield return $"{nameof(AtEnd)} is {AtEnd}, which does not exist";
        if (Stride < 0) yield return $"{nameof(Stride)} is {Stride}, must be ≥ 0";
    }

    /// <inheritdoc/>
    protected override SdeWindow Choose(int iteration, int group, int steps, ulong seed)
    {
        long moves = iteration / Interval;
        int last = LastStart ?? steps - Length;
        if (AtEnd == WindowEnd.Restart && Stride > 0) moves %= last / Stride + 1;      // only windows that fit
        return new SdeWindow((int)Math.Min(moves * Stride, last), Length);
    }
}
