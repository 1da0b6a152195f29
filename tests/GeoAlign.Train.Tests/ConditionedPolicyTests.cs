using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Train.Tests;

public class ConditionedPolicyTests
{
    private static readonly TrainingCondition Nothing = new(null!, null!, null!, null!, "", "");

    [Fact]
    public async Task Memory_that_runs_out_inside_the_trainer_is_reported_with_what_the_network_was_doing()
    {
        ConditionedPolicy policy = new(new Exhausted());

        StageMemoryException rollout = await Fails(() => policy.PredictVelocity(Nothing, 0.5, 1, [], []));
        StageMemoryException update = await Fails(() => policy.Backpropagate(Nothing, 0.5, 1, [], (_, _) => { }));

        Assert.Equal((WorkStage.Rollout, WorkStage.Update), (rollout.Stage, update.Stage));
        Assert.Contains("while generating latents", rollout.Message, StringComparison.Ordinal);
        Assert.Contains("while updating the weights", update.Message, StringComparison.Ordinal);

        async Task<StageMemoryException> Fails(Action work) => await Assert.ThrowsAsync<StageMemoryException>(() => policy.ExplainAsync(Task.Run(() =>
        {
            work();
            return 0;
        })));
    }

    [Fact]
    public async Task Other_failures_pass_as_they_are()
    {
        FormatException error = new("bad");

        Assert.Same(error, await Assert.ThrowsAsync<FormatException>(() => new ConditionedPolicy(new Exhausted()).ExplainAsync(Task.FromException<int>(error))));
    }

    private sealed class Exhausted : IPolicy<RedirectorCondition, float>
    {
        public int LatentSize(RedirectorCondition condition) => 0;

        public void PredictVelocity(RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities) =>
            throw new InvalidOperationException("CUDA out of memory. Tried to allocate 2.00 GiB");

        public void Backpropagate(RedirectorCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient) =>
            throw new InvalidOperationException("DefaultCPUAllocator: can't allocate memory");
    }
}
