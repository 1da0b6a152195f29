using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>The scalar functions of the rotation angle θ that the closed forms of exp, log and their Jacobians need.</summary>
/// <remarks>
/// Each takes θ² as ω·ω, never as the square of a root. All switch at θ² = 1. Below, a power series in θ²; the first dropped term is under
/// 2e-18 of the result for D and under 2e-19 for the others. Above, the direct formula, whose cancellation is worst at the switch itself:
/// (θ − sin θ)/θ³ costs 6 roundings there, (1 − h·cot h)/θ² costs 12, and both fewer above. A smaller switch point (the usual 1e-5 … 1e-10)
/// saves terms and loses up to half of all digits. The sums are taken in pairs (Estrin's scheme), which halves the chain of dependent operations.
/// </remarks>
internal static class RotationFunctions
{
    /// <summary>θ² below which the series run.</summary>
    public const double SeriesLimit = 1;

    /// <summary>C = (θ − sin θ)/θ³; series Σ (−1)^k θ^2k/(2k+3)!, nine terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double C(double thetaSquared, double theta, double sinTheta)
    {
        double x = thetaSquared;
        if (!(x < SeriesLimit)) return (theta - sinTheta) / (x * theta);
        double x2 = x * x, x4 = x2 * x2;
        return 1 / 6.0 - x * (1 / 120.0)
            + x2 * (1 / 5040.0 - x * (1 / 362880.0))
            + x4 * (1 / 39916800.0 - x * (1 / 6227020800.0) + x2 * (1 / 1307674368000.0 - x * (1 / 355687428096000.0)))
            + x4 * x4 * (1 / 121645100408832000.0);
    }

    /// <summary>D = (1 − h·cot h)/θ², h = θ/2; series Σ |B_2k|/(2k)!·θ^(2k−2) with Bernoulli numbers, eleven terms, all positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double D(double thetaSquared, double half, double sinHalf, double cosHalf)
    {
        double x = thetaSquared;
        if (!(x < SeriesLimit)) return (1 - half * cosHalf / sinHalf) / x;
        double x2 = x * x, x4 = x2 * x2;
        return 1 / 12.0 + x * (1 / 720.0)
            + x2 * (1 / 30240.0 + x * (1 / 1209600.0))
            + x4 * (1 / 47900160.0 + x * (691 / 1307674368000.0) + x2 * (1 / 74724249600.0 + x * (3617 / 10670622842880000.0)))
            + x4 * x4 * (43867 / 5109094217170944000.0 + x * (174611 / 802857662698291200000.0) + x2 * (77683 / 14101100039391805440000.0));
    }

    /// <summary>q₂ = (θ² + 2·cos θ − 2)/(2θ⁴) = (½ − B)/θ²; series Σ (−1)^k θ^2k/(2k+4)!, nine terms.</summary>
    public static double Q2(double thetaSquared, double b)
    {
        double x = thetaSquared;
        if (!(x < SeriesLimit)) return (0.5 - b) / x;
        double x2 = x * x, x4 = x2 * x2;
        return 1 / 24.0 - x * (1 / 720.0)
            + x2 * (1 / 40320.0 - x * (1 / 3628800.0))
            + x4 * (1 / 479001600.0 - x * (1 / 87178291200.0) + x2 * (1 / 20922789888000.0 - x * (1 / 6402373705728000.0)))
            + x4 * x4 * (1 / 2432902008176640000.0);
    }

    /// <summary>q₃ = (2θ − 3·sin θ + θ·cos θ)/(2θ⁵) = (3C − B)/(2θ²); series Σ (−1)^k (k+1)·θ^2k/(2k+5)!, nine terms.</summary>
    public static double Q3(double thetaSquared, double b, double c)
    {
        double x = thetaSquared;
        if (!(x < SeriesLimit)) return (3 * c - b) / (2 * x);
        double x2 = x * x, x4 = x2 * x2;
        return 1 / 120.0 - x * (2 / 5040.0)
            + x2 * (3 / 362880.0 - x * (4 / 39916800.0))
            + x4 * (5 / 6227020800.0 - x * (6 / 1307674368000.0) + x2 * (7 / 355687428096000.0 - x * (8 / 121645100408832000.0)))
            + x4 * x4 * (9 / 51090942171709440000.0);
    }
}
