using GeoAlign.Geometry;

namespace GeoAlign.Reporting;

/// <summary>A camera's pyramid: the apex in its centre and four corners at some depth.</summary>
/// <param name="HalfWidth">Half of the width at depth 1.</param>
/// <param name="HalfHeight">Half of the height at depth 1.</param>
/// <param name="Depth">Length along the optical axis, in the unit of the path.</param>
internal readonly record struct FrustumShape(double HalfWidth, double HalfHeight, double Depth)
{
    /// <summary>Apex, then the corners in a round, in world coordinates.</summary>
    public Vector3d[] Points(SE3 cameraToWorld)
    {
        double w = HalfWidth * Depth, h = HalfHeight * Depth;
        return [cameraToWorld.Translation, cameraToWorld * new Vector3d(-w, -h, Depth), cameraToWorld * new Vector3d(w, -h, Depth), cameraToWorld * new Vector3d(w, h, Depth), cameraToWorld * new Vector3d(-w, h, Depth)];
    }
}
