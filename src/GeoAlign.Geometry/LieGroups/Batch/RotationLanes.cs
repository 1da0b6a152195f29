using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

/// <summary>The functions of the rotation angle on four doubles at once, each one polynomial over all angles up to π: no branch, no root.</summary>
/// <remarks>
/// sin h/h, cos h and (θ − sin θ)/θ³ are entire functions of θ², and (1 − h·cot h)/θ² has its first pole at θ = 2π, so on [0, π²] short
/// polynomials in θ² reach the rounding of a double. Coefficients: interpolation at Chebyshev nodes on [0, 1.001·π²] in 60-digit
/// arithmetic, then rounded; the absolute error of each polynomial is below 1e-17, 2e-17, 1e-17, 2e-17 and (arc tangent) 4e-18. Ours.
/// </remarks>
internal static class RotationLanes
{
    /// <summary>(θ/2)² up to which the polynomials hold.</summary>
    public const double HalfAngleSquaredLimit = 1.001 * Math.PI * Math.PI / 4;

    /// <summary>sin h/h and cos h of u = h² ≤ <see cref="HalfAngleSquaredLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Sinc, Vector256<double> Cos) SincCos(Vector256<double> u)
    {
        Vector256<double> s = Vector256.Create(2.721486441670626e-15);
        s = Step(s, u, -7.643018364326954e-13);
        s = Step(s, u, 1.6058940571674158e-10);
        s = Step(s, u, -2.5052106884617687e-08);
        s = Step(s, u, 2.7557319211166023e-06);
        s = Step(s, u, -0.0001984126984120831);
        s = Step(s, u, 0.008333333333333186);
        s = Step(s, u, -0.16666666666666666);
        s = Step(s, u, 1.0);

        Vector256<double> c = Vector256.Create(-1.5119336099005015e-16);
        c = Step(c, u, 4.7768670896009895e-14);
        c = Step(c, u, -1.1470669940532219e-11);
        c = Step(c, u, 2.087675566131813e-09);
        c = Step(c, u, -2.7557319209583035e-07);
        c = Step(c, u, 2.4801587301492075e-05);
        c = Step(c, u, -0.0013888888888888527);
        c = Step(c, u, 0.04166666666666666);
        c = Step(c, u, -0.5);
        c = Step(c, u, 1.0);
        return (s, c);
    }

    /// <summary>C = (θ − sin θ)/θ³ of θ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> C(Vector256<double> thetaSquared)
    {
        Vector256<double> c = Vector256.Create(-1.774991428333807e-20);
        c = Step(c, thetaSquared, 8.182961482510086e-18);
        c = Step(c, thetaSquared, -2.811022760213644e-15);
        c = Step(c, thetaSquared, 7.647133351868908e-13);
        c = Step(c, thetaSquared, -1.6059042519999298e-10);
        c = Step(c, thetaSquared, 2.5052108350660966e-08);
        c = Step(c, thetaSquared, -2.755731922345792e-06);
        c = Step(c, thetaSquared, 0.0001984126984126577);
        c = Step(c, thetaSquared, -0.008333333333333321);
        return Step(c, thetaSquared, 0.16666666666666666);
    }

    /// <summary>D = (1 − h·cot h)/θ² of θ².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> D(Vector256<double> thetaSquared)
    {
        // Even and odd powers apart: two chains of half the length.
        Vector256<double> x = thetaSquared * thetaSquared;
        Vector256<double> even = Vector256.Create(-1.8557351474993724e-20);
        even = Step(even, x, -4.85596724572421e-19);
        even = Step(even, x, 8.277130887086995e-15);
        even = Step(even, x, 1.337884940590995e-11);
        even = Step(even, x, 2.0876748049230986e-08);
        even = Step(even, x, 3.30687830661934e-05);
        even = Step(even, x, 0.08333333333333333);
        Vector256<double> odd = Vector256.Create(6.252919264987505e-22);
        odd = Step(odd, x, 6.024382010699469e-19);
        odd = Step(odd, x, 2.692956423436868e-16);
        odd = Step(odd, x, 3.4025147427349625e-13);
        odd = Step(odd, x, 5.284261624254525e-10);
        odd = Step(odd, x, 8.267195833903296e-07);
        odd = Step(odd, x, 0.0013888888888892838);
        return Vector256.MultiplyAddEstimate(odd, thetaSquared, even);
    }

    /// <summary>θ/sin(θ/2) of a unit quaternion with w = cos(θ/2) ≥ 0 and s² = sin²(θ/2): what turns its imaginary part into the rotation vector.</summary>
    /// <remarks>
    /// Halves the half angle twice: with c = cos(θ/4) = √((1 + w)/2), tan(θ/8) = s/(2c(1 + c)) ≤ tan(π/8). Then θ = 8·atan(tan(θ/8)), and s
    /// cancels: the factor is 4·P(tan²(θ/8))/(c(1 + c)), P(x²) = atan(x)/x. One root, one division, no case for small angles.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LogFactor(Vector256<double> w, Vector256<double> sinSquared)
    {
        Vector256<double> c = Vector256.Sqrt(0.5 * (w + Vector256<double>.One));
        Vector256<double> k = Vector256<double>.One / (c + c * c);
        Vector256<double> x = 0.25 * sinSquared * (k * k);
        Vector256<double> x2 = x * x;
        Vector256<double> even = Vector256.Create(0.03796524391097195);
        even = Step(even, x2, 0.05846878181892052);
        even = Step(even, x2, 0.07692045329539092);
        even = Step(even, x2, 0.11111110744917034);
        even = Step(even, x2, 0.1999999999994089);
        even = Step(even, x2, 1.0);
        Vector256<double> odd = Vector256.Create(-0.017805382196606493);
        odd = Step(odd, x2, -0.05035101930016078);
        odd = Step(odd, x2, -0.06662951797955637);
        odd = Step(odd, x2, -0.09090896808988135);
        odd = Step(odd, x2, -0.14285714279250192);
        odd = Step(odd, x2, -0.3333333333333312);
        return 4 * k * Vector256.MultiplyAddEstimate(odd, x, even);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Step(Vector256<double> sum, Vector256<double> x, double coefficient) =>
        Vector256.MultiplyAddEstimate(sum, x, Vector256.Create(coefficient));
}
