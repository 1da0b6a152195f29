using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GeoAlign.Geometry;

/// <summary>Between arrays of small structures of floats and vector registers that hold one component of eight of them; see <see cref="Lanes"/>.</summary>
internal static class LanesSingle
{
    /// <summary>Elements side by side.</summary>
    public const int Count = 8;

    /// <summary>Whether the shuffles used here are instructions of this machine.</summary>
    public static bool Supported => Avx.IsSupported;

    /// <summary>The floats a structure of floats consists of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Floats<T>(ref readonly T structure)
        where T : unmanaged => ref Unsafe.As<T, float>(ref Unsafe.AsRef(in structure));

    /// <summary>Four numbers in a row at each of eight places, <paramref name="stride"/> apart: as four vectors, one per column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> A, Vector256<float> B, Vector256<float> C, Vector256<float> D) LoadQuads(ref float source, nuint stride) => Transpose(
        Halves(ref source, 0, 4 * stride),
        Halves(ref source, stride, 5 * stride),
        Halves(ref source, 2 * stride, 6 * stride),
        Halves(ref source, 3 * stride, 7 * stride));

    /// <summary>Inverse of <see cref="LoadQuads"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuads(ref float destination, nuint stride, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        (a, b, c, d) = Transpose(a, b, c, d);
        a.GetLower().StoreUnsafe(ref destination);
        b.GetLower().StoreUnsafe(ref destination, stride);
        c.GetLower().StoreUnsafe(ref destination, 2 * stride);
        d.GetLower().StoreUnsafe(ref destination, 3 * stride);
        a.GetUpper().StoreUnsafe(ref destination, 4 * stride);
        b.GetUpper().StoreUnsafe(ref destination, 5 * stride);
        c.GetUpper().StoreUnsafe(ref destination, 6 * stride);
        d.GetUpper().StoreUnsafe(ref destination, 7 * stride);
    }

    /// <summary>Eight vectors of three numbers, without gaps: their x, y and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> X, Vector256<float> Y, Vector256<float> Z) LoadTriples(ref float source)
    {
        // In each half: x0 y0 z0 x1 | y1 z1 x2 y2 | z2 x3 y3 z3
        Vector256<float> r0 = Halves(ref source, 0, 12), r1 = Halves(ref source, 4, 16), r2 = Halves(ref source, 8, 20);
        return (SwapOddX(Pick(r0, r2, r1)), SwapPairs(Pick(r1, r0, r2)), SwapOddZ(Pick(r2, r1, r0)));
    }

    /// <summary>Inverse of <see cref="LoadTriples"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTriples(ref float destination, Vector256<float> x, Vector256<float> y, Vector256<float> z)
    {
        x = SwapOddX(x);
        y = SwapPairs(y);
        z = SwapOddZ(z);
        Vector256<float> r0 = Pick(x, y, z), r1 = Pick(y, z, x), r2 = Pick(z, x, y);
        r0.GetLower().StoreUnsafe(ref destination);
        r1.GetLower().StoreUnsafe(ref destination, 4);
        r2.GetLower().StoreUnsafe(ref destination, 8);
        r0.GetUpper().StoreUnsafe(ref destination, 12);
        r1.GetUpper().StoreUnsafe(ref destination, 16);
        r2.GetUpper().StoreUnsafe(ref destination, 20);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(ref float source, nuint lower, nuint upper) =>
        Vector256.Create(Vector128.LoadUnsafe(ref source, lower), Vector128.LoadUnsafe(ref source, upper));

    /// <summary>Transposes the 4×4 numbers in each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> A, Vector256<float> B, Vector256<float> C, Vector256<float> D) Transpose(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
        return (Avx.Shuffle(t0, t2, 0x44), Avx.Shuffle(t0, t2, 0xEE), Avx.Shuffle(t1, t3, 0x44), Avx.Shuffle(t1, t3, 0xEE));
    }

    /// <summary>In each half, elements 0 and 3 of a, 1 of b, 2 of c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pick(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Avx.Blend(Avx.Blend(a, b, 0b0010_0010), c, 0b0100_0100);

    private static Vector256<float> SwapOddX(Vector256<float> v) => Avx.Permute(v, 0b01_10_11_00);

    private static Vector256<float> SwapPairs(Vector256<float> v) => Avx.Permute(v, 0b10_11_00_01);

    private static Vector256<float> SwapOddZ(Vector256<float> v) => Avx.Permute(v, 0b11_00_01_10);
}
