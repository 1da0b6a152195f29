using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>Unit quaternions side by side: four of doubles, eight of floats.</summary>
internal readonly struct QuaternionLanes<T>(Vector256<T> w, Vector256<T> x, Vector256<T> y, Vector256<T> z)
    where T : unmanaged, INumber<T>
{
    public readonly Vector256<T> W = w, X = x, Y = y, Z = z;

    /// <summary>Product, renormalised to first order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuaternionLanes<T> operator *(in QuaternionLanes<T> a, in QuaternionLanes<T> b)
    {
        Vector256<T> w = a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z;
        Vector256<T> x = a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y;
        Vector256<T> y = a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X;
        Vector256<T> z = a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W;
        Vector256<T> k = Vector256.Create(T.CreateTruncating(1.5)) - (w * w + x * x + y * y + z * z) * T.CreateTruncating(0.5);
        return new(k * w, k * x, k * y, k * z);
    }

    /// <summary>The inverse rotations.</summary>
    public QuaternionLanes<T> Inverse() => new(W, -X, -Y, -Z);

    /// <summary>Rotates as many points: p + w·t + v × t, t = 2·v × p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<T> X, Vector256<T> Y, Vector256<T> Z) Rotate(Vector256<T> px, Vector256<T> py, Vector256<T> pz)
    {
        Vector256<T> tx = Y * pz - Z * py, ty = Z * px - X * pz, tz = X * py - Y * px;
        (tx, ty, tz) = (tx + tx, ty + ty, tz + tz);
        return (px + W * tx + (Y * tz - Z * ty), py + W * ty + (Z * tx - X * tz), pz + W * tz + (X * ty - Y * tx));
    }

    /// <summary>v + b·ω × v + c·ω × (ω × v), lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<T> X, Vector256<T> Y, Vector256<T> Z) InHat(
        Vector256<T> b, Vector256<T> c,
        Vector256<T> ox, Vector256<T> oy, Vector256<T> oz,
        Vector256<T> vx, Vector256<T> vy, Vector256<T> vz)
    {
        Vector256<T> nx = oy * vz - oz * vy, ny = oz * vx - ox * vz, nz = ox * vy - oy * vx;
        return (
            vx + (b * nx + c * (oy * nz - oz * ny)),
            vy + (b * ny + c * (oz * nx - ox * nz)),
            vz + (b * nz + c * (ox * ny - oy * nx)));
    }
}
