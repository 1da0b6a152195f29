namespace GeoAlign.Sampling;

/// <summary>Where the speed of a target path comes from.</summary>
public enum TargetSpeed
{
    /// <summary>Both top speeds are drawn from truncated Gaussians and the path is scaled to them (paper, eq. 10–14).</summary>
    Drawn,

    /// <summary>The path is used as it is; for metric paths such as <see cref="PresetPaths"/>. Nothing is drawn.</summary>
    AsRecorded,
}
