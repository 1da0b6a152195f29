using System.Globalization;

namespace GeoAlign.Models;

/// <summary>The noise levels of supervised flow matching and the weight of the loss at each of them.</summary>
/// <remarks>
/// DiffSynth's flow-match scheduler in training mode, as ReDirector and ReCamMaster use it: the levels of a sampler with as many steps
/// (<see cref="FlowMatchSchedule"/>) and weights
/// <c>w = n (y − min y) / Σ(y − min y)</c> with <c>y = exp(−2 ((t − 500)/1000)²)</c>: their mean is 1, they are largest in the
/// middle and 0 at the end farthest from it.
/// </remarks>
public sealed class FlowMatchingTable
{
    /// <summary>Timesteps per unit of σ.</summary>
    public const double TimestepsPerSigma = 1000;

    private readonly FlowMatchSchedule _schedule;
    private readonly double[] _weights;

    /// <summary>Makes a table.</summary>
    /// <param name="steps">Number of levels; 1000 in training.</param>
    /// <param name="shift">Timestep shift; 5 in ReDirector's training.</param>
    public FlowMatchingTable(int steps = 1000, double shift = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        _schedule = new FlowMatchSchedule(steps, shift);
        _weights = new double[steps];
        for (int i = 0; i < steps; i++) _weights[i] = Math.Exp(-2 * Math.Pow((Timesteps[i] - 500.0) / 1000, 2));
        double least = _weights.Min(), sum = _weights.Sum(weight => weight - least);
        for (int i = 0; i < steps; i++) _weights[i] = steps * (_weights[i] - least) / sum;
    }

    /// <summary>Number of levels.</summary>
    public int Count => _schedule.Steps;

    /// <summary>Noise levels, descending from 1; the last one is above 0.</summary>
    public ReadOnlySpan<float> Sigmas => _schedule.Sigmas;

    /// <summary>1000 σ of every level.</summary>
    public ReadOnlySpan<float> Timesteps => _schedule.Timesteps;

    /// <summary>Weight of the loss at every level.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The level whose timestep is nearest; of two equally near ones the noisier.</summary>
    public int Nearest(float timestep)
    {
        if (!float.IsFinite(timestep)) throw new ArgumentOutOfRangeException(nameof(timestep), timestep, "The timestep must be finite.");
        int best = 0;
        ReadOnlySpan<float> timesteps = Timesteps;
        for (int i = 1; i < timesteps.Length; i++)
        {
            if (MathF.Abs(timesteps[i] - timestep) < MathF.Abs(timesteps[best] - timestep)) best = i;
        }

        return best;
    }

    /// <summary>What training does at a level.</summary>
    /// <param name="index">Level, 0 … Count − 1.</param>
    /// <param name="roundTimestepToBFloat16">
    /// Whether the timestep is rounded to bfloat16 first, and σ and weight then taken from the level nearest to the rounded value, as the
    /// released training does: several levels fall together.
    /// </param>
    public TrainingTime At(int index, bool roundTimestepToBFloat16)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), string.Create(CultureInfo.InvariantCulture,
                $"Level {index} of a table of {Count}."));
        if (!roundTimestepToBFloat16) return new TrainingTime(Sigmas[index], Timesteps[index], _weights[index]);
        float timestep = _schedule.Timestep(index, roundToBFloat16: true);
        int nearest = Nearest(timestep);
        return new TrainingTime(Sigmas[nearest], timestep, _weights[nearest]);
    }
}
