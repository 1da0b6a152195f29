using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

// Float32: see SO3Batch.Single.
public static partial class SE3Batch
{
    /// <summary>Exponential map of each tangent, float32.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Exp(ReadOnlySpan<SE3TangentSingle> tangents, Span<SE3Single> poses) => Batch.Run(default(ExpSingleOperation), tangents, poses);

    /// <summary>Logarithm of each motion, float32: rotation vectors of length at most π.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Log(ReadOnlySpan<SE3Single> poses, Span<SE3TangentSingle> tangents) => Batch.Run(default(LogSingleOperation), poses, tangents);

    /// <summary>Composition <c>left[i]·right[i]</c>, float32; renormalised to first order.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Compose(ReadOnlySpan<SE3Single> left, ReadOnlySpan<SE3Single> right, Span<SE3Single> products) =>
        Batch.Run<ComposeSingleOperation, SE3Single, SE3Single, SE3Single>(left, right, products);

    /// <summary>The inverse of each motion, float32.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Inverse(ReadOnlySpan<SE3Single> poses, Span<SE3Single> inverses) => Batch.Run(default(InverseSingleOperation), poses, inverses);

    /// <summary>Moves each point by its own motion, float32.</summary>
    /// <exception cref="ArgumentException">The lengths of the operands differ or the destination is too short.</exception>
    public static void Transform(ReadOnlySpan<SE3Single> poses, ReadOnlySpan<Vector3> points, Span<Vector3> moved) =>
        Batch.Run<TransformSingleOperation, SE3Single, Vector3, Vector3>(poses, points, moved);

    /// <summary>Moves all points by one motion, float32.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Transform(SE3 pose, ReadOnlySpan<Vector3> points, Span<Vector3> moved) =>
        Batch.Run(new AffineSingleOperation(pose.Rotation.ToMatrix(), pose.Translation), points, moved);

    private static SE3TangentSingle Rounded(SE3Tangent xi) => new(
        new((float)xi.Rho.X, (float)xi.Rho.Y, (float)xi.Rho.Z), new((float)xi.Omega.X, (float)xi.Omega.Y, (float)xi.Omega.Z));

    private static SE3Tangent Widened(in SE3TangentSingle xi) => new(new(xi.Rho.X, xi.Rho.Y, xi.Rho.Z), new(xi.Omega.X, xi.Omega.Y, xi.Omega.Z));

    private readonly struct ExpSingleOperation : IBatchOperation<SE3TangentSingle, SE3Single>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3TangentSingle source, ref SE3Single destination)
        {
            ref float from = ref LanesSingle.Floats(in source);
            (Vector256<float> px, Vector256<float> py, Vector256<float> pz, Vector256<float> x) = LanesSingle.LoadQuads(ref from, 6);
            (_, _, Vector256<float> y, Vector256<float> z) = LanesSingle.LoadQuads(ref Unsafe.Add(ref from, 2), 6);
            Vector256<float> thetaSquared = x * x + y * y + z * z;
            (Vector256<float> sinc, Vector256<float> cos) = RotationLanesSingle.SincCos(x, y, z);
            Vector256<float> k = 0.5f * sinc;
            (Vector256<float> tx, Vector256<float> ty, Vector256<float> tz) =
                QuaternionLanes<float>.InHat(sinc * k, RotationLanesSingle.C(thetaSquared), x, y, z, px, py, pz);
            StorePoses(ref destination, new(cos, k * x, k * y, k * z), tx, ty, tz);
            if (!Vector256.LessThanOrEqualAll(thetaSquared, Vector256.Create(4 * RotationLanesSingle.HalfAngleSquaredLimit))) Beyond(thetaSquared, in source, ref destination);
        }

        public SE3Single One(in SE3TangentSingle source) => SE3Single.FromSE3(SE3.Exp(Widened(source)));

        /// <summary>Angles beyond the reach of the polynomials, and NaN.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Beyond(Vector256<float> thetaSquared, ref readonly SE3TangentSingle source, ref SE3Single destination)
        {
            for (int i = 0; i < LanesSingle.Count; i++)
            {
                if (!(thetaSquared[i] <= 4 * RotationLanesSingle.HalfAngleSquaredLimit))
                    Unsafe.Add(ref destination, i) = SE3Single.FromSE3(SE3.Exp(Widened(Unsafe.Add(ref Unsafe.AsRef(in source), i))));
            }
        }
    }

    private readonly struct LogSingleOperation : IBatchOperation<SE3Single, SE3TangentSingle>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3Single source, ref SE3TangentSingle destination)
        {
            QuaternionLanes<float> q = LoadPoses(in source, out Vector256<float> tx, out Vector256<float> ty, out Vector256<float> tz);
            Vector256<float> sign = q.W & Vector256.Create(-0f), sinSquared = q.X * q.X + q.Y * q.Y + q.Z * q.Z;
            Vector256<float> factor = RotationLanesSingle.LogFactor(q.W ^ sign, sinSquared) ^ sign;
            Vector256<float> x = factor * q.X, y = factor * q.Y, z = factor * q.Z;
            Vector256<float> d = RotationLanesSingle.D(factor * factor * sinSquared);
            (tx, ty, tz) = QuaternionLanes<float>.InHat(Vector256.Create(-0.5f), d, x, y, z, tx, ty, tz);
            ref float to = ref LanesSingle.Floats(in destination);
            LanesSingle.StoreQuads(ref to, 6, tx, ty, tz, x);
            LanesSingle.StoreQuads(ref Unsafe.Add(ref to, 2), 6, tz, x, y, z);
        }

        public SE3TangentSingle One(in SE3Single source) => Rounded(source.ToSE3().Log());
    }

    private readonly struct ComposeSingleOperation : IBatchOperation<SE3Single, SE3Single, SE3Single>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SE3Single left, ref readonly SE3Single right, ref SE3Single destination)
        {
            QuaternionLanes<float> a = LoadPoses(in left, out Vector256<float> ax, out Vector256<float> ay, out Vector256<float> az);
            QuaternionLanes<float> b = LoadPoses(in right, out Vector256<float> bx, out Vector256<float> by, out Vector256<float> bz);
            (bx, by, bz) = a.Rotate(bx, by, bz);
            StorePoses(ref destination, a * b, ax + bx, ay + by, az + bz);
        }

        public static SE3Single One(in SE3Single left, in SE3Single right) => SE3Single.FromSE3(left.ToSE3() * right.ToSE3());
    }

    private readonly struct InverseSingleOperation : IBatchOperation<SE3Single, SE3Single>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Block(ref readonly SE3Single source, ref SE3Single destination)
        {
            QuaternionLanes<float> q = LoadPoses(in source, out Vector256<float> tx, out Vector256<float> ty, out Vector256<float> tz).Inverse();
            (tx, ty, tz) = q.Rotate(tx, ty, tz);
            StorePoses(ref destination, q, -tx, -ty, -tz);
        }

        public SE3Single One(in SE3Single source) => SE3Single.FromSE3(source.ToSE3().Inverse());
    }

    private readonly struct TransformSingleOperation : IBatchOperation<SE3Single, Vector3, Vector3>
    {
        public static bool HasBlocks => LanesSingle.Supported;

        public static int BlockSize => LanesSingle.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Block(ref readonly SE3Single left, ref readonly Vector3 right, ref Vector3 destination)
        {
            QuaternionLanes<float> q = LoadPoses(in left, out Vector256<float> tx, out Vector256<float> ty, out Vector256<float> tz);
            (Vector256<float> x, Vector256<float> y, Vector256<float> z) = LanesSingle.LoadTriples(ref LanesSingle.Floats(in right));
            (x, y, z) = q.Rotate(x, y, z);
            LanesSingle.StoreTriples(ref LanesSingle.Floats(in destination), x + tx, y + ty, z + tz);
        }

        public static Vector3 One(in SE3Single left, in Vector3 right)
        {
            Vector3d moved = left.ToSE3() * new Vector3d(right.X, right.Y, right.Z);
            return new((float)moved.X, (float)moved.Y, (float)moved.Z);
        }
    }

    /// <summary>Poses are seven numbers, x y z w tx ty tz: two overlapping rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static QuaternionLanes<float> LoadPoses(ref readonly SE3Single source, out Vector256<float> tx, out Vector256<float> ty, out Vector256<float> tz)
    {
        ref float from = ref LanesSingle.Floats(in source);
        (Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w) = LanesSingle.LoadQuads(ref from, 7);
        (_, tx, ty, tz) = LanesSingle.LoadQuads(ref Unsafe.Add(ref from, 3), 7);
        return new(w, x, y, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePoses(ref SE3Single destination, in QuaternionLanes<float> q, Vector256<float> tx, Vector256<float> ty, Vector256<float> tz)
    {
        ref float to = ref LanesSingle.Floats(in destination);
        LanesSingle.StoreQuads(ref to, 7, q.X, q.Y, q.Z, q.W);
        LanesSingle.StoreQuads(ref Unsafe.Add(ref to, 3), 7, q.W, tx, ty, tz);
    }
}
