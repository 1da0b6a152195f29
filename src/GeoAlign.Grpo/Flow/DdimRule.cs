namespace GeoAlign.Grpo;

/// <summary>DDIM-type step of Flow-GRPO's solver file: S = η·σ'·√(1 − σ'²(1 − σ)² / (σ²(1 − σ')²)), mean as in coefficient-preserving sampling.</summary>
/// <param name="NoiseScale">η in [0, 1]: 1 is the ancestral sampler, 0 the ODE step.</param>
public sealed record DdimRule(double NoiseScale) : StepRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (!(NoiseScale is >= 0 and <= 1)) yield return $"{nameof(NoiseScale)} is {NoiseScale}, must be in [0, 1]";
    }

    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index)
    {
        double s = schedule[index], n = schedule[index + 1];
        double kept = n * (1 - s) / (s * (1 - n));              // below 1, because n < s
        return Mixing(s, n, NoiseScale * n * Math.Sqrt(1 - kept * kept));
    }
}
