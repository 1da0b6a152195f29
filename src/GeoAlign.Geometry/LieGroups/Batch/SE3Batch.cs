using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>Rigid motions in bulk: the operations of <see cref="SE3"/> over spans, four doubles or eight floats at a time where the machine has AVX.</summary>
/// <remarks>
/// Nothing is allocated. A destination may be the very span of an operand; otherwise they must not overlap. Results differ from the
/// single operations by a few roundings (other polynomials, fused multiply-adds), not by their place in the span.
/// </remarks>
public static partial class SE3Batch
{
    /// <summary>Exponential map of each tangent.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Exp(ReadOnlySpan<SE3Tangent> tangents, Span<SE3> poses) => Batch.Run(default(ExpOperation), tangents, poses);

    /// <summary>Logarithm of each motion: rotation vectors of length at most π.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Log(ReadOnlySpan<SE3> poses, Span<SE3Tangent> tangents) => Batch.Run(default(LogOperation), poses, tangents);

    /// <summary>Composition <c>left[i]·right[i]</c>.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Compose(ReadOnlySpan<SE3> left, ReadOnlySpan<SE3> right, Span<SE3> products) =>
        Batch.Run<ComposeOperation, SE3, SE3, SE3>(left, right, products);

    /// <summary>The inverse of each motion: camera-to-world into world-to-camera and back.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Inverse(ReadOnlySpan<SE3> poses, Span<SE3> inverses) => Batch.Run(default(InverseOperation), poses, inverses);

    /// <summary>Moves each point by its own motion.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Transform(ReadOnlySpan<SE3> poses, ReadOnlySpan<Vector3d> points, Span<Vector3d> moved) =>
        Batch.Run<TransformOperation, SE3, Vector3d, Vector3d>(poses, points, moved);

    /// <summary>Moves all points by one motion.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Transform(SE3 pose, ReadOnlySpan<Vector3d> points, Span<Vector3d> moved) =>
        Batch.Run(new AffineOperation(pose.Rotation.ToMatrix(), pose.Translation), points, moved);

    /// <summary>Row-major 3×4 matrices [R | t], twelve numbers a pose.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void ToRowMajor3x4(ReadOnlySpan<SE3> poses, Span<double> matrices)
    {
        if (matrices.Length < 12 * (long)poses.Length) throw new ArgumentException($"Room for {matrices.Length} numbers, expected {12L * poses.Length}.", nameof(matrices));
        for (int i = 0; i < poses.Length; i++) poses[i].CopyToRowMajor3x4(matrices.Slice(12 * i, 12));
    }

    /// <summary>From row-major 3×4 matrices [R | t], twelve numbers a pose, as <see cref="SE3.FromRowMajor3x4"/>.</summary>
    /// <exception cref="ArgumentException">Not a multiple of twelve numbers, the destination is too short, or an R is not a rotation; the message names its index.</exception>
    public static void FromRowMajor3x4(ReadOnlySpan<double> matrices, Span<SE3> poses)
    {
        if (matrices.Length % 12 != 0) throw new ArgumentException($"{matrices.Length} numbers, expected a multiple of 12 (3×4, row-major).", nameof(matrices));
        if (poses.Length < matrices.Length / 12) throw new ArgumentException($"Room for {poses.Length} results, expected {matrices.Length / 12}.", nameof(poses));
        for (int i = 0; 12 * i < matrices.Length; i++)
        {
            ReadOnlySpan<double> m = matrices.Slice(12 * i, 12);
            Matrix3d r = new(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]);
            if (!SO3.IsAccepted(r)) throw new ArgumentException($"Matrix {i}: {SO3.RefusalOf(r)}", nameof(matrices));
            poses[i] = new(SO3.FromNoisyMatrix(r), new(m[3], m[7], m[11]));
        }
    }

    private readonly struct ExpOperation : IBatchOperation<SE3Tangent, SE3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3Tangent source, ref SE3 destination)
        {
            ref double from = ref Lanes.Doubles(in source);
            (Vector256<double> px, Vector256<double> py, Vector256<double> pz, Vector256<double> x) = Lanes.LoadQuads(ref from, 6);
            (_, _, Vector256<double> y, Vector256<double> z) = Lanes.LoadQuads(ref Unsafe.Add(ref from, 2), 6);
            Vector256<double> thetaSquared = x * x + y * y + z * z;
            (Vector256<double> sinc, Vector256<double> cos) = RotationLanes.SincCos(0.25 * thetaSquared);
            Vector256<double> k = 0.5 * sinc;
            (Vector256<double> tx, Vector256<double> ty, Vector256<double> tz) = QuaternionLanes<double>.InHat(sinc * k, RotationLanes.C(thetaSquared), x, y, z, px, py, pz);
            StorePoses(ref destination, new(cos, k * x, k * y, k * z), tx, ty, tz);
            if (!Vector256.LessThanOrEqualAll(thetaSquared, Vector256.Create(4 * RotationLanes.HalfAngleSquaredLimit))) Beyond(thetaSquared, in source, ref destination);
        }

        public SE3 One(in SE3Tangent source) => SE3.Exp(source);

        /// <summary>Angles beyond the reach of the polynomials, and NaN.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Beyond(Vector256<double> thetaSquared, ref readonly SE3Tangent source, ref SE3 destination)
        {
            for (int i = 0; i < Lanes.Count; i++)
            {
                if (!(thetaSquared[i] <= 4 * RotationLanes.HalfAngleSquaredLimit)) Unsafe.Add(ref destination, i) = SE3.Exp(Unsafe.Add(ref Unsafe.AsRef(in source), i));
            }
        }
    }

    private readonly struct LogOperation : IBatchOperation<SE3, SE3Tangent>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3 source, ref SE3Tangent destination)
        {
            QuaternionLanes<double> q = LoadPoses(in source, out Vector256<double> tx, out Vector256<double> ty, out Vector256<double> tz);
            Vector256<double> sign = q.W & Vector256.Create(-0.0), sinSquared = q.X * q.X + q.Y * q.Y + q.Z * q.Z;
            Vector256<double> factor = RotationLanes.LogFactor(q.W ^ sign, sinSquared) ^ sign;
            Vector256<double> x = factor * q.X, y = factor * q.Y, z = factor * q.Z;
            Vector256<double> d = RotationLanes.D(factor * factor * sinSquared);
            (tx, ty, tz) = QuaternionLanes<double>.InHat(Vector256.Create(-0.5), d, x, y, z, tx, ty, tz);
            ref double to = ref Lanes.Doubles(in destination);
            Lanes.StoreQuads(ref to, 6, tx, ty, tz, x);
            Lanes.StoreQuads(ref Unsafe.Add(ref to, 2), 6, tz, x, y, z);
        }

        public SE3Tangent One(in SE3 source) => source.Log();
    }

    private readonly struct ComposeOperation : IBatchOperation<SE3, SE3, SE3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SE3 left, ref readonly SE3 right, ref SE3 destination)
        {
            QuaternionLanes<double> a = LoadPoses(in left, out Vector256<double> ax, out Vector256<double> ay, out Vector256<double> az);
            QuaternionLanes<double> b = LoadPoses(in right, out Vector256<double> bx, out Vector256<double> by, out Vector256<double> bz);
            (bx, by, bz) = a.Rotate(bx, by, bz);
            StorePoses(ref destination, a * b, ax + bx, ay + by, az + bz);
        }

        public static SE3 One(in SE3 left, in SE3 right) => left * right;
    }

    private readonly struct InverseOperation : IBatchOperation<SE3, SE3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3 source, ref SE3 destination)
        {
            QuaternionLanes<double> q = LoadPoses(in source, out Vector256<double> tx, out Vector256<double> ty, out Vector256<double> tz).Inverse();
            (tx, ty, tz) = q.Rotate(tx, ty, tz);
            StorePoses(ref destination, q, -tx, -ty, -tz);
        }

        public SE3 One(in SE3 source) => source.Inverse();
    }

    private readonly struct TransformOperation : IBatchOperation<SE3, Vector3d, Vector3d>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SE3 left, ref readonly Vector3d right, ref Vector3d destination)
        {
            QuaternionLanes<double> q = LoadPoses(in left, out Vector256<double> tx, out Vector256<double> ty, out Vector256<double> tz);
            (Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadTriples(ref Lanes.Doubles(in right));
            (x, y, z) = q.Rotate(x, y, z);
            Lanes.StoreTriples(ref Lanes.Doubles(in destination), x + tx, y + ty, z + tz);
        }

        public static Vector3d One(in SE3 left, in Vector3d right) => left * right;
    }

    /// <summary>Poses are seven numbers, w x y z tx ty tz: two overlapping rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static QuaternionLanes<double> LoadPoses(ref readonly SE3 source, out Vector256<double> tx, out Vector256<double> ty, out Vector256<double> tz)
    {
        ref double from = ref Lanes.Doubles(in source);
        (Vector256<double> w, Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadQuads(ref from, 7);
        (_, tx, ty, tz) = Lanes.LoadQuads(ref Unsafe.Add(ref from, 3), 7);
        return new(w, x, y, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePoses(ref SE3 destination, in QuaternionLanes<double> q, Vector256<double> tx, Vector256<double> ty, Vector256<double> tz)
    {
        ref double to = ref Lanes.Doubles(in destination);
        Lanes.StoreQuads(ref to, 7, q.W, q.X, q.Y, q.Z);
        Lanes.StoreQuads(ref Unsafe.Add(ref to, 3), 7, q.Z, tx, ty, tz);
    }
}
