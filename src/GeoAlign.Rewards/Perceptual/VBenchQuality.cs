namespace GeoAlign.Rewards;

/// <summary>The seven measures of VBench's quality score. Larger is better; as VBench prints them, most in [0, 1].</summary>
/// <remarks>Ranges and weights of the published code of VBench (arXiv 2311.17982). For a table; rewards are never summed like this.</remarks>
/// <param name="SubjectConsistency">Consistency of DINO features.</param>
/// <param name="BackgroundConsistency">Consistency of CLIP features.</param>
/// <param name="TemporalFlickering"><see cref="TemporalFlicker.Score"/>.</param>
/// <param name="MotionSmoothness"><see cref="VBench.MotionSmoothness"/>.</param>
/// <param name="AestheticQuality"><see cref="VBench.Aesthetic"/>.</param>
/// <param name="ImagingQuality"><see cref="VBench.Imaging"/>.</param>
/// <param name="DynamicDegree"><see cref="VBenchDynamicDegree"/>.</param>
public sealed record VBenchQuality(
    double SubjectConsistency, double BackgroundConsistency, double TemporalFlickering, double MotionSmoothness,
    double AestheticQuality, double ImagingQuality, double DynamicDegree)
{
    private const double DynamicDegreeWeight = 0.5;

    /// <summary>Each measure mapped from its range to [0, 1] by (x − min)/(max − min). Measures outside of their range are not clipped.</summary>
    public VBenchQuality Normalised() => new(
        Map(SubjectConsistency, 0.1462, 1), Map(BackgroundConsistency, 0.2615, 1), Map(TemporalFlickering, 0.6293, 1), Map(MotionSmoothness, 0.706, 0.9975),
        AestheticQuality, ImagingQuality, DynamicDegree);

    /// <summary>The quality score: the mean of the normalised measures, dynamic degree with half the weight.</summary>
    public double Score()
    {
        VBenchQuality n = Normalised();
        double sum = n.SubjectConsistency + n.BackgroundConsistency + n.TemporalFlickering + n.MotionSmoothness + n.AestheticQuality + n.ImagingQuality;
        return (sum + DynamicDegreeWeight * n.DynamicDegree) / (6 + DynamicDegreeWeight);
    }

    private static double Map(double value, double min, double max) => (value - min) / (max - min);
}
