namespace GeoAlign.Grpo;

/// <summary>The step of Flow-GRPO's first Wan port and of Flash-GRPO: g = σ_T + (σ_1 − σ_T)·σ, which is σ_1·σ as σ_T = 0.</summary>
public sealed record WanSdeRule : StepRule
{
    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index) =>
        Sde(schedule[index], schedule[index + 1], schedule[1] * schedule[index]);
}
