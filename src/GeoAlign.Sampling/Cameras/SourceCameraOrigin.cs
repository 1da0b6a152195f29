namespace GeoAlign.Sampling;

/// <summary>Where the camera path of a condition clip comes from.</summary>
public enum SourceCameraOrigin
{
    /// <summary>Nobody asked for it, or it could not be had.</summary>
    Missing,

    /// <summary>Recorded with the video.</summary>
    Recorded,

    /// <summary>Estimated now.</summary>
    Estimated,

    /// <summary>Estimated before, taken from the cache.</summary>
    Cached,
}
