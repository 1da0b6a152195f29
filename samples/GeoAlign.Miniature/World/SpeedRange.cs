using GeoAlign.Geometry;
using GeoAlign.Randomness;
using GeoAlign.Sampling;

namespace GeoAlign.Miniature;

/// <summary>Top speeds for raw paths, drawn from truncated Gaussians as in Geo-Align (arXiv 2605.23903), section 3.4.</summary>
/// <param name="TranslationMetresPerFrame">τ_trans, eq. 10.</param>
/// <param name="RotationDegreesPerFrame">τ_rot, eq. 11.</param>
internal sealed record SpeedRange(TruncatedGaussian TranslationMetresPerFrame, TruncatedGaussian RotationDegreesPerFrame)
{
    // The paper's own scaling of centres and rotation vectors. A raw path of a few frames has no broken pose: no check for jumps.
    private static readonly RescaleOptions Rescaling = RescaleOptions.Paper with { MaximumJumpRatio = double.PositiveInfinity };

    /// <summary>For paths that are asked for.</summary>
    public static SpeedRange Requested { get; } = new(new(0.24, 0.07, 0.08, 0.36), new(5, 2, 1, 9));

    /// <summary>For condition clips: slow and small.</summary>
    public static SpeedRange Source { get; } = new(new(0.06, 0.02, 0.02, 0.1), new(2, 0.8, 0.5, 4));

    /// <summary>Gives a raw path its metric speeds; the result is relative to its first frame.</summary>
    public CameraTrajectory Rescale(CameraTrajectory raw, CounterRandom translation, CounterRandom rotation)
    {
        RescaleResult result = TrajectoryRescaler.Rescale(
            raw,
            TranslationMetresPerFrame.Quantile(translation.Uniform(0)),
            double.DegreesToRadians(RotationDegreesPerFrame.Quantile(rotation.Uniform(0))),
            Rescaling);
        return result.IsRejected ? throw new InvalidOperationException($"A raw path could not be rescaled: {result.Rejection}") : result.Trajectory;
    }
}
