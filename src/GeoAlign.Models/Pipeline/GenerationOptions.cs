using System.Globalization;

namespace GeoAlign.Models;

/// <summary>How a video is generated. The defaults are ReDirector's recipe in full precision.</summary>
public sealed record GenerationOptions
{
    /// <summary>
    /// What the released pipelines do, roundings included: 50 Euler steps, shift 5, guidance 5, timesteps rounded to bfloat16, pixels cut to bytes.
    /// </summary>
    /// <remarks>Two things stay apart: latents are kept in float32 between steps, and noise comes from this library's own generator.</remarks>
    public static GenerationOptions Released { get; } = new() { RoundTimestepToBFloat16 = true, TruncateBytes = true };

    /// <summary>Euler steps. 50 in the released pipelines.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>Timestep shift. 5 in the released pipelines.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Guidance s: v = v⁻ + s (v⁺ − v⁻). 5 in the released pipelines; 1 leaves the negative prompt out, at half the cost.</summary>
    public double GuidanceScale { get; init; } = 5;

    /// <summary>Whether the network is told timesteps rounded to bfloat16; the solver's σ are not touched. It changes the video visibly.</summary>
    public bool RoundTimestepToBFloat16 { get; init; }

    /// <summary>Whether pixels are cut to bytes instead of rounded, as ReDirector's scripts do. Only with <see cref="WanLatentCodec"/>.</summary>
    public bool TruncateBytes { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public GenerationOptions Validated()
    {
        List<string> errors = [];
        if (Steps < 1) errors.Add(Text($"{nameof(Steps)} is {Steps}, must be ≥ 1"));
        if (!(Shift > 0 && double.IsFinite(Shift))) errors.Add(Text($"{nameof(Shift)} is {Shift}, must be > 0"));
        if (!double.IsFinite(GuidanceScale)) errors.Add(Text($"{nameof(GuidanceScale)} is {GuidanceScale}, must be finite"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(GenerationOptions)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
