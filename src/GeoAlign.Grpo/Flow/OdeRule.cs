namespace GeoAlign.Grpo;

/// <summary>The deterministic Euler step x' = x − h·v.</summary>
public sealed record OdeRule : StepRule
{
    /// <inheritdoc/>
    protected override FlowStep Create(SigmaSchedule schedule, int index) =>
        new(schedule[index], schedule[index + 1], 1, schedule[index + 1] - schedule[index], 0);
}
