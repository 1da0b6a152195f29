namespace GeoAlign.Miniature;

/// <summary>How long and how fast an estimator is trained.</summary>
internal sealed record EstimatorSchedule
{
    /// <summary>Of the rewarded pose network; about 80 CPU seconds. Its errors still fall with more steps.</summary>
    public static EstimatorSchedule Reward { get; } = new() { Steps = 3_000, LearningRate = 2e-3 };

    /// <summary>Of the judge.</summary>
    public static EstimatorSchedule Judge { get; } = new() { Steps = 2_500 };

    /// <summary>Of the network that rates pictures.</summary>
    public static EstimatorSchedule Quality { get; } = new() { Steps = 2_500, LearningRate = 2e-3 };

    /// <summary>Optimiser steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Frames per step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Learning rate after the warm-up; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1.5e-3;

    /// <summary>Steps of linear warm-up.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Share of the running mean of the weights that each step keeps.</summary>
    public double MeanDecay { get; init; } = 0.998;

    /// <summary>Learning rate of a step.</summary>
    public double RateAt(int step) =>
        LearningRate * Math.Min(1, (step + 1.0) / WarmUpSteps) * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
}
