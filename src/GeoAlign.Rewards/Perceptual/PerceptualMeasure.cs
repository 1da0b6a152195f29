namespace GeoAlign.Rewards;

/// <summary>A look at pictures that needs no network; larger is better.</summary>
public enum PerceptualMeasure
{
    /// <summary>"flicker": VBench's temporal flickering, <see cref="TemporalFlicker"/>.</summary>
    Flicker,

    /// <summary>"sharpness": mean over frames of <see cref="LumaStatistics.LaplacianVariance"/>. Noise raises it too.</summary>
    Sharpness,

    /// <summary>"exposure": minus <see cref="ExposureStatistics.ClippedShare"/>.</summary>
    Exposure,

    /// <summary>"colour": minus the <see cref="ColourStatistics.Distance"/> from the colours of the condition clip, or of the first frame.</summary>
    Colour,
}
