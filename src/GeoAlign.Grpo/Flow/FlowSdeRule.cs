namespace GeoAlign.Grpo;

/// <summary>Flow-GRPO's stochastic step: g = η·√(σ / (1 − σ)). Also MixGRPO's and, with <see cref="MaxStd"/>, LongCat-Video's.</summary>
/// <param name="NoiseScale">η: 0.7 for images (Flow-GRPO, MixGRPO), 0.5 for HunyuanVideo-1.5 (MixGRPO), 1 for LongCat-Video.</param>
/// <param name="MaxStd">
/// τ: the step's standard deviation is held at or below it by lowering g, in noise and drift alike (LongCat-Video: 0.45). Null leaves g as it is.
/// </param>
/// <param name="SigmaGuard">
/// Above this noise level 1 − σ is taken at σ_1, because g grows without bound at σ = 1; the first step then has S = η. The repositories test
/// σ = 1 exactly, which a schedule starting at 1 − 10⁻⁶ slips past (S = 147 there at η = 1, T = 16, shift 3); 0.9995 is ours, 1 is theirs. It holds for
/// <see cref="StepWeighting.LongCat"/> too.
/// </param>
public sealed record FlowSdeRule(double NoiseScale, double? MaxStd = null, double SigmaGuard = FlowSdeRule.DefaultSigmaGuard) : StepRule
{
    internal const double DefaultSigmaGuard = 0.9995;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (!(NoiseScale > 0 && double.IsFinite(NoiseScale))) yield return $"{nameof(NoiseScale)} is {NoiseScale}, must be > 0";
        if (MaxStd is double max && !(max > 0)) yield return $"{nameof(MaxStd)} is {max}, must be > 0 or absent";
        if (!(SigmaGuard is > 0 and <= 1)) yield return $"{nameof(SigmaGuard)} is {SigmaGuard}, must be in (0, 1]";
    }

    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index)
    {
        double sigma = schedule[index], sigmaNext = schedule[index + 1];
        double g = NoiseScale * Math.Sqrt(sigma / (1 - Guarded(schedule, index, SigmaGuard)));
        if (MaxStd is double max) g = Math.Min(g, max / Math.Sqrt(sigma - sigmaNext));
        return Sde(sigma, sigmaNext, g);
    }

    /// <summary>σ_i, or σ_1 where σ_i lies above the guard.</summary>
    internal static double Guarded(SigmaSchedule schedule, int index, double guard) =>
        schedule[index] >= 1 || schedule[index] > guard ? Math.Min(schedule[index], schedule[1]) : schedule[index];
}
