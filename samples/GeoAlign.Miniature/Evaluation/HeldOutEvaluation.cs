using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>Generates held-out cases with a network and lets the judge measure them.</summary>
/// <remarks>Noise is a function of seed and case, so two networks are compared on the same cases and the same noise.</remarks>
internal sealed class HeldOutEvaluation
{
    private readonly RoomRenderer _renderer;
    private readonly PhotometricJudge _judge;
    private readonly SigmaSchedule _schedule;
    private readonly CounterNoise<float> _noise;

    /// <summary>Draws the cases.</summary>
    /// <param name="set">Which set.</param>
    /// <param name="first">First case.</param>
    /// <param name="count">Number of cases.</param>
    /// <param name="seed">Seed of cases and noise.</param>
    /// <param name="renderer">The room.</param>
    /// <param name="schedule">Noise levels of the deterministic sampler.</param>
    public HeldOutEvaluation(MiniatureSet set, int first, int count, ulong seed, RoomRenderer renderer, SigmaSchedule schedule)
    {
        (_renderer, _schedule) = (renderer, schedule);
        _judge = new PhotometricJudge(renderer);
        _noise = new CounterNoise<float>(seed);
        Cases = [.. Enumerable.Range(first, count).Select(i => MiniatureWorld.Draw(seed, set, i, MiniatureNetwork.ConditionFrames))];
    }

    /// <summary>The cases.</summary>
    public IReadOnlyList<MiniatureCase> Cases { get; }

    /// <summary>Generates and judges all cases.</summary>
    /// <param name="policy">The policy, with the weights to be judged.</param>
    /// <param name="stop">Ends the work.</param>
    public HeldOutResult Run(RedirectorPolicy policy, CancellationToken stop)
    {
        float[][] latents = [.. Cases.Select(item => Generate(policy, item, stop))];
        ClipJudgement[] judgements = _judge.JudgeAll(Cases, [.. latents.Select(l => (ReadOnlyMemory<float>)MiniatureVideo.Planes(l))]);
        return new HeldOutResult(Cases, latents, judgements, JudgementSummary.Of(judgements));
    }

    private float[] Generate(RedirectorPolicy policy, MiniatureCase item, CancellationToken stop)
    {
        using MiniatureCondition condition = MiniatureCondition.Of(item, policy.Network, _renderer);
        float[] latent = new float[MiniatureNetwork.Shape.Count];
        _noise.Initial(0, item.Index, 0, latent);
        OdeSampler.Generate(new MiniaturePolicy(policy), condition, _schedule, latent, stop);
        return latent;
    }
}
