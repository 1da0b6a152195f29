namespace GeoAlign.Rewards;

/// <summary>How a resize without antialiasing joins its nearest pixels.</summary>
public enum InterpolationKernel
{
    /// <summary>Two pixels along each side.</summary>
    Bilinear,

    /// <summary>Four pixels along each side, cubic convolution with a = −0.75.</summary>
    Bicubic,
}
