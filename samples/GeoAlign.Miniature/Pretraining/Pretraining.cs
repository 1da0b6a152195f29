using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>Trains the base model by supervised flow matching: first on truthful clips, then on clips that move less than their labels say.</summary>
internal sealed class Pretraining(ulong seed, RoomRenderer renderer)
{
    /// <summary>Cases per update.</summary>
    public const int BatchSize = 32;

    private const int ValidationCases = 64;

    /// <summary>The stages that made the shipped base: the flaw-free network after the first, the base after the last.</summary>
    public static IReadOnlyList<PretrainingStage> Stages { get; } =
    [
        new("truthful", Flawed: false, Steps: 2400, LearningRate: 2e-3),
        new("flawed", Flawed: true, Steps: 700, LearningRate: 1e-3),
    ];

    /// <summary>Trains a network through one stage and saves its averaged weights.</summary>
    /// <param name="network">The network; its weights stay the trained ones, not the averages.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="firstStep">Number of its first update in the whole training: addresses the cases.</param>
    /// <param name="path">File of the averages.</param>
    /// <param name="progress">Told the update (from 1) and its loss.</param>
    /// <param name="stop">Ends the training.</param>
    public void Run(RedirectorTransformer network, PretrainingStage stage, int firstStep, string path, Action<int, double> progress, CancellationToken stop)
    {
        using SupervisedTrainer trainer = new(network, new SupervisedOptions
        {
            Selection = WeightSelection.All,
            LearningRate = new CosineLearningRate { Peak = stage.LearningRate, WarmUpUpdates = Math.Min(100, stage.Steps / 2), TotalUpdates = stage.Steps, Floor = 0.02 * stage.LearningRate },
            Optimizer = new AdamWOptions { Beta1 = 0.9, Beta2 = 0.98, WeightDecay = 0.01 },
            MaximumGradientNorm = 1,
            Shift = 2,
            LastLevelShare = 0.99,
            Weighting = LossWeighting.Data,
            RoundTimestepToBFloat16 = false,
            SamplesPerPass = BatchSize,
            Ema = new EmaOptions(0.995, 1),
            Seed = seed + (ulong)firstStep,
        });
        for (int step = 0; step < stage.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            int first = (firstStep + step) * BatchSize;
            SupervisedReport report = trainer.Step([.. Enumerable.Range(first, BatchSize).Select(i => Sample(MiniatureSet.Training, i, stage.Flawed))]);
            progress(step + 1, report.Loss);
        }

        using AveragedWeightsInUse averages = trainer.UseAverage();
        network.Save(path);
    }

    private SupervisedSample Sample(MiniatureSet set, int index, bool flawed)
    {
        MiniatureCase item = MiniatureWorld.Draw(seed, set, index, MiniatureNetwork.ConditionFrames);
        return new SupervisedSample
        {
            Inputs = MiniatureInputs.Of(item, renderer),
            Target = MiniatureInputs.Render(
                renderer, item.StartCameraToWorld, MiniatureInputs.AfterStart(flawed ? item.Flaw.Applied(item.Requested) : item.Requested)),
        };
    }

    /// <summary>Mean squared error of the predicted data at a noise level, over validation cases that do what their labels say.</summary>
    public double ValidationError(RedirectorPolicy policy, double sigma)
    {
        CounterNoise<float> source = new(~seed);
        int size = MiniatureNetwork.Shape.Count;
        float[] noise = new float[size], noisy = new float[size], velocity = new float[size];
        double sum = 0;
        for (int i = 0; i < ValidationCases; i++)
        {
            SupervisedSample sample = Sample(MiniatureSet.Validation, i, flawed: false);
            using FlowCondition condition = policy.Network.Prepare(sample.Inputs);
            source.Initial(0, i, 0, noise);
            FlowMatchingLoss.AddNoise(sample.Target.Span, noise, sigma, noisy);
            policy.PredictVelocity(condition, sigma, 1, noisy, velocity);
            for (int j = 0; j < size; j++) sum += Math.Pow(noisy[j] - sigma * velocity[j] - sample.Target.Span[j], 2);
        }

        return sum / ValidationCases / size;
    }
}
