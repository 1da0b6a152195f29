namespace GeoAlign.Grpo;

/// <summary>MixGRPO-Flash: the deterministic steps after the window are fewer and of higher order. Steps before it stay as they are; compressing those collapses training.</summary>
/// <param name="Ratio">Share r of the remaining steps that is kept. 0.4 with a moving window, 0.2 with a frozen one.</param>
/// <param name="Order">Order of DPM-Solver++, 1 to 3; 2 in MixGRPO's scripts.</param>
/// <param name="Variant">Form of the second order.</param>
public sealed record FlashTail(double Ratio = 0.4, int Order = 2, MultistepVariant Variant = MultistepVariant.Midpoint)
{
    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Ratio is > 0 and <= 1)) yield return $"Flash.{nameof(Ratio)} is {Ratio}, must be in (0, 1]";
        if (!Enum.IsDefined(Variant)) yield return $"Flash.{nameof(Variant)} is {Variant}, which does not exist";
        if (Order is < 1 or > 3) yield return $"Flash.{nameof(Order)} is {Order}, must be 1, 2 or 3";
    }

    /// <summary>The noise levels with a compressed tail.</summary>
    /// <param name="schedule">The full schedule.</param>
    /// <param name="window">The stochastic window; its steps keep their noise levels.</param>
    /// <remarks>
    /// MixGRPO's published code: after the last stochastic step, p = ⌊max((T − last)·r, 1)⌋ points from σ_(last+1) to 0, evenly spaced before the
    /// timestep shift. For few remaining steps its p is 1 and the list stops short of σ = 0; here p is at least 2.
    /// </remarks>
    public SigmaSchedule Compress(SigmaSchedule schedule, SdeWindow window)
    {
        if (window.End >= schedule.Steps) return schedule;
        int last = window.End - 1, points = Math.Max(2, (int)((schedule.Steps - last) * Ratio));
        double start = SigmaSchedule.Unshift(schedule[window.End], schedule.Shift);
        double[] sigmas = new double[window.End + points];
        schedule.Sigmas[..(window.End + 1)].CopyTo(sigmas);
        for (int j = 1; j < points; j++) sigmas[window.End + j] = SigmaSchedule.ApplyShift(start * (points - 1 - j) / (points - 1), schedule.Shift);
        return SigmaSchedule.Of(sigmas).MadeWith(schedule.Shift);
    }
}
