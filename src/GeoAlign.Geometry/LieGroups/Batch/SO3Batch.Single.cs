using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

// Float32: rotation vectors as Vector3, rotations as Quaternion (unit, Hamilton, column vectors), matrices as nine floats, row-major.
// Relative error below 5e-7. Where there are no vector registers the work is done in double and rounded.
public static partial class SO3Batch
{
    private const int WidenedAtOnce = 32;

    /// <summary>Exponential map of each rotation vector (radians), float32.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Exp(ReadOnlySpan<Vector3> omegas, Span<Quaternion> rotations) => Batch.Run(default(ExpSingleOperation), omegas, rotations);

    /// <summary>Logarithm of each unit quaternion, float32: rotation vectors of length at most π.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Log(ReadOnlySpan<Quaternion> rotations, Span<Vector3> omegas) => Batch.Run(default(LogSingleOperation), rotations, omegas);

    /// <summary>Composition <c>left[i]·right[i]</c>, float32; renormalised to first order.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Compose(ReadOnlySpan<Quaternion> left, ReadOnlySpan<Quaternion> right, Span<Quaternion> products) =>
        Batch.Run<ComposeSingleOperation, Quaternion, Quaternion, Quaternion>(left, right, products);

    /// <summary>Rotates each point by its own unit quaternion, float32.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Rotate(ReadOnlySpan<Quaternion> rotations, ReadOnlySpan<Vector3> points, Span<Vector3> rotated) =>
        Batch.Run<RotateSingleOperation, Quaternion, Vector3, Vector3>(rotations, points, rotated);

    /// <summary>Rotates all points by one rotation, float32.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Rotate(SO3 rotation, ReadOnlySpan<Vector3> points, Span<Vector3> rotated) =>
        Batch.Run(new AffineSingleOperation(rotation.ToMatrix(), Vector3d.Zero), points, rotated);

    /// <summary>The matrix of each unit quaternion: nine floats a rotation, row-major.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void ToMatrices(ReadOnlySpan<Quaternion> rotations, Span<float> matrices)
    {
        if (matrices.Length < 9 * (long)rotations.Length) throw new ArgumentException($"Room for {matrices.Length} numbers, expected {9L * rotations.Length}.", nameof(matrices));
        Batch.Run(default(ToMatrixSingleOperation), rotations, MemoryMarshal.Cast<float, MatrixSingle>(matrices));
    }

    /// <summary>The rotation of each matrix of nine floats, row-major, by the largest quaternion component, as <see cref="SO3.FromMatrix"/>.</summary>
    /// <exception cref="ArgumentException">Not a multiple of nine numbers, the destination is too short, or a matrix is not a rotation; the message names its index.</exception>
    public static void FromMatrices(ReadOnlySpan<float> matrices, Span<Quaternion> rotations)
    {
        if (matrices.Length % 9 != 0) throw new ArgumentException($"{matrices.Length} numbers, expected a multiple of 9 (3×3, row-major).", nameof(matrices));
        if (rotations.Length < matrices.Length / 9) throw new ArgumentException($"Room for {rotations.Length} results, expected {matrices.Length / 9}.", nameof(rotations));

        // In double, a few at a time: the matrices of files are float32 more often than the arithmetic on them should be.
        ReadOnlySpan<MatrixSingle> narrow = MemoryMarshal.Cast<float, MatrixSingle>(matrices);
        Span<Matrix3d> wide = stackalloc Matrix3d[WidenedAtOnce];
        Span<SO3> found = stackalloc SO3[WidenedAtOnce];
        for (int start = 0; 9 * start < matrices.Length; start += WidenedAtOnce)
        {
            int count = Math.Min(WidenedAtOnce, matrices.Length / 9 - start);
            for (int i = 0; i < count; i++)
            {
                ref readonly MatrixSingle m = ref narrow[start + i];
                wide[i] = new(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
            }

            Batch.Run(default(FromMatrixOperation), wide[..count], found[..count]);
            for (int i = 0; i < count; i++)
            {
                if (double.IsNaN(found[i].W)) throw new ArgumentException($"Matrix {start + i}: {SO3.RefusalOf(wide[i])}", nameof(matrices));
                rotations[start + i] = Rounded(found[i]);
            }
        }
    }

    private static Quaternion Rounded(SO3 r) => new((float)r.X, (float)r.Y, (float)r.Z, (float)r.W);

    private static SO3 Widened(in Quaternion q) => SO3.FromQuaternionWxyz(q.W, q.X, q.Y, q.Z);

    private static Vector3 Rounded(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static Vector3d Widened(in Vector3 v) => new(v.X, v.Y, v.Z);

    private readonly struct ExpSingleOperation : IBatchOperation<Vector3, Quaternion>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly Vector3 source, ref Quaternion destination)
        {
            (Vector256<float> x, Vector256<float> y, Vector256<float> z) = LanesSingle.LoadTriples(ref LanesSingle.Floats(in source));
            Vector256<float> u = 0.25f * (x * x + y * y + z * z);
            (Vector256<float> sinc, Vector256<float> cos) = RotationLanesSingle.SincCos(x, y, z);
            Vector256<float> k = 0.5f * sinc;
            LanesSingle.StoreQuads(ref LanesSingle.Floats(in destination), 4, k * x, k * y, k * z, cos);
            if (!Vector256.LessThanOrEqualAll(u, Vector256.Create(RotationLanesSingle.HalfAngleSquaredLimit))) Beyond(u, in source, ref destination);
        }

        public Quaternion One(in Vector3 source) => Rounded(SO3.Exp(Widened(source)));

        /// <summary>Angles beyond the reach of the polynomials, and NaN.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Beyond(Vector256<float> u, ref readonly Vector3 source, ref Quaternion destination)
        {
            for (int i = 0; i < LanesSingle.Count; i++)
            {
                if (!(u[i] <= RotationLanesSingle.HalfAngleSquaredLimit))
                    Unsafe.Add(ref destination, i) = Rounded(SO3.Exp(Widened(Unsafe.Add(ref Unsafe.AsRef(in source), i))));
            }
        }
    }

    private readonly struct LogSingleOperation : IBatchOperation<Quaternion, Vector3>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly Quaternion source, ref Vector3 destination)
        {
            (Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w) = LanesSingle.LoadQuads(ref LanesSingle.Floats(in source), 4);
            Vector256<float> sign = w & Vector256.Create(-0f);
            Vector256<float> factor = RotationLanesSingle.LogFactor(w ^ sign, x * x + y * y + z * z) ^ sign;
            LanesSingle.StoreTriples(ref LanesSingle.Floats(in destination), factor * x, factor * y, factor * z);
        }

        public Vector3 One(in Quaternion source) => Rounded(Widened(source).Log());
    }

    private readonly struct ComposeSingleOperation : IBatchOperation<Quaternion, Quaternion, Quaternion>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly Quaternion left, ref readonly Quaternion right, ref Quaternion destination)
        {
            (Vector256<float> ax, Vector256<float> ay, Vector256<float> az, Vector256<float> aw) = LanesSingle.LoadQuads(ref LanesSingle.Floats(in left), 4);
            (Vector256<float> bx, Vector256<float> by, Vector256<float> bz, Vector256<float> bw) = LanesSingle.LoadQuads(ref LanesSingle.Floats(in right), 4);
            QuaternionLanes<float> product = new QuaternionLanes<float>(aw, ax, ay, az) * new QuaternionLanes<float>(bw, bx, by, bz);
            LanesSingle.StoreQuads(ref LanesSingle.Floats(in destination), 4, product.X, product.Y, product.Z, product.W);
        }

        public static Quaternion One(in Quaternion left, in Quaternion right) => Rounded(Widened(left) * Widened(right));
    }

    private readonly struct RotateSingleOperation : IBatchOperation<Quaternion, Vector3, Vector3>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly Quaternion left, ref readonly Vector3 right, ref Vector3 destination)
        {
            (Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w) = LanesSingle.LoadQuads(ref LanesSingle.Floats(in left), 4);
            (Vector256<float> px, Vector256<float> py, Vector256<float> pz) = LanesSingle.LoadTriples(ref LanesSingle.Floats(in right));
            (px, py, pz) = new QuaternionLanes<float>(w, x, y, z).Rotate(px, py, pz);
            LanesSingle.StoreTriples(ref LanesSingle.Floats(in destination), px, py, pz);
        }

        public static Vector3 One(in Quaternion left, in Vector3 right) => Rounded(Widened(left) * Widened(right));
    }

    private readonly struct ToMatrixSingleOperation : IBatchOperation<Quaternion, MatrixSingle>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly Quaternion source, ref MatrixSingle destination)
        {
            (Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w) = LanesSingle.LoadQuads(ref LanesSingle.Floats(in source), 4);
            Vector256<float> x2 = x + x, y2 = y + y, z2 = z + z, one = Vector256<float>.One;
            Vector256<float> xx = x * x2, yy = y * y2, zz = z * z2, xy = x * y2, xz = x * z2, yz = y * z2, wx = w * x2, wy = w * y2, wz = w * z2;
            ref float rows = ref LanesSingle.Floats(in destination);
            Vector256<float> last = one - (xx + yy);
            LanesSingle.StoreQuads(ref rows, 9, one - (yy + zz), xy - wz, xz + wy, xy + wz);
            LanesSingle.StoreQuads(ref Unsafe.Add(ref rows, 4), 9, one - (xx + zz), yz - wx, xz - wy, yz + wx);
            for (int i = 0; i < LanesSingle.Count; i++) Unsafe.Add(ref rows, 9 * i + 8) = last[i];
        }

        public MatrixSingle One(in Quaternion source)
        {
            MatrixSingle matrix = default;
            Span<double> values = stackalloc double[9];
            Widened(source).ToMatrix().CopyTo(values);
            for (int i = 0; i < 9; i++) matrix[i] = (float)values[i];
            return matrix;
        }
    }

    /// <summary>Nine floats, row-major.</summary>
    [InlineArray(9)]
    private struct MatrixSingle
    {
        private float _first;
    }
}
