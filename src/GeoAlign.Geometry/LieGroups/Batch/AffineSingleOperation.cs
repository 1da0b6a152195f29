using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary><c>M·p + t</c> with one M and t for all points, float32.</summary>
internal readonly struct AffineSingleOperation(Matrix3d matrix, Vector3d translation) : IBatchOperation<Vector3, Vector3>
{
    private readonly float _m00 = (float)matrix.M00, _m01 = (float)matrix.M01, _m02 = (float)matrix.M02, _tx = (float)translation.X;
    private readonly float _m10 = (float)matrix.M10, _m11 = (float)matrix.M11, _m12 = (float)matrix.M12, _ty = (float)translation.Y;
    private readonly float _m20 = (float)matrix.M20, _m21 = (float)matrix.M21, _m22 = (float)matrix.M22, _tz = (float)translation.Z;

    public static bool HasBlocks => LanesSingle.Supported;

    public static int BlockSize => LanesSingle.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Block(ref readonly Vector3 source, ref Vector3 destination)
    {
        (Vector256<float> x, Vector256<float> y, Vector256<float> z) = LanesSingle.LoadTriples(ref LanesSingle.Floats(in source));
        LanesSingle.StoreTriples(
            ref LanesSingle.Floats(in destination),
            Row(_m00, _m01, _m02, _tx, x, y, z),
            Row(_m10, _m11, _m12, _ty, x, y, z),
            Row(_m20, _m21, _m22, _tz, x, y, z));
    }

    public Vector3 One(in Vector3 source) => new(
        _m00 * source.X + _m01 * source.Y + _m02 * source.Z + _tx,
        _m10 * source.X + _m11 * source.Y + _m12 * source.Z + _ty,
        _m20 * source.X + _m21 * source.Y + _m22 * source.Z + _tz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(float a, float b, float c, float t, Vector256<float> x, Vector256<float> y, Vector256<float> z) =>
        Vector256.MultiplyAddEstimate(Vector256.Create(a), x, Vector256.MultiplyAddEstimate(Vector256.Create(b), y, Vector256.MultiplyAddEstimate(Vector256.Create(c), z, Vector256.Create(t))));
}
