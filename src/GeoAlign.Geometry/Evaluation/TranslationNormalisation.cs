namespace GeoAlign.Geometry;

/// <summary>How camera centres are scaled before the errors of the CameraCtrl family are taken.</summary>
public enum TranslationNormalisation
{
    /// <summary>Not at all: the unit of the paths stays.</summary>
    None,

    /// <summary>Each path by its own largest distance from the first centre; called "rel" by CamI2V. Blind to scale.</summary>
    OwnMaximum,

    /// <summary>Both paths by the target's largest distance; called "abs" by CamI2V.</summary>
    TargetMaximum,
}
