namespace GeoAlign.Geometry;

/// <summary>How the rotations of a path are scaled by a factor s. R_i is relative to the first frame.</summary>
public enum RotationScaling
{
    /// <summary>
    /// <c>R̃_{i+1} = R̃_i · exp(s · log(R_iᵀ R_{i+1}))</c>: every step is scaled. Ours, because it meets the speed bound exactly,
    /// never wraps and does not depend on the choice of the first frame.
    /// </summary>
    Increments,

    /// <summary>
    /// <c>R̃_i = exp(s · log R_i)</c>, Geo-Align (arXiv 2605.23903) eq. 14. The principal logarithm jumps where the path has turned
    /// by more than π; <see cref="RescaleOptions.WhenRotationWraps"/> says what happens then.
    /// </summary>
    RelativeLog,

    /// <summary>Eq. 14 with the branch <c>ω + 2πk·axis</c> of the logarithm that lies nearest to the previous frame's.</summary>
    RelativeLogUnwrapped,
}
