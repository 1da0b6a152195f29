namespace GeoAlign.Models;

/// <summary>Mean and standard deviation of VideoAlign's raw scores, for bringing them to one scale.</summary>
/// <param name="VisualQualityMean">Mean of VQ.</param>
/// <param name="VisualQualityDeviation">Standard deviation of VQ.</param>
/// <param name="MotionQualityMean">Mean of MQ.</param>
/// <param name="MotionQualityDeviation">Standard deviation of MQ.</param>
/// <param name="TextAlignmentMean">Mean of TA.</param>
/// <param name="TextAlignmentDeviation">Standard deviation of TA.</param>
public sealed record VideoAlignNormalisation(
    double VisualQualityMean, double VisualQualityDeviation, double MotionQualityMean, double MotionQualityDeviation,
    double TextAlignmentMean, double TextAlignmentDeviation)
{
    /// <summary>The constants of the released VideoReward checkpoint.</summary>
    public static VideoAlignNormalisation VideoReward { get; } = new(3.6757, 2.2476, 1.1646, 1.3811, 2.8105, 2.5121);

    /// <summary>Refuses deviations that are not positive and means that are not finite.</summary>
    /// <exception cref="ArgumentException">A constant is impossible.</exception>
    public VideoAlignNormalisation Validated()
    {
        double[] means = [VisualQualityMean, MotionQualityMean, TextAlignmentMean];
        double[] deviations = [VisualQualityDeviation, MotionQualityDeviation, TextAlignmentDeviation];
        return means.All(double.IsFinite) && deviations.All(deviation => double.IsFinite(deviation) && deviation > 0)
            ? this
            : throw new ArgumentException($"{this}: means must be finite and deviations positive.");
    }

    internal VideoAlignScore VisualQuality(double raw) => new(raw, (raw - VisualQualityMean) / VisualQualityDeviation);

    internal VideoAlignScore MotionQuality(double raw) => new(raw, (raw - MotionQualityMean) / MotionQualityDeviation);

    internal VideoAlignScore TextAlignment(double raw) => new(raw, (raw - TextAlignmentMean) / TextAlignmentDeviation);
}
