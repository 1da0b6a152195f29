using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>The functions of <see cref="RotationLanes"/> on eight floats at once; their polynomials err by less than 3e-8.</summary>
internal static class RotationLanesSingle
{
    /// <summary>(θ/2)² up to which the polynomials hold.</summary>
    public const float HalfAngleSquaredLimit = (float)RotationLanes.HalfAngleSquaredLimit;

    /// <summary>sin h/h and cos h of u = h² ≤ <see cref="HalfAngleSquaredLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Sinc, Vector256<float> Cos) SincCos(Vector256<float> u)
    {
        Vector256<float> s = Vector256.Create(2.60496086e-6f);
        s = Step(s, u, -0.000198089547f);
        s = Step(s, u, 0.00833304971f);
        s = Step(s, u, -0.166666582f);
        s = Step(s, u, 1);

        Vector256<float> c = Vector256.Create(-2.60491902e-7f);
        c = Step(c, u, 2.47600274e-5f);
        c = Step(c, u, -0.00138883584f);
        c = Step(c, u, 0.0416666344f);
        c = Step(c, u, -0.5f);
        c = Step(c, u, 1);
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
}
