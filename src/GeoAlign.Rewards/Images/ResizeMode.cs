namespace GeoAlign.Rewards;

/// <summary>How frames are brought to the size of a network's input.</summary>
public enum ResizeMode
{
    /// <summary>Covering resize and middle crop, Lanczos when shrinking and bicubic otherwise; see <see cref="CoverCrop"/>.</summary>
    CoverLanczosBicubic,

    /// <summary>Bicubic resize to the exact size; the aspect changes.</summary>
    StretchBicubic,

    /// <summary>Frames must have the size already.</summary>
    None,
}
