using System.Globalization;
using GeoAlign.Grpo;

namespace GeoAlign.ToyAlignment;

/// <summary>Be near a target, and small: two rewards, larger is better.</summary>
internal sealed class TargetTask : IConditionSource<int>, IRolloutScorer<int>, ITrainingObserver<int>
{
    public static readonly float[] Target = [0.8f, -0.5f, 0.3f, 0.6f, -0.9f, 0.1f];

    public static readonly string[] Rewards = ["near", "small"];

    /// <summary>Negative mean square: of the distance to the target, of the latent.</summary>
    public static double Reward(int dimension, ReadOnlySpan<float> latent)
    {
        double sum = 0;
        for (int i = 0; i < latent.Length; i++) sum -= dimension == 0 ? (latent[i] - Target[i]) * (latent[i] - Target[i]) : 0.01 * latent[i] * latent[i];
        return sum / latent.Length;
    }

    public IReadOnlyList<int> Draw(int iteration) => [0, 1];

    public Task<RewardTable> ScoreAsync(RolloutGroup<int, float> group, CancellationToken stop) =>
        Task.FromResult(RewardTable.Create(Rewards, [group.Members.Count], (k, _, i) => RewardEntry.Of(Reward(k, group.Members[i].Final))));

    public void Started(TrainerState state)
    {
        if (state.Iteration > 0) Console.WriteLine($"going on after iteration {state.Iteration}");
    }

    public void Finished(IterationReport report) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{report.Iteration + 1,4}  {string.Join("  ", report.Rewards.Select(r => $"{r.Dimension} {r.Mean:0.000} ± {r.Std:0.000}"))}  trained {string.Join(", ", report.Windows)}"));
}
