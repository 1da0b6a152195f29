namespace GeoAlign.Sampling;

/// <summary>The rule by which a drawn path was rejected.</summary>
public enum PathRejection
{
    /// <summary>The camera neither moves nor turns faster than the limits of <see cref="Geometry.RescaleOptions"/>.</summary>
    Static,

    /// <summary>One step is far longer than the others: most likely a bad pose.</summary>
    TranslationJump,

    /// <summary>One step turns far more than the others: most likely a bad pose.</summary>
    RotationJump,

    /// <summary>The scaled logarithm of the rotation jumps to another branch.</summary>
    RotationWrap,

    /// <summary>The recording breaks its format.</summary>
    Unreadable,
}
