using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>A family of frame weights, chosen as a setting; the numbers come from <see cref="FrameWeights"/>.</summary>
/// <remarks>
/// Geo-Align (arXiv 2605.23903, section 3.2) asks for weights that increase with the frame, because drift accumulates late, and does not
/// say which. A positive factor on all weights changes no advantage; the shape does.
/// </remarks>
public sealed record FrameWeighting
{
    private readonly Family _family;
    private readonly double _parameter;

    private FrameWeighting(Family family, double parameter = 0)
    {
        (_family, _parameter) = (family, parameter);
        Of(1);                              // refuses a bad parameter here rather than at the first video
    }

    private enum Family { Linear, Uniform, LinearFromZero, Affine, Power, Exponential, Last }

    /// <summary><c>w_i = (i + 1)/N</c>: our default.</summary>
    public static FrameWeighting Linear { get; } = new(Family.Linear);

    /// <summary><c>w_i = 1</c>.</summary>
    public static FrameWeighting Uniform { get; } = new(Family.Uniform);

    /// <summary><c>w_i = i/(N − 1)</c>.</summary>
    public static FrameWeighting LinearFromZero { get; } = new(Family.LinearFromZero);

    /// <summary><c>w_i = 1 + p·i/(N − 1)</c>, p ≥ 0.</summary>
    public static FrameWeighting Affine(double slope) => new(Family.Affine, slope);

    /// <summary><c>w_i = ((i + 1)/N)^p</c>, p ≥ 0.</summary>
    public static FrameWeighting Power(double exponent) => new(Family.Power, exponent);

    /// <summary><c>w_i = exp(p·i/(N − 1))</c>, p ≥ 0.</summary>
    public static FrameWeighting Exponential(double rate) => new(Family.Exponential, rate);

    /// <summary><c>w_i = 1</c> for the last k frames, 0 before: the late frames alone, where drift is largest. All frames when there are fewer than k.</summary>
    /// <param name="frames">k ≥ 1.</param>
    public static FrameWeighting Last(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        return new(Family.Last, frames);
    }

    /// <summary>The weights of N frames.</summary>
    public double[] Of(int frames) => _family switch
    {
        Family.Linear => FrameWeights.Linear(frames),
        Family.Uniform => FrameWeights.Uniform(frames),
        Family.LinearFromZero => FrameWeights.LinearFromZero(frames),
        Family.Affine => FrameWeights.Affine(frames, _parameter),
        Family.Power => FrameWeights.Power(frames, _parameter),
        Family.Exponential => FrameWeights.Exponential(frames, _parameter),
        _ => LastFrames(frames, (int)_parameter),
    };

    /// <summary>The family and its parameter.</summary>
    public override string ToString() => _family is Family.Affine or Family.Power or Family.Exponential or Family.Last
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_family}({_parameter})")
        : _family.ToString();

    private static double[] LastFrames(int frames, int last)
    {
        double[] weights = FrameWeights.Uniform(frames);
        weights.AsSpan(0, Math.Max(0, frames - last)).Clear();
        return weights;
    }
}
