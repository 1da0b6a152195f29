namespace GeoAlign.Geometry;

/// <summary>Numerical guards that fired while a path was rescaled.</summary>
[Flags]
public enum RescaleGuards
{
    /// <summary>None: the factors are those of the formula.</summary>
    None = 0,

    /// <summary>The camera hardly translates; the translation factor is 0, so that noise is not blown up to full speed.</summary>
    TranslationTooSlow = 1 << 0,

    /// <summary>The camera hardly rotates; the rotation factor is 0.</summary>
    RotationTooSlow = 1 << 1,

    /// <summary>The translation factor was limited to <see cref="RescaleOptions.MaximumFactor"/>.</summary>
    TranslationFactorCapped = 1 << 2,

    /// <summary>The rotation factor was limited to <see cref="RescaleOptions.MaximumFactor"/>.</summary>
    RotationFactorCapped = 1 << 3,

    /// <summary>One step is far longer than the median step: most likely a bad pose. The clip is rejected.</summary>
    TranslationJump = 1 << 4,

    /// <summary>One step turns far more than the median step: most likely a bad pose. The clip is rejected.</summary>
    RotationJump = 1 << 5,

    /// <summary>A step of the output turned too far: the scaled logarithm went over to another branch.</summary>
    RotationWrapped = 1 << 6,
}
