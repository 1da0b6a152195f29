using GeoAlign.Grpo;
using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>One GRPO run from the base model, judged on held-out cases before, during and after.</summary>
internal sealed class AlignmentRun(AlignmentSettings settings, MiniatureAssets assets)
{
    private const ulong HeldOutSeed = 77;

    /// <summary>Runs.</summary>
    /// <param name="folder">Receives log and checkpoints; null keeps none. A run that was stopped goes on from its checkpoint.</param>
    /// <param name="observer">Told what happens.</param>
    /// <param name="stop">Ends the run; with a folder, what was done is kept.</param>
    public async Task<AlignmentOutcome> ExecuteAsync(string? folder, AlignmentObserver observer, CancellationToken stop)
    {
        RoomRenderer renderer = new(Room.FromSeed(MiniatureNetwork.RoomSeed));
        GrpoOptions options = settings.Grpo();
        using RedirectorPolicy policy = new(MiniatureNetwork.Load(assets.BaseModel), new FlowPolicyOptions
        {
            KeepAverage = true,
            Selection = settings.Trained == TrainedPart.SelfAttention ? WeightSelection.SelfAttention() : WeightSelection.Where("blocks and head", IsBlockOrHead),
            Optimizer = new AdamWOptions { Beta1 = 0.9, Beta2 = 0.99, WeightDecay = 0 },
        });
        using MiniatureData data = new(settings.Seed, settings.Conditions, policy.Network, renderer);
        using MiniatureRewards rewards = new(settings, assets, renderer);
        HeldOutEvaluation during = new(MiniatureSet.Validation, 1000, settings.EvaluatedCases, HeldOutSeed, renderer, options.CreateSchedule());
        HeldOutEvaluation final = new(MiniatureSet.HeldOutRandom, 0, settings.FinalCases, HeldOutSeed, renderer, options.CreateSchedule());

        HeldOutResult before = final.Run(policy, stop);
        observer.Judged(0, before.Summary, isFinal: true);
        LookLog lookLog = new(folder is null ? null : Path.Combine(folder, "looks.jsonl"));
        string? log = folder is null ? null : Path.Combine(folder, "log.jsonl");
        List<Look> looks = [];
        List<IterationReport> reports = [];
        void LookAt(int iteration)
        {
            Look look = new(iteration, during.Run(policy, stop).Summary);
            looks.Add(look);
            lookLog.Add(look);
            observer.Judged(iteration, look.Summary, isFinal: false);
        }

        GrpoTrainer<MiniatureCondition> trainer = new(options, new TrainerParts<MiniatureCondition>
        {
            Policy = new MiniaturePolicy(policy),
            Optimizer = policy,
            Data = data,
            Scorer = rewards.Scorer,
            Checkpoints = folder is null ? null : new CheckpointStore(Path.Combine(folder, "checkpoints")),
            Log = log is null ? null : new CombinedLog(new JsonlLog(log), new TensorBoardLog(folder!)),
            Observer = new Looks(
                state =>
                {
                    looks.AddRange(lookLog.ReadUpTo(state.Iteration));
                    if (log is not null) reports.AddRange(JsonlLog.Read(log));
                    if (looks.Count == 0) LookAt(0);
                },
                report =>
                {
                    reports.Add(report);
                    observer.Finished(report);
                    int done = report.Iteration + 1;
                    if (done % settings.EvaluateEvery != 0 && done != settings.Iterations) return;
                    using AveragedWeightsInUse averages = policy.UseAverage();
                    LookAt(done);
                }),
        });
        TrainerState state = await trainer.RunAsync(stop);
        if (state.Iteration < settings.Iterations) throw new OperationCanceledException(stop);

        using AveragedWeightsInUse tuned = policy.UseAverage();
        HeldOutResult after = final.Run(policy, stop);
        observer.Judged(settings.Iterations, after.Summary, isFinal: true);
        if (folder is not null) policy.Network.Save(Path.Combine(folder, "aligned.safetensors"));
        using NetworkJudge second = new(assets.JudgeModel, renderer);
        return new AlignmentOutcome(settings, before, after, await second.OfAsync(before, stop), await second.OfAsync(after, stop), looks, reports);
    }

    // What acts at every step; the encoders of a condition are computed once per condition and stay.
    private static bool IsBlockOrHead(string key) => key.StartsWith("blocks.", StringComparison.Ordinal) || key.StartsWith("head.", StringComparison.Ordinal);

    private sealed class Looks(Action<TrainerState> started, Action<IterationReport> finished) : ITrainingObserver<MiniatureCondition>
    {
        public void Started(TrainerState state) => started(state);

        public void Finished(IterationReport report) => finished(report);
    }
}
