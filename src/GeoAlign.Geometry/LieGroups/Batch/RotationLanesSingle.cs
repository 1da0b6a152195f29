using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>The functions of <see cref="RotationLanes"/> on eight floats at once; the polynomials of C, D and the logarithm err by less than 4e-8.</summary>
internal static class RotationLanesSingle
{
    /// <summary>(θ/2)² up to which the polynomials hold.</summary>
    public const float HalfAngleSquaredLimit = (float)RotationLanes.HalfAngleSquaredLimit;

    /// <summary>sin h/h and cos h of rotation vectors (x, y, z) with h² ≤ <see cref="HalfAngleSquaredLimit"/>, h = θ/2.</summary>
    /// <remarks>
    /// In double inside: next to π the rounding of θ² alone would cost the cosine a float's last two bits, and four times as much in the
    /// matrix. Errors of the polynomials: 2e-11 and 3e-10.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Sinc, Vector256<float> Cos) SincCos(Vector256<float> x, Vector256<float> y, Vector256<float> z)
    {
        (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(x);
        (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(y);
        (Vector256<double> z0, Vector256<double> z1) = Vector256.Widen(z);
        (Vector256<double> s0, Vector256<double> c0) = SincCos(0.25 * (x0 * x0 + y0 * y0 + z0 * z0));
        (Vector256<double> s1, Vector256<double> c1) = SincCos(0.25 * (x1 * x1 + y1 * y1 + z1 * z1));
        return (Vector256.Narrow(s0, s1), Vector256.Narrow(c0, c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Sinc, Vector256<double> Cos) SincCos(Vector256<double> u)
    {
        Vector256<double> s = Vector256.Create(-2.3888080388298648e-08);
        s = Step(s, u, 2.752520661631257e-06);
        s = Step(s, u, -0.0001984085996542722);
        s = Step(s, u, 0.008333330964838084);
        s = Step(s, u, -0.16666666616567571);
        s = Step(s, u, 0.999999999982817);

        Vector256<double> c = Vector256.Create(-2.6049188950469357e-07);
        c = Step(c, u, 2.4760028073023276e-05);
        c = Step(c, u, -0.0013888358716896618);
        c = Step(c, u, 0.04166663603872434);
        c = Step(c, u, -0.4999999935223487);
        c = Step(c, u, 0.9999999997778347);
        return (s, c);
    }

    /// <summary>C = (θ − sin θ)/θ³ of θ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> C(Vector256<float> thetaSquared)
    {
        Vector256<float> c = Vector256.Create(2.13746389e-8f);
        c = Step(c, thetaSquared, -2.72471948e-6f);
        c = Step(c, thetaSquared, 0.000198304493f);
        c = Step(c, thetaSquared, -0.00833320059f);
        return Step(c, thetaSquared, 0.166666642f);
    }

    /// <summary>D = (1 − h·cot h)/θ² of θ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> D(Vector256<float> thetaSquared)
    {
        Vector256<float> d = Vector256.Create(1.21529109e-9f);
        d = Step(d, thetaSquared, 1.19773365e-8f);
        d = Step(d, thetaSquared, 8.75680144e-7f);
        d = Step(d, thetaSquared, 3.2951084e-5f);
        d = Step(d, thetaSquared, 0.00138899044f);
        return Step(d, thetaSquared, 0.0833333209f);
    }

    /// <summary>θ/sin(θ/2) of a unit quaternion with w = cos(θ/2) ≥ 0 and s² = sin²(θ/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogFactor(Vector256<float> w, Vector256<float> sinSquared)
    {
        Vector256<float> c = Vector256.Sqrt(0.5f * (w + Vector256<float>.One));
        Vector256<float> k = Vector256<float>.One / (c + c * c);
        Vector256<float> x = 0.25f * sinSquared * (k * k);
        Vector256<float> p = Vector256.Create(0.0797628909f);
        p = Step(p, x, -0.138484895f);
        p = Step(p, x, 0.199740827f);
        p = Step(p, x, -0.33332786f);
        p = Step(p, x, 1);
        return 4 * k * p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Step(Vector256<float> sum, Vector256<float> x, float coefficient) =>
        Vector256.MultiplyAddEstimate(sum, x, Vector256.Create(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Step(Vector256<double> sum, Vector256<double> x, double coefficient) =>
        Vector256.MultiplyAddEstimate(sum, x, Vector256.Create(coefficient));
}
