namespace GeoAlign.Grpo;

/// <summary>The solver steps of one rollout: which noise levels are visited, and which steps are stochastic.</summary>
public sealed class RolloutPlan
{
    private readonly FlowStep[] _steps;

    private RolloutPlan(SigmaSchedule schedule, SdeWindow window, FlowStep[] steps) => (Schedule, Window, _steps) = (schedule, window, steps);

    /// <summary>Noise levels visited.</summary>
    public SigmaSchedule Schedule { get; }

    /// <summary>The stochastic steps.</summary>
    public SdeWindow Window { get; }

    /// <summary>All steps in order.</summary>
    public ReadOnlySpan<FlowStep> Steps => _steps;

    /// <summary>Deterministic steps everywhere except in the window.</summary>
    /// <exception cref="ArgumentException">The window leaves the schedule, or the rule gives one of its steps no noise.</exception>
    public static RolloutPlan Create(SigmaSchedule schedule, StepRule rule, SdeWindow window)
    {
        if (window.Start < 0 || window.Length < 0 || window.End > schedule.Steps)
            throw new ArgumentException($"The window ({window}) does not lie inside the {schedule.Steps} solver steps.", nameof(window));
        FlowStep[] steps = new FlowStep[schedule.Steps];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (window.Contains(i) ? rule : StepRule.Ode).At(schedule, i);
            if (window.Contains(i) && !steps[i].IsStochastic)
                throw new ArgumentException($"{rule} gives step {i} no noise, so it has no density and cannot be trained; end the window before it.", nameof(window));
        }

        return new RolloutPlan(schedule, window, steps);
    }
}
