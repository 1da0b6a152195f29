using GeoAlign.Grpo;

namespace GeoAlign.Miniature;

/// <summary>Settings of a GRPO run in the miniature world. The defaults are the preset <c>full</c>.</summary>
internal sealed record AlignmentSettings
{
    /// <summary>Solver steps of a rollout and timestep shift.</summary>
    public const int Steps = 8, Shift = 3;

    /// <summary>About ten minutes of one core.</summary>
    public static AlignmentSettings Full { get; } = new();

    /// <summary>A visible gain in about three minutes: fewer iterations, and a learning rate that stays higher.</summary>
    public static AlignmentSettings Quick { get; } =
        new() { Iterations = 100, FinalLearningRateShare = 0.3, EvaluateEvery = 20, EvaluatedCases = 32, FinalCases = 96 };

    /// <summary>Iterations.</summary>
    public int Iterations { get; init; } = 360;

    /// <summary>Conditions per iteration.</summary>
    public int Conditions { get; init; } = 8;

    /// <summary>Rollouts per condition.</summary>
    public int GroupSize { get; init; } = 24;

    /// <summary>Noise of the stochastic steps: η of the coefficient-preserving rule.</summary>
    public double NoiseScale { get; init; } = 0.9;

    /// <summary>Stochastic, trained steps.</summary>
    public int WindowLength { get; init; } = 1;

    /// <summary>Last start of the window; it begins again after that.</summary>
    public int LastWindowStart { get; init; } = 3;

    /// <summary>Share of the steps after the window that is kept, at second order; 1 keeps all as they are.</summary>
    public double TailRatio { get; init; } = 0.6;

    /// <summary>Learning rate of AdamW.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Share of it that is left at the end.</summary>
    public double FinalLearningRateShare { get; init; } = 0.1;

    /// <summary>Decay of the average of the weights, which is what is judged and kept.</summary>
    public double AverageDecay { get; init; } = 0.95;

    /// <summary>λ of the translation reward.</summary>
    public double TranslationWeight { get; init; } = 1;

    /// <summary>λ of the rotation reward.</summary>
    public double RotationWeight { get; init; } = 1;

    /// <summary>λ of the perceptual reward; 0 leaves it out.</summary>
    public double PictureWeight { get; init; } = 0.7;

    /// <summary>Who measures the pose reward.</summary>
    public PoseRewardKind PoseReward { get; init; } = PoseRewardKind.Network;

    /// <summary>Whether late frames count more, as in the paper.</summary>
    public bool LateWeighted { get; init; } = true;

    /// <summary>Whether the translation error is taken after the best scale: no metric reward, for the ablation.</summary>
    public bool ScaleAligned { get; init; }

    /// <summary>Whether rollouts of a group share their noise and the steps before the window.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>Which weights are trained.</summary>
    public TrainedPart Trained { get; init; } = TrainedPart.SelfAttention;

    /// <summary>Iterations between looks at held-out cases.</summary>
    public int EvaluateEvery { get; init; } = 40;

    /// <summary>Held-out cases of such a look.</summary>
    public int EvaluatedCases { get; init; } = 64;

    /// <summary>Held-out cases of the first and last look.</summary>
    public int FinalCases { get; init; } = 160;

    /// <summary>Seed of rollouts, conditions and noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The trainer's settings.</summary>
    public GrpoOptions Grpo() => new()
    {
        Iterations = Iterations,
        Seed = Seed,
        Steps = Steps,
        Shift = Shift,
        Noise = new CpsRule(NoiseScale),
        Window = new SlidingWindow(WindowLength, 1, 1, WindowEnd.Restart, LastWindowStart),
        Flash = TailRatio < 1 ? new FlashTail(TailRatio) : null,
        Rollout = new RolloutOptions { GroupSize = GroupSize, ShareInitialNoise = true, SharePrefix = Shared, BatchSize = GroupSize },
        Advantage = new AdvantageOptions
        {
            Weights = new Dictionary<string, double> { ["trans"] = TranslationWeight, ["rot"] = RotationWeight, ["picture"] = PictureWeight },
        },
        Objective = new ObjectiveOptions { ClipLow = 1e-3, ClipHigh = 1e-3, StepWeight = StepWeighting.Flash },
        Update = new UpdateOptions { BatchSize = GroupSize, ShareStateGradient = Shared },
        LearningRate = LearningRate,
        WarmUpUpdates = 5,
        FinalLearningRateShare = FinalLearningRateShare,
        Ema = new EmaOptions(AverageDecay, 1),
        CheckpointEvery = 20,
    };
}
