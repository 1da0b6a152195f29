namespace GeoAlign.Grpo;

/// <summary>Coefficient-preserving sampling (Flow-CPS, arXiv 2509.05952): S = σ'·sin(η·π/2), mean (1 − σ')·x̂0 + √(σ'² − S²)·ε̂.</summary>
/// <param name="NoiseScale">η in [0, 1]: 0.8 by its authors; 0 is exactly the ODE step.</param>
/// <remarks>No singularity at σ = 1. S is 0 in the last step, which therefore has no density and cannot be trained.</remarks>
public sealed record CpsRule(double NoiseScale) : StepRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (!(NoiseScale is >= 0 and <= 1)) yield return $"{nameof(NoiseScale)} is {NoiseScale}, must be in [0, 1]";
    }

    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index) =>
        Mixing(schedule[index], schedule[index + 1], schedule[index + 1] * Math.Sin(NoiseScale * Math.PI / 2));
}
