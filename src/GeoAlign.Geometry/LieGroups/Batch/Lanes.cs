using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GeoAlign.Geometry;

/// <summary>Between arrays of small structures of doubles and vector registers that hold one component of four of them.</summary>
internal static class Lanes
{
    /// <summary>Elements side by side.</summary>
    public const int Count = 4;

    /// <summary>Whether the shuffles used here are instructions of this machine.</summary>
    public static bool Supported => Avx.IsSupported;

    /// <summary>The doubles a structure of doubles consists of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref double Doubles<T>(ref readonly T structure)
        where T : unmanaged => ref Unsafe.As<T, double>(ref Unsafe.AsRef(in structure));

    /// <summary>Four numbers in a row at each of four places, <paramref name="stride"/> apart: as four vectors, one per column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D) LoadQuads(ref double source, nuint stride) => Transpose(
        Vector256.LoadUnsafe(ref source),
        Vector256.LoadUnsafe(ref source, stride),
        Vector256.LoadUnsafe(ref source, 2 * stride),
        Vector256.LoadUnsafe(ref source, 3 * stride));

    /// <summary>Inverse of <see cref="LoadQuads"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuads(ref double destination, nuint stride, Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        (a, b, c, d) = Transpose(a, b, c, d);
        a.StoreUnsafe(ref destination);
        b.StoreUnsafe(ref destination, stride);
        c.StoreUnsafe(ref destination, 2 * stride);
        d.StoreUnsafe(ref destination, 3 * stride);
    }

    /// <summary>Four vectors of three numbers, without gaps: their x, y and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> X, Vector256<double> Y, Vector256<double> Z) LoadTriples(ref double source)
    {
        // x0 y0 z0 x1 | y1 z1 x2 y2 | z2 x3 y3 z3
        Vector256<double> r0 = Vector256.LoadUnsafe(ref source), r1 = Vector256.LoadUnsafe(ref source, 4), r2 = Vector256.LoadUnsafe(ref source, 8);
        return (SwapOddX(Pick(r0, r2, r1)), SwapPairs(Pick(r1, r0, r2)), SwapOddZ(Pick(r2, r1, r0)));
    }

    /// <summary>Inverse of <see cref="LoadTriples"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTriples(ref double destination, Vector256<double> x, Vector256<double> y, Vector256<double> z)
    {
        x = SwapOddX(x);
        y = SwapPairs(y);
        z = SwapOddZ(z);
        Pick(x, y, z).StoreUnsafe(ref destination);
        Pick(y, z, x).StoreUnsafe(ref destination, 4);
        Pick(z, x, y).StoreUnsafe(ref destination, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D) Transpose(
        Vector256<double> r0, Vector256<double> r1, Vector256<double> r2, Vector256<double> r3)
    {
        Vector256<double> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
        return (Avx.Permute2x128(t0, t2, 0x20), Avx.Permute2x128(t1, t3, 0x20), Avx.Permute2x128(t0, t2, 0x31), Avx.Permute2x128(t1, t3, 0x31));
    }

    /// <summary>Elements 0 and 3 of a, 1 of b, 2 of c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pick(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Avx.Blend(Avx.Blend(a, b, 0b0010), c, 0b0100);

    private static Vector256<double> SwapOddX(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(0L, 3, 2, 1));

    private static Vector256<double> SwapPairs(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(1L, 0, 3, 2));

    private static Vector256<double> SwapOddZ(Vector256<double> v) => Vector256.Shuffle(v, Vector256.Create(2L, 1, 0, 3));
}
