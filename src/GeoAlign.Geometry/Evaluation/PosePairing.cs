namespace GeoAlign.Geometry;

/// <summary>Which pairs of frames, δ apart, a relative pose error compares.</summary>
public enum PosePairing
{
    /// <summary>(0, δ), (δ, 2δ), …: pairs that do not overlap.</summary>
    Consecutive,

    /// <summary>(0, δ), (1, 1 + δ), …: every pair.</summary>
    All,
}
