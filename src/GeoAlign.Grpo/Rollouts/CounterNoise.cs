using System.Numerics;
using System.Runtime.InteropServices;
using GeoAlign.Randomness;

namespace GeoAlign.Grpo;

/// <summary>Noise from the counter-based generator: a function of (seed, iteration, group, member, step).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="seed">Seed of the run.</param>
public sealed class CounterNoise<T>(ulong seed) : ILatentNoise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Initial(int iteration, int group, int member, Span<T> noise) =>
        Fill(new CounterRandom(seed, RandomPurpose.InitialNoise, iteration, group, member), noise);

    /// <inheritdoc/>
    public void Step(int iteration, int group, int member, int step, Span<T> noise) =>
        Fill(new CounterRandom(seed, RandomPurpose.StepNoise, iteration, group, member, step), noise);

    private static void Fill(CounterRandom random, Span<T> noise)
    {
        if (typeof(T) == typeof(float)) random.Normals(MemoryMarshal.Cast<T, float>(noise));
        else if (typeof(T) == typeof(double)) random.Normals(MemoryMarshal.Cast<T, double>(noise));
        else throw new NotSupportedException($"Noise of type {typeof(T).Name}; latents are float or double.");
    }
}
