using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary><c>M·p + t</c> with one M and t for all points.</summary>
internal readonly struct AffineOperation(Matrix3d matrix, Vector3d translation) : IBatchOperation<Vector3d, Vector3d>
{
    private readonly Matrix3d _m = matrix;
    private readonly Vector3d _t = translation;

    public static bool HasBlocks => Lanes.Supported;

    public static int BlockSize => Lanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Block(ref readonly Vector3d source, ref Vector3d destination)
    {
        (Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadTriples(ref Lanes.Doubles(in source));
        Lanes.StoreTriples(
            ref Lanes.Doubles(in destination),
            Row(_m.M00, _m.M01, _m.M02, _t.X, x, y, z),
            Row(_m.M10, _m.M11, _m.M12, _t.Y, x, y, z),
            Row(_m.M20, _m.M21, _m.M22, _t.Z, x, y, z));
    }

    public Vector3d One(in Vector3d source) => _m * source + _t;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Row(double a, double b, double c, double t, Vector256<double> x, Vector256<double> y, Vector256<double> z) =>
        Vector256.MultiplyAddEstimate(Vector256.Create(a), x, Vector256.MultiplyAddEstimate(Vector256.Create(b), y, Vector256.MultiplyAddEstimate(Vector256.Create(c), z, Vector256.Create(t))));
}
