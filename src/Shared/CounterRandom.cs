using System.Numerics;

namespace GeoAlign.Randomness;

/// <summary>What a random number is for. Part of its address, so that two uses never share numbers; values are part of saved runs.</summary>
internal enum RandomPurpose : byte
{
    /// <summary>Starting latents of rollouts.</summary>
    InitialNoise = 1,

    /// <summary>Noise of stochastic solver steps.</summary>
    StepNoise = 2,

    /// <summary>Random window starts.</summary>
    WindowStart = 3,

    /// <summary>Which items of a data set an iteration uses.</summary>
    ItemChoice = 4,

    /// <summary>The order of chosen items over ranks.</summary>
    ItemOrder = 5,

    /// <summary>Noise levels of supervised training.</summary>
    TrainingTime = 6,

    /// <summary>Noise of supervised training.</summary>
    TrainingNoise = 7,

    /// <summary>Which recordings make a sample of supervised training.</summary>
    TrainingPair = 8,

    /// <summary>Which target camera path goes with a condition.</summary>
    TargetChoice = 16,

    /// <summary>Translation speed of a target path.</summary>
    TranslationSpeed = 17,

    /// <summary>Rotation speed of a target path.</summary>
    RotationSpeed = 18,

    /// <summary>Which part of a longer video becomes the condition clip.</summary>
    ClipStart = 19,

    /// <summary>Made-up scenes and videos for demonstrations and tests.</summary>
    SyntheticScene = 20,

    /// <summary>Starting weights of miniature models.</summary>
    WeightInitialisation = 21,

    /// <summary>Which clusters a bootstrap draws.</summary>
    Resampling = 22,
}

/// <summary>
/// Random numbers that are a pure function of their address (seed, purpose, iteration, group, member, step): the same address gives the
/// same numbers in any order, on any thread and any rank, and there is no state to save.
/// </summary>
/// <remarks>
/// Philox4x32-10 of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The seed is the key; the address
/// fills the 128-bit counter without overlap (32 bits block, 32 iteration, 32 group, 12 member, 12 step, 8 purpose), so two addresses
/// can never meet. Use one address for one kind of draw only: uniforms and normals of one address come from the same bits.
/// </remarks>
internal readonly struct CounterRandom
{
    /// <summary>Members and steps are below this (12 bits each).</summary>
    public const int SmallFieldLimit = 1 << 12;

    private const double TwoToMinus53 = 1.0 / (1L << 53);
    private const double TwoToMinus64 = TwoToMinus53 / (1 << 11);

    private readonly uint _key0, _key1, _iteration, _group, _rest;

    /// <summary>Opens the stream at an address.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition), ≥ 0, counted over all ranks.</param>
    /// <param name="member">Member of the group, 0…4095.</param>
    /// <param name="step">Solver step, 0…4095.</param>
    public CounterRandom(ulong seed, RandomPurpose purpose, int iteration = 0, int group = 0, int member = 0, int step = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfNegative(group);
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, SmallFieldLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, SmallFieldLimit);
        (_key0, _key1) = ((uint)seed, (uint)(seed >> 32));
        (_iteration, _group) = ((uint)iteration, (uint)group);
        _rest = (uint)member << 20 | (uint)step << 8 | (byte)purpose;
    }

    /// <summary>The <paramref name="index"/>-th uniform number of this address, in the open interval (0, 1).</summary>
    /// <remarks>
    /// Half of the block gives the exponent (leading zeros, as in repeated coin tosses), the other half 52 bits of mantissa: every double
    /// keeps its full precision down to 2⁻⁶⁵, so logarithms and inverse normal tails are exact to the last bit.
    /// </remarks>
    public double Uniform(uint index)
    {
        (ulong exponentBits, ulong mantissaBits) = Block(index);
        int exponent = -1 - BitOperations.LeadingZeroCount(exponentBits);
        return BitConverter.UInt64BitsToDouble((ulong)(1023 + exponent) << 52 | mantissaBits >> 12);
    }

    /// <summary>Fills a span with uniforms; element i is <see cref="Uniform"/>(i).</summary>
    public void Uniforms(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Uniform((uint)i);
    }

    /// <summary>The <paramref name="index"/>-th whole number of this address, in [0, <paramref name="count"/>).</summary>
    /// <remarks>High half of a 64 × 64-bit product: no value is favoured by more than count/2⁶⁴.</remarks>
    public int Integer(int count, uint index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(Block(index).First, (ulong)count, out _);
    }

    /// <summary>Puts 0…n−1 into a span in random order (Fisher–Yates).</summary>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = Integer(i + 1, (uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Fills a span with independent standard normal numbers (Box–Muller, two per block).</summary>
    public void Normals(Span<double> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            (double first, double second) = NormalPair((uint)(i >> 1));
            values[i] = first;
            if (i + 1 < values.Length) values[i + 1] = second;
        }
    }

    /// <summary>As the double form, each number rounded to float.</summary>
    public void Normals(Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            (double first, double second) = NormalPair((uint)(i >> 1));
            values[i] = (float)first;
            if (i + 1 < values.Length) values[i + 1] = (float)second;
        }
    }

    /// <summary>The Philox4x32-10 function: ten rounds on a counter under a key.</summary>
    internal static (uint X0, uint X1, uint X2, uint X3) Philox(uint x0, uint x1, uint x2, uint x3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = 0xD2511F53UL * x0;
            ulong product1 = 0xCD9E8D57UL * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ key1, (uint)product0);
            key0 += 0x9E3779B9;        // the paper's Weyl constants: golden ratio and √3 − 1
            key1 += 0xBB67AE85;
        }

        return (x0, x1, x2, x3);
    }

    // Radius from 64 bits, u = (n + ½)·2⁻⁶⁴ in (0, 1]: the tail reaches 9.5 standard deviations. The angle needs no such care.
    private (double, double) NormalPair(uint index)
    {
        (ulong radiusBits, ulong angleBits) = Block(index);
        double radius = Math.Sqrt(-2 * Math.Log((radiusBits + 0.5) * TwoToMinus64));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * ((angleBits >> 11) * TwoToMinus53));
        return (radius * cosine, radius * sine);
    }

    private (ulong First, ulong Second) Block(uint index)
    {
        (uint x0, uint x1, uint x2, uint x3) = Philox(index, _iteration, _group, _rest, _key0, _key1);
        return ((ulong)x1 << 32 | x0, (ulong)x3 << 32 | x2);
    }
}
