using GeoAlign.Grpo;

namespace GeoAlign.Models;

/// <summary>The noise levels and timesteps of DiffSynth's flow-match scheduler, rounded as its float32 arithmetic rounds them.</summary>
/// <remarks>
/// The levels are those of <see cref="SigmaSchedule.DiffSynth"/> to a float's precision. That is not enough where a timestep is rounded
/// to bfloat16: 750, for one, lies half way between 748 and 752, and the last bit of float32 decides. Hence <c>linspace(1, 0, n + 1)</c>,
/// <c>s u / (1 + (s − 1) u)</c> and <c>1000 σ</c> in float32, operation by operation, with linspace as libtorch's processor kernel has it.
/// </remarks>
public sealed class FlowMatchSchedule
{
    private readonly float[] _sigmas, _timesteps;

    /// <summary>Makes the levels.</summary>
    /// <param name="steps">Number of levels n.</param>
    /// <param name="shift">Timestep shift s; 5 in the released pipelines.</param>
    public FlowMatchSchedule(int steps, double shift = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(shift > 0 && double.IsFinite(shift))) throw new ArgumentOutOfRangeException(nameof(shift), shift, "The shift must be positive.");
        (_sigmas, _timesteps) = (new float[steps], new float[steps]);
        float factor = (float)shift, less = (float)(shift - 1);
        for (int i = 0; i < steps; i++)
        {
            float u = Uniform(i, steps);
            _sigmas[i] = factor * u / (1 + less * u);
            _timesteps[i] = _sigmas[i] * 1000;
        }
    }

    /// <summary>Number of levels; the step from the last one ends at σ = 0.</summary>
    public int Steps => _sigmas.Length;

    /// <summary>Noise levels, descending from 1; the last one is above 0.</summary>
    public ReadOnlySpan<float> Sigmas => _sigmas;

    /// <summary>1000 σ of every level.</summary>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <summary>What the network is told at a level.</summary>
    /// <param name="index">Level, 0 … <see cref="Steps"/> − 1.</param>
    /// <param name="roundToBFloat16">Whether the timestep is rounded to bfloat16, as in the released bf16 pipelines.</param>
    public float Timestep(int index, bool roundToBFloat16) => roundToBFloat16 ? BFloat16Rounding.Round(_timesteps[index]) : _timesteps[index];

    // Element i of linspace(1, 0, steps + 1). Elements count from the nearer end with one rounding; but in whole pairs of 8-wide vectors
    // only the first element of a vector does, and the others count from it.
    private static float Uniform(int i, int steps)
    {
        const int Lanes = 8;
        bool inVector = i < (steps + 1) / (2 * Lanes) * (2 * Lanes);
        int start = inVector ? i / Lanes * Lanes : i;
        float step = -1f / steps;
        float first = start < (steps + 1) / 2 ? MathF.FusedMultiplyAdd(step, start, 1) : -step * (steps - start);
        return first + step * (i - start);
    }
}
