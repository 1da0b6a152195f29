namespace GeoAlign.Grpo;

/// <summary>
/// The window of MixGRPO's published code, number for number. It differs from the paper's: the last transition is never a candidate
/// (M = T − 2), the window shrinks at the end and may become empty, and it can roll back to the start.
/// </summary>
/// <param name="Length">Stochastic steps w.</param>
/// <param name="Interval">Iterations τ between moves (progressive and exponential pace).</param>
/// <param name="Stride">Steps per move. The code's "no overlap" is a stride of <paramref name="Length"/>; 0 is its frozen mode.</param>
/// <param name="RollBack">Past the end, start again at <paramref name="Start"/>; otherwise stay at M, where the window is empty.</param>
/// <param name="Pace">How the interval depends on the place.</param>
/// <param name="Start">Where the window starts.</param>
/// <param name="MaxInterval">Interval at the first step, linear decay.</param>
/// <param name="MinInterval">Interval at M, linear decay.</param>
/// <param name="DecayRate">k of τ·exp(−k·max(0, place − threshold)).</param>
/// <param name="DecayThreshold">Place from which the exponential decay works.</param>
public sealed record RepositoryWindow(
    int Length = 4, int Interval = 25, int Stride = 1, bool RollBack = true, RepositoryPace Pace = RepositoryPace.Progressive,
    int Start = 0, int MaxInterval = 25, int MinInterval = 1, double DecayRate = 0.1, int DecayThreshold = 13) : WindowRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems(int steps)
    {
        if (steps < 3) yield return $"{steps} solver steps, this rule needs at least 3";
        if (Length < 1) yield return $"{nameof(Length)} is {Length}, must be ≥ 1";
        if (Interval < 1) yield return $"{nameof(Interval)} is {Interval}, must be ≥ 1";
        if (!Enum.IsDefined(Pace)) yield return $"{nameof(Pace)} is {Pace}, which does not exist";
        if (Stride < 0) yield return $"{nameof(Stride)} is {Stride}, must be ≥ 0";
        if (Start < 0 || Start > steps - 2) yield return $"{nameof(Start)} is {Start}, must be in 0…{steps - 2}";
        if (MinInterval < 1 || MaxInterval < MinInterval) yield return $"{nameof(MinInterval)} is {MinInterval}, {nameof(MaxInterval)} is {MaxInterval}, must satisfy 1 ≤ min ≤ max";
        if (!(DecayRate >= 0)) yield return $"{nameof(DecayRate)} is {DecayRate}, must be ≥ 0";
    }

    /// <inheritdoc/>
    protected override SdeWindow Choose(int iteration, int group, int steps, ulong seed)
    {
        int end = steps - 2;
        int place = Start;
        int left = iteration;
        for (int interval = IntervalAt(place, end); left >= interval; interval = IntervalAt(place, end))
        {
            left -= interval;
            place += Stride;
            if (place > end) place = RollBack ? Start : end;
        }

        return new SdeWindow(place, Math.Max(0, Math.Min(place + Length, end) - place));
    }

    private int IntervalAt(int place, int end)
    {
        double part = place / (double)end;
        double interval = Pace switch
        {
            RepositoryPace.Progressive => Interval,
            RepositoryPace.Decay => Math.Max(MinInterval, Math.Truncate(MaxInterval * (1 - part) + MinInterval * part)),
            RepositoryPace.ExponentialDecay => Math.Ceiling(Interval * Math.Exp(-DecayRate * Math.Max(0, place - DecayThreshold))),
            _ => throw new InvalidOperationException($"Unknown pace {Pace}."),
        };
        return Math.Max(1, (int)interval);
    }
}
