using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>Rotations in bulk: the operations of <see cref="SO3"/> over spans, four doubles or eight floats at a time where the machine has AVX.</summary>
/// <remarks>
/// Nothing is allocated. A destination may be the very span of an operand; otherwise they must not overlap. Results differ from the
/// single operations by a few roundings (other polynomials, fused multiply-adds), not by their place in the span.
/// </remarks>
public static partial class SO3Batch
{
    /// <summary>Exponential map of each rotation vector (radians).</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Exp(ReadOnlySpan<Vector3d> omegas, Span<SO3> rotations) => Batch.Run(default(ExpOperation), omegas, rotations);

    /// <summary>Logarithm of each rotation: rotation vectors of length at most π.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Log(ReadOnlySpan<SO3> rotations, Span<Vector3d> omegas) => Batch.Run(default(LogOperation), rotations, omegas);

    /// <summary>Composition <c>left[i]·right[i]</c>.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Compose(ReadOnlySpan<SO3> left, ReadOnlySpan<SO3> right, Span<SO3> products) =>
        Batch.Run<ComposeOperation, SO3, SO3, SO3>(left, right, products);

    /// <summary>Rotates each point by its own rotation.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Rotate(ReadOnlySpan<SO3> rotations, ReadOnlySpan<Vector3d> points, Span<Vector3d> rotated) =>
        Batch.Run<RotateOperation, SO3, Vector3d, Vector3d>(rotations, points, rotated);

    /// <summary>Rotates all points by one rotation.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Rotate(SO3 rotation, ReadOnlySpan<Vector3d> points, Span<Vector3d> rotated) =>
        Batch.Run(new AffineOperation(rotation.ToMatrix(), Vector3d.Zero), points, rotated);

    /// <summary>The matrix of each rotation.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void ToMatrices(ReadOnlySpan<SO3> rotations, Span<Matrix3d> matrices) => Batch.Run(default(ToMatrixOperation), rotations, matrices);

    /// <summary>The rotation of each matrix, as <see cref="SO3.FromMatrix"/>.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or a matrix is not a rotation; the message names its index.</exception>
    public static void FromMatrices(ReadOnlySpan<Matrix3d> matrices, Span<SO3> rotations)
    {
        Batch.Run(default(FromMatrixOperation), matrices, rotations);
        for (int i = 0; i < matrices.Length; i++)
        {
            if (double.IsNaN(rotations[i].W)) throw new ArgumentException($"Matrix {i}: {SO3.RefusalOf(matrices[i])}", nameof(matrices));
        }
    }

    private readonly struct ExpOperation : IBatchOperation<Vector3d, SO3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly Vector3d source, ref SO3 destination)
        {
            (Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadTriples(ref Lanes.Doubles(in source));
            Vector256<double> u = 0.25 * (x * x + y * y + z * z);
            (Vector256<double> sinc, Vector256<double> cos) = RotationLanes.SincCos(u);
            Vector256<double> k = 0.5 * sinc;
            Lanes.StoreQuads(ref Lanes.Doubles(in destination), 4, cos, k * x, k * y, k * z);
            if (!Vector256.LessThanOrEqualAll(u, Vector256.Create(RotationLanes.HalfAngleSquaredLimit))) Beyond(u, in source, ref destination);
        }

        public SO3 One(in Vector3d source) => SO3.Exp(source);

        /// <summary>Angles beyond the reach of the polynomials, and NaN.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Beyond(Vector256<double> u, ref readonly Vector3d source, ref SO3 destination)
        {
            for (int i = 0; i < Lanes.Count; i++)
            {
                if (!(u[i] <= RotationLanes.HalfAngleSquaredLimit)) Unsafe.Add(ref destination, i) = SO3.Exp(Unsafe.Add(ref Unsafe.AsRef(in source), i));
            }
        }
    }

    private readonly struct LogOperation : IBatchOperation<SO3, Vector3d>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SO3 source, ref Vector3d destination)
        {
            (Vector256<double> w, Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadQuads(ref Lanes.Doubles(in source), 4);
            Vector256<double> sign = w & Vector256.Create(-0.0);
            Vector256<double> factor = RotationLanes.LogFactor(w ^ sign, x * x + y * y + z * z) ^ sign;
            Lanes.StoreTriples(ref Lanes.Doubles(in destination), factor * x, factor * y, factor * z);
        }

        public Vector3d One(in SO3 source) => source.Log();
    }

    private readonly struct ComposeOperation : IBatchOperation<SO3, SO3, SO3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SO3 left, ref readonly SO3 right, ref SO3 destination)
        {
            (Vector256<double> aw, Vector256<double> ax, Vector256<double> ay, Vector256<double> az) = Lanes.LoadQuads(ref Lanes.Doubles(in left), 4);
            (Vector256<double> bw, Vector256<double> bx, Vector256<double> by, Vector256<double> bz) = Lanes.LoadQuads(ref Lanes.Doubles(in right), 4);
            QuaternionLanes<double> product = new QuaternionLanes<double>(aw, ax, ay, az) * new QuaternionLanes<double>(bw, bx, by, bz);
            Lanes.StoreQuads(ref Lanes.Doubles(in destination), 4, product.W, product.X, product.Y, product.Z);
        }

        public static SO3 One(in SO3 left, in SO3 right) => left * right;
    }

    private readonly struct RotateOperation : IBatchOperation<SO3, Vector3d, Vector3d>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SO3 left, ref readonly Vector3d right, ref Vector3d destination)
        {
            (Vector256<double> w, Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadQuads(ref Lanes.Doubles(in left), 4);
            (Vector256<double> px, Vector256<double> py, Vector256<double> pz) = Lanes.LoadTriples(ref Lanes.Doubles(in right));
            (px, py, pz) = new QuaternionLanes<double>(w, x, y, z).Rotate(px, py, pz);
            Lanes.StoreTriples(ref Lanes.Doubles(in destination), px, py, pz);
        }

        public static Vector3d One(in SO3 left, in Vector3d right) => left * right;
    }

    private readonly struct ToMatrixOperation : IBatchOperation<SO3, Matrix3d>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SO3 source, ref Matrix3d destination)
        {
            (Vector256<double> w, Vector256<double> x, Vector256<double> y, Vector256<double> z) = Lanes.LoadQuads(ref Lanes.Doubles(in source), 4);
            Vector256<double> x2 = x + x, y2 = y + y, z2 = z + z, one = Vector256<double>.One;
            Vector256<double> xx = x * x2, yy = y * y2, zz = z * z2, xy = x * y2, xz = x * z2, yz = y * z2, wx = w * x2, wy = w * y2, wz = w * z2;
            ref double rows = ref Lanes.Doubles(in destination);
            Vector256<double> last = one - (xx + yy);
            Lanes.StoreQuads(ref rows, 9, one - (yy + zz), xy - wz, xz + wy, xy + wz);
            Lanes.StoreQuads(ref Unsafe.Add(ref rows, 4), 9, one - (xx + zz), yz - wx, xz - wy, yz + wx);
            for (int i = 0; i < Lanes.Count; i++) Unsafe.Add(ref rows, 9 * i + 8) = last[i];
        }

        public Matrix3d One(in SO3 source) => source.ToMatrix();
    }

    /// <summary>By the largest of four columns, as <see cref="SO3.FromMatrix"/>; NaN where that refuses.</summary>
    private readonly struct FromMatrixOperation : IBatchOperation<Matrix3d, SO3>
    {
        public static bool HasBlocks => Lanes.Supported;

        public static int BlockSize => Lanes.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly Matrix3d source, ref SO3 destination)
        {
            ref double rows = ref Lanes.Doubles(in source);
            (Vector256<double> m00, Vector256<double> m01, Vector256<double> m02, Vector256<double> m10) = Lanes.LoadQuads(ref rows, 9);
            (Vector256<double> m11, Vector256<double> m12, Vector256<double> m20, Vector256<double> m21) = Lanes.LoadQuads(ref Unsafe.Add(ref rows, 4), 9);
            Vector256<double> m22 = Vector256.Create(Unsafe.Add(ref rows, 8), Unsafe.Add(ref rows, 17), Unsafe.Add(ref rows, 26), Unsafe.Add(ref rows, 35));
            Vector256<double> one = Vector256<double>.One;

            Vector256<double> ww = one + m00 + m11 + m22, xx = one + m00 - m11 - m22, yy = one - m00 + m11 - m22, zz = one - m00 - m11 + m22;
            Vector256<double> wx = m21 - m12, wy = m02 - m20, wz = m10 - m01, xy = m01 + m10, xz = m02 + m20, yz = m12 + m21;
            Vector256<double> largest = Vector256.Max(Vector256.Max(ww, xx), Vector256.Max(yy, zz));
            (Vector256<double> w, Vector256<double> x, Vector256<double> y, Vector256<double> z) = (wz, xz, yz, zz);
            (w, x, y, z) = Select(Vector256.Equals(yy, largest), (wy, xy, yy, yz), (w, x, y, z));
            (w, x, y, z) = Select(Vector256.Equals(xx, largest), (wx, xx, xy, xz), (w, x, y, z));
            (w, x, y, z) = Select(Vector256.Equals(ww, largest), (ww, wx, wy, wz), (w, x, y, z));

            Vector256<double> tolerance = Vector256.Create(SO3.AcceptedDeviation);
            Vector256<double> accepted =
                Within(m00 * m00 + m10 * m10 + m20 * m20 - one, tolerance) & Within(m00 * m01 + m10 * m11 + m20 * m21, tolerance)
                & Within(m01 * m01 + m11 * m11 + m21 * m21 - one, tolerance) & Within(m00 * m02 + m10 * m12 + m20 * m22, tolerance)
                & Within(m02 * m02 + m12 * m12 + m22 * m22 - one, tolerance) & Within(m01 * m02 + m11 * m12 + m21 * m22, tolerance)
                & Vector256.GreaterThan(m00 * (m11 * m22 - m12 * m21) - m01 * (m10 * m22 - m12 * m20) + m02 * (m10 * m21 - m11 * m20), Vector256<double>.Zero);
            Vector256<double> length = Vector256.Sqrt(w * w + x * x + y * y + z * z);
            length = Vector256.ConditionalSelect(accepted, length, Vector256.Create(double.NaN));
            Lanes.StoreQuads(ref Lanes.Doubles(in destination), 4, w / length, x / length, y / length, z / length);
        }

        public SO3 One(in Matrix3d source) => SO3.IsAccepted(source) ? SO3.FromMatrix(source) : SO3.Exp(new(double.NaN, 0, 0));

        private static Vector256<double> Within(Vector256<double> value, Vector256<double> tolerance) => Vector256.LessThan(Vector256.Abs(value), tolerance);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector256<double> W, Vector256<double> X, Vector256<double> Y, Vector256<double> Z) Select(
            Vector256<double> chosen,
            (Vector256<double> W, Vector256<double> X, Vector256<double> Y, Vector256<double> Z) a,
            (Vector256<double> W, Vector256<double> X, Vector256<double> Y, Vector256<double> Z) b) => (
                Vector256.ConditionalSelect(chosen, a.W, b.W),
                Vector256.ConditionalSelect(chosen, a.X, b.X),
                Vector256.ConditionalSelect(chosen, a.Y, b.Y),
                Vector256.ConditionalSelect(chosen, a.Z, b.Z));
    }
}
