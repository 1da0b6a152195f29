using System.Globalization;

namespace GeoAlign.Grpo;

/// <summary>The descending noise levels σ_0 &gt; σ_1 &gt; … &gt; σ_T = 0 that a sampler visits. 1 is pure noise, 0 is data.</summary>
/// <remarks>
/// Kept in double: at large shifts 1 − σ_1 loses half of its float digits. All factories apply the timestep shift
/// <c>shift(u, k) = k·u / (1 + (k − 1)·u)</c> of rectified-flow models; they differ in the u they start from.
/// </remarks>
public sealed class SigmaSchedule : IEquatable<SigmaSchedule>
{
    private const double SmallestTrainingSigma = 1e-3;     // 1/1000: the last of 1000 training timesteps

    private readonly double[] _sigmas;

    private SigmaSchedule(double[] sigmas, double shift) => (_sigmas, Shift) = (sigmas, shift);

    /// <summary>Number of solver steps T.</summary>
    public int Steps => _sigmas.Length - 1;

    /// <summary>σ_i, i in 0…T.</summary>
    public double this[int index] => _sigmas[index];

    /// <summary>The timestep shift k the levels were made with; 1 for a given list.</summary>
    public double Shift { get; }

    /// <summary>All T + 1 noise levels.</summary>
    public ReadOnlySpan<double> Sigmas => _sigmas;

    /// <summary>Shifts a uniform time u in [0, 1] towards noise: k·u / (1 + (k − 1)·u), written so that 1 stays exactly 1.</summary>
    public static double ApplyShift(double u, double shift) => u / (u + (1 - u) / shift);

    /// <summary>The uniform time that a shift takes to σ.</summary>
    public static double Unshift(double sigma, double shift) => sigma / (sigma + (1 - sigma) * shift);

    /// <summary>MixGRPO and DanceGRPO: <c>shift(linspace(1, 0, T + 1))</c>. Shift 3 for image models, 5 for video models.</summary>
    public static SigmaSchedule Linspace(int steps, double shift) =>
        Build(steps, shift, i => ApplyShift(1 - i / (double)steps, shift));

    /// <summary>DiffSynth's flow-match scheduler as ReDirector and ReCamMaster use it (σ_min 0, one extra step): the same numbers as <see cref="Linspace"/>.</summary>
    public static SigmaSchedule DiffSynth(int steps, double shift) => Linspace(steps, shift);

    /// <summary>LongCat-Video's pipeline: <c>shift(linspace(1, 0.001, T))</c>, then 0. Its shift is 12.</summary>
    public static SigmaSchedule LongCat(int steps, double shift) =>
        Build(steps, shift, i => ApplyShift(Between(1, SmallestTrainingSigma, i, steps), shift));

    /// <summary>Diffusers' Euler flow scheduler with a static shift: the lower end of u is shifted twice. SD3 uses shift 3.</summary>
    public static SigmaSchedule DiffusersStatic(int steps, double shift) =>
        Build(steps, shift, i => ApplyShift(Between(1, ApplyShift(SmallestTrainingSigma, shift), i, steps), shift));

    /// <summary>Flow UniPC of older diffusers (Wan in Flow-GRPO and Flash-GRPO). Starts below 1: 0.99967 at shift 3.</summary>
    public static SigmaSchedule UniPcOld(int steps, double shift) =>
        Build(steps, shift, i => ApplyShift(1 - Between(1, SmallestTrainingSigma, steps - i, steps + 1), shift));

    /// <summary>Flow UniPC of newer diffusers. Starts at 1 − 10⁻⁶, which slips past guards that test σ = 1.</summary>
    public static SigmaSchedule UniPcNew(int steps, double shift) =>
        Build(steps, shift, i => ApplyShift(Between(1, SmallestTrainingSigma, i, steps + 1), shift) - (i == 0 ? 1e-6 : 0));

    /// <summary>The schedule of a kind.</summary>
    public static SigmaSchedule Create(ScheduleKind kind, int steps, double shift) => kind switch
    {
        ScheduleKind.Linspace => Linspace(steps, shift),
        ScheduleKind.LongCat => LongCat(steps, shift),
        ScheduleKind.DiffusersStatic => DiffusersStatic(steps, shift),
        ScheduleKind.UniPcOld => UniPcOld(steps, shift),
        ScheduleKind.UniPcNew => UniPcNew(steps, shift),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown schedule."),
    };

    /// <summary>A schedule from a given list.</summary>
    /// <exception cref="ArgumentException">Not strictly descending, outside [0, 1], or not ending in 0.</exception>
    public static SigmaSchedule Of(params ReadOnlySpan<double> sigmas)
    {
        if (sigmas.Length < 2) throw new ArgumentException($"{sigmas.Length} noise levels, expected at least 2.", nameof(sigmas));
        for (int i = 0; i < sigmas.Length; i++)
        {
            bool good = sigmas[i] is >= 0 and <= 1 && (i == 0 || sigmas[i] < sigmas[i - 1]);
            if (!good) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"sigmas[{i}] is {sigmas[i]:R}; noise levels must lie in [0, 1] and strictly descend."), nameof(sigmas));
        }

        if (sigmas[^1] != 0) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The last noise level is {sigmas[^1]:R}, must be 0 (data)."), nameof(sigmas));
        return new SigmaSchedule(sigmas.ToArray(), 1);
    }

    internal SigmaSchedule MadeWith(double shift) => new(_sigmas, shift);

    /// <inheritdoc/>
    public bool Equals(SigmaSchedule? other) => other is not null && Sigmas.SequenceEqual(other.Sigmas);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SigmaSchedule);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_sigmas.Length, _sigmas[0], _sigmas[_sigmas.Length / 2]);

    /// <summary>The noise levels with four digits.</summary>
    public override string ToString() => string.Join(' ', _sigmas.Select(s => s.ToString("0.####", CultureInfo.InvariantCulture)));

    private static SigmaSchedule Build(int steps, double shift, Func<int, double> sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(shift > 0 && double.IsFinite(shift))) throw new ArgumentOutOfRangeException(nameof(shift), shift, "The shift must be positive.");
        double[] sigmas = new double[steps + 1];
        for (int i = 0; i < steps; i++) sigmas[i] = sigma(i);
        return Of(sigmas).MadeWith(shift);
    }

    // Element i of linspace(first, last, count).
    private static double Between(double first, double last, int i, int count) =>
        count == 1 ? first : i == count - 1 ? last : first + (last - first) * i / (count - 1);
}
