namespace GeoAlign.Grpo;

/// <summary>Settings of a GRPO run. Defaults are the Geo-Align paper's (arXiv 2605.23903) where it gives them; each property says so.</summary>
public sealed record GrpoOptions
{
    /// <summary>Iterations of draw, score, update. 140 in the paper.</summary>
    public int Iterations { get; init; } = 140;

    /// <summary>Seed of all noise and choices of this package.</summary>
    public ulong Seed { get; init; }

    /// <summary>Solver steps T of a rollout. 25 in the paper.</summary>
    public int Steps { get; init; } = 25;

    /// <summary>Noise levels. The paper does not give them; these are ReDirector's, the model it trains.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Linspace;

    /// <summary>Timestep shift k. The paper does not give it; 5 is ReDirector's.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Noise of the stochastic steps. The paper does not give it; η = 0.7 is Flow-GRPO's and MixGRPO's.</summary>
    public StepRule Noise { get; init; } = new FlowSdeRule(0.7);

    /// <summary>Which steps are stochastic and trained. The paper names MixGRPO's sliding window without numbers; 4, 25, 1 are MixGRPO's.</summary>
    public WindowRule Window { get; init; } = new SlidingWindow();

    /// <summary>MixGRPO-Flash's short tail after the window; null (the paper) keeps all steps.</summary>
    public FlashTail? Flash { get; init; }

    /// <summary>How rollouts are drawn.</summary>
    public RolloutOptions Rollout { get; init; } = new();

    /// <summary>How rewards become advantages.</summary>
    public AdvantageOptions Advantage { get; init; } = new();

    /// <summary>The loss.</summary>
    public ObjectiveOptions Objective { get; init; } = new();

    /// <summary>How updates are made.</summary>
    public UpdateOptions Update { get; init; } = new();

    /// <summary>Learning rate. 10⁻⁴ in the paper.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Updates over which the learning rate rises from 0. The paper says constant: 0.</summary>
    public int WarmUpUpdates { get; init; }

    /// <summary>Share of the learning rate that is left at the end, reached along half a cosine. The paper says constant: 1.</summary>
    public double FinalLearningRateShare { get; init; } = 1;

    /// <summary>Moving average of the weights; null keeps none (the paper does not mention one).</summary>
    public EmaOptions? Ema { get; init; }

    /// <summary>
    /// Score the rollouts of one group while those of the next are drawn. Off by default: on, the scorer runs on another thread while the policy works, and both
    /// must bear that. Ours.
    /// </summary>
    public bool OverlapScoring { get; init; }

    /// <summary>Iterations between checkpoints; one is written at the end in any case.</summary>
    public int CheckpointEvery { get; init; } = 10;

    /// <summary>The noise levels of these settings.</summary>
    public SigmaSchedule CreateSchedule() => SigmaSchedule.Create(Schedule, Steps, Shift);

    /// <summary>These settings, if they are good.</summary>
    /// <exception cref="ArgumentException">One message that lists everything wrong.</exception>
    public GrpoOptions Validated()
    {
        List<string> problems = [];
        if (Iterations < 1) problems.Add($"{nameof(Iterations)} is {Iterations}, must be ≥ 1");
        if (Steps is < 1 or > 4096) problems.Add($"{nameof(Steps)} is {Steps}, must be in 1…4096");
        if (!(Shift > 0 && double.IsFinite(Shift))) problems.Add($"{nameof(Shift)} is {Shift}, must be > 0");
        if (!Enum.IsDefined(Schedule)) problems.Add($"{nameof(Schedule)} is {Schedule}, which does not exist");
        if (!(LearningRate > 0 && double.IsFinite(LearningRate))) problems.Add($"{nameof(LearningRate)} is {LearningRate}, must be > 0");
        if (WarmUpUpdates < 0) problems.Add($"{nameof(WarmUpUpdates)} is {WarmUpUpdates}, must be ≥ 0");
        if (!(FinalLearningRateShare is >= 0 and <= 1)) problems.Add($"{nameof(FinalLearningRateShare)} is {FinalLearningRateShare}, must be in [0, 1]");
        if (CheckpointEvery < 1) problems.Add($"{nameof(CheckpointEvery)} is {CheckpointEvery}, must be ≥ 1");
        problems.AddRange(Noise.Problems().Select(p => $"Noise: {p}"));
        problems.AddRange(Window.Problems(Steps).Select(p => $"Window: {p}"));
        problems.AddRange([.. Rollout.Problems(), .. Advantage.Problems(), .. Objective.Problems(), .. Update.Problems(), .. Ema?.Problems() ?? [], .. Flash?.Problems() ?? []]);
        if (Update.KeepBestAndWorst > Rollout.GroupSize)
            problems.Add($"Update.{nameof(UpdateOptions.KeepBestAndWorst)} is {Update.KeepBestAndWorst}, must be ≤ the group size {Rollout.GroupSize}");
        int trained = Math.Min(Update.KeepBestAndWorst ?? Rollout.GroupSize, Rollout.GroupSize);
        if (Update.UpdatesPerIteration > trained)
            problems.Add($"Update.{nameof(UpdateOptions.UpdatesPerIteration)} is {Update.UpdatesPerIteration}, must be ≤ {trained}, the rollouts of a group that are trained");
        if (problems.Count == 0) problems.AddRange(PlanProblems());
        return problems.Count == 0 ? this : throw new ArgumentException($"{nameof(GrpoOptions)}: {string.Join("; ", problems)}.");
    }

    // The first iteration whose window cannot be trained, if there is one. Of windows that are drawn all count, also those of groups yet to come.
    private IEnumerable<string> PlanProblems()
    {
        SigmaSchedule schedule = CreateSchedule();
        if (Window is RandomWindow drawn)
        {
            for (int k = drawn.First; k < (drawn.End ?? Steps); k++)
            {
                if (Noise.At(schedule, k).IsStochastic) continue;
                yield return $"Window: it may train step {k}, to which {Noise} gives no noise";
                yield break;
            }

            yield break;
        }

        for (int i = 0; i < Iterations; i++)
        {
            SdeWindow window = Window.At(i, 0, Steps, Seed);
            if (window.Length == 0)
            {
                yield return $"Window: iteration {i} has no stochastic step, nothing would be trained";
                yield break;
            }

            for (int k = window.Start; k < window.End; k++)
            {
                if (Noise.At(schedule, k).IsStochastic) continue;
                yield return $"Window: iteration {i} trains step {k}, to which {Noise} gives no noise";
                yield break;
            }
        }
    }
}
