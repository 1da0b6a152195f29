using GeoAlign.Geometry;

namespace GeoAlign.Reporting;

/// <summary>A box drawn in outline.</summary>
/// <param name="Minimum">Corner with the smallest coordinates, metres, in the box's own axes.</param>
/// <param name="Maximum">Corner with the largest coordinates.</param>
public sealed record SceneBox(Vector3d Minimum, Vector3d Maximum)
{
    /// <summary>From the box's axes to the world of the paths; the identity where they are the same.</summary>
    public SE3 BoxToWorld { get; init; } = SE3.Identity;

    /// <summary>The eight corners in the world; bit 0 of the index chooses x, bit 1 y, bit 2 z.</summary>
    internal IEnumerable<Vector3d> Corners()
    {
        for (int i = 0; i < 8; i++)
            yield return BoxToWorld * new Vector3d((i & 1) == 0 ? Minimum.X : Maximum.X, (i & 2) == 0 ? Minimum.Y : Maximum.Y, (i & 4) == 0 ? Minimum.Z : Maximum.Z);
    }
}
