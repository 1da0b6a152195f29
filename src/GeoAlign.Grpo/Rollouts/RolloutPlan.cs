namespace GeoAlign.Grpo;

/// <summary>The solver steps of one rollout: which noise levels are visited, and which steps are stochastic.</summary>
public sealed class RolloutPlan
{
    private readonly FlowStep[] _steps;
    private readonly MultistepStep[] _tail;

    private RolloutPlan(SigmaSchedule schedule, SdeWindow window, FlowStep[] steps, MultistepStep[] tail) =>
        (Schedule, Window, _steps, _tail) = (schedule, window, steps, tail);

    /// <summary>Noise levels visited.</summary>
    public SigmaSchedule Schedule { get; }

    /// <summary>The stochastic steps.</summary>
    public SdeWindow Window { get; }

    /// <summary>All steps in order. Where there is a <see cref="Tail"/>, it replaces the deterministic ones after the window.</summary>
    public ReadOnlySpan<FlowStep> Steps => _steps;

    /// <summary>The steps after the window with a higher-order solver; empty without one.</summary>
    public ReadOnlySpan<MultistepStep> Tail => _tail;

    /// <summary>Deterministic steps everywhere except in the window.</summary>
    /// <param name="schedule">Noise levels.</param>
    /// <param name="rule">Noise of the steps inside the window.</param>
    /// <param name="window">The stochastic window.</param>
    /// <param name="flash">Compression of the steps after the window; null keeps them.</param>
    /// <exception cref="ArgumentException">The tail has bad numbers, the window leaves the schedule, or the rule gives one of its steps no noise.</exception>
    public static RolloutPlan Create(SigmaSchedule schedule, StepRule rule, SdeWindow window, FlashTail? flash = null)
    {
        if (window.Start < 0 || window.Length < 0 || window.End > schedule.Steps)
            throw new ArgumentException($"The window ({window}) does not lie inside the {schedule.Steps} solver steps.", nameof(window));
        string problems = string.Join("; ", flash?.Problems() ?? []);
        if (problems.Length > 0) throw new ArgumentException(problems + ".", nameof(flash));
        if (flash is not null && window.Length > 0) schedule = flash.Compress(schedule, window);
        FlowStep[] steps = new FlowStep[schedule.Steps];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (window.Contains(i) ? rule : StepRule.Ode).At(schedule, i);
            if (window.Contains(i) && !steps[i].IsStochastic)
                throw new ArgumentException($"{rule} gives step {i} no noise, so it has no density and cannot be trained; end the window before it.", nameof(window));
        }

        MultistepStep[] tail = flash is null || window.Length == 0
            ? []
            : [.. Enumerable.Range(window.End, steps.Length - window.End).Select(i => MultistepStep.Create(schedule, i, flash.Order, flash.Variant))];
        return new RolloutPlan(schedule, window, steps, tail);
    }
}
