using GeoAlign.Geometry;

namespace GeoAlign.Train.EmbeddedScene;

/// <summary>An axis-aligned box in metres with one surface; rays meet it by the slab method.</summary>
internal sealed record Box(Vector3d Low, Vector3d High, Surface Surface)
{
    /// <summary>Distance (in ray lengths) and axis where a ray from inside leaves the box.</summary>
    public (double Distance, int Axis) Leave(Vector3d origin, Vector3d ray)
    {
        (double distance, int axis) = (double.PositiveInfinity, 0);
        for (int a = 0; a < 3; a++)
        {
            if (ray[a] == 0) continue;
            double far = ((ray[a] > 0 ? High[a] : Low[a]) - origin[a]) / ray[a];
            if (far < distance) (distance, axis) = (far, a);
        }

        return (distance, axis);
    }

    /// <summary>Distance and axis where a ray from outside enters the box; infinite when it misses.</summary>
    public (double Distance, int Axis) Enter(Vector3d origin, Vector3d ray)
    {
        (double near, double far, int axis) = (double.NegativeInfinity, double.PositiveInfinity, 0);
        for (int a = 0; a < 3; a++)
        {
            double t0 = (Low[a] - origin[a]) / ray[a], t1 = (High[a] - origin[a]) / ray[a];
            if (t0 > t1) (t0, t1) = (t1, t0);
            if (t0 > near) (near, axis) = (t0, a);
            far = Math.Min(far, t1);
        }

        return near > 1e-6 && near <= far ? (near, axis) : (double.PositiveInfinity, 0);
    }
}
