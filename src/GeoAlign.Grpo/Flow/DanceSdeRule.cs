namespace GeoAlign.Grpo;

/// <summary>DanceGRPO's stochastic step: constant diffusion level g = η.</summary>
/// <param name="NoiseScale">η: 0.3 for Flux and Wan 2.1, 0.25 for HunyuanVideo.</param>
public sealed record DanceSdeRule(double NoiseScale) : StepRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (!(NoiseScale > 0 && double.IsFinite(NoiseScale))) yield return $"{nameof(NoiseScale)} is {NoiseScale}, must be > 0";
    }

    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index) => Sde(schedule[index], schedule[index + 1], NoiseScale);
}
