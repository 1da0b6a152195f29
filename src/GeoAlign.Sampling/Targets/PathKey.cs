using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>Address of a target path: the same key gives the same path in any order, on any machine.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Iteration">Iteration, ≥ 0.</param>
/// <param name="Group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
/// <param name="Attempt">Number of the attempt, 0…4095: those before it gave paths that were rejected.</param>
public readonly record struct PathKey(long Seed, int Iteration, int Group, int Attempt = 0)
{
    /// <summary>
    /// A uniform number in the open interval (0, 1), for a source's own choices.
    /// </summary>
    /// <param name="stream">0 to 4095; numbers of different streams are independent.</param>
    /// <param name="number">Place within the stream. One place serves one use.</param>
    public double Uniform(int stream, uint number = 0) => Random(stream).Uniform(number);

    /// <summary>A whole number in [0, <paramref name="count"/>), drawn with number <paramref name="number"/> of a stream.</summary>
    public int Index(int count, int stream, uint number = 0) => Random(stream).Integer(count, number);

    // Member 0 of the purpose is which path is taken; it is part of saved runs.
    private CounterRandom Random(int stream) => new(unchecked((ulong)Seed), RandomPurpose.TargetChoice, Iteration, Group, member: stream, step: Attempt);
}
