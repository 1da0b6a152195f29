namespace GeoAlign.Grpo;

/// <summary>An exponential moving average of the weights: rollouts use the live weights, evaluation and published checkpoints the average.</summary>
/// <param name="Decay">Largest decay. 0.9 in Flow-GRPO.</param>
/// <param name="Interval">Updates between averaging steps. 8 in Flow-GRPO.</param>
public sealed record EmaOptions(double Decay = 0.9, int Interval = 8)
{
    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Decay is >= 0 and < 1)) yield return $"Ema.{nameof(Decay)} is {Decay}, must be in [0, 1)";
        if (Interval < 1) yield return $"Ema.{nameof(Interval)} is {Interval}, must be ≥ 1";
    }

    /// <summary>Decay after update t (from 0): min((1 + t) / (10 + t), Decay). Flow-GRPO.</summary>
    public double DecayAt(int update) => Math.Min((1.0 + update) / (10.0 + update), Decay);

    /// <summary>Whether the average moves after update t: (t + 1) is a multiple of the interval.</summary>
    public bool MovesAfter(int update) => (update + 1) % Interval == 0;
}
