namespace GeoAlign.Rewards;

/// <summary>Kernel of an image resampler.</summary>
public enum ResampleFilter
{
    /// <summary>Cubic convolution with a = −0.5, support 2.</summary>
    Bicubic,

    /// <summary>Sinc windowed by a wider sinc, support 3.</summary>
    Lanczos,
}
