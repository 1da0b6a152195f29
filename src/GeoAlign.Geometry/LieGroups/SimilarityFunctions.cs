namespace GeoAlign.Geometry;

/// <summary>a, b, c of <c>W = a·I + b·[ω]× + c·[ω]×² = ∫₀¹ exp(s(σI + [ω]×)) ds</c>, the translation part of Sim(3)'s exponential map.</summary>
/// <remarks>
/// Only for σ ≥ 0: for negative σ all three decay while their formulas subtract numbers of size 1, so callers use
/// <c>W(σ, ω) = e^σ·Exp(ω)·W(−σ, −ω)</c>. Ours; the definitions are Strasdat's ("Local Accuracy and Global Consistency", 2012, §B.4).
/// </remarks>
internal readonly record struct SimilarityFunctions(double A, double B, double C)
{
    /// <summary>1/(k+1)! for k = 0, 1, …; enough for σ ≤ 6.</summary>
    private static readonly double[] ReciprocalFactorials =
    [
        1.0, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0, 1 / 3628800.0,
        1 / 39916800.0, 1 / 479001600.0, 1 / 6227020800.0, 1 / 87178291200.0, 1 / 1307674368000.0, 1 / 20922789888000.0,
        1 / 355687428096000.0, 1 / 6402373705728000.0, 1 / 121645100408832000.0, 1 / 2432902008176640000.0,
        1 / 51090942171709440000.0, 1 / 1124000727777607680000.0, 1 / 25852016738884976640000.0, 1 / 620448401733239439360000.0,
        1 / 15511210043330985984000000.0, 1 / 403291461126605635584000000.0, 1 / 10888869450418352160768000000.0,
        1 / 304888344611713860501504000000.0, 1 / 8841761993739701954543616000000.0, 1 / 265252859812191058636308480000000.0,
    ];

    /// <summary>Relative size at which a term of the series no longer changes a sum.</summary>
    private const double NegligibleTerm = 1e-18;

    /// <summary>For σ ≥ 0 and any angle.</summary>
    public static SimilarityFunctions Of(double sigma, in HalfAngle h) =>
        h.ThetaSquared < RotationFunctions.SeriesLimit ? Series(sigma, h.ThetaSquared) : Direct(sigma, h);

    /// <summary>
    /// Power series in z = σ + iθ, free of divisions by σ or θ: a = Σ σᵏ/(k+1)!, b = Σ (Im zᵏ/θ)/(k+1)!, c = Σ ((σᵏ − Re zᵏ)/θ²)/(k+1)!.
    /// For σ ≥ 0 and θ &lt; 1 its terms hardly cancel. Beyond θ = 1 the direct formulas, which divide by σ² + θ² and θ², lose less than a digit.
    /// </summary>
    private static SimilarityFunctions Series(double sigma, double thetaSquared)
    {
        double[] table = ReciprocalFactorials;
        double a = 1, b = 0, c = 0;
        double power = 1, p = 1, q = 0, r = 0, factor = 1;                               // σᵏ, Re zᵏ, Im zᵏ/θ, (σᵏ − Re zᵏ)/θ²
        for (int k = 1; ; k++)
        {
            power *= sigma;
            r = sigma * r + q;
            (p, q) = (sigma * p - thetaSquared * q, p + sigma * q);
            factor = k < table.Length ? table[k] : factor / (k + 1);
            a += factor * power;
            b += factor * q;
            c += factor * r;
            // Only at θ = 0 can q and r vanish together, and then they stay 0 from k = 3 on. NaN ends the loop too.
            if (!(factor * (Math.Abs(power) + Math.Abs(q) + Math.Abs(r)) > NegligibleTerm * a) && k > 2) return new(a, b, c);
        }
    }

    private static SimilarityFunctions Direct(double sigma, in HalfAngle h)
    {
        // a = (e^σ − 1)/σ as (e − 1)/log e with the rounded e: numerator and denominator are off by the same factor (Kahan).
        double e = Math.Exp(sigma);
        double a = e == 1 ? 1 : (e - 1) / Math.Log(e);
        double growth = a * sigma;
        double sine = 2 * h.Sin * h.Cos, versine = 2 * h.Sin * h.Sin;                    // sin θ, 1 − cos θ
        double theta = 2 * h.Value, x = h.ThetaSquared;
        double alpha = growth * (1 - versine) - versine, beta = e * sine;                // e^z − 1 = α + iβ
        double n = sigma * sigma + x;
        return new(a, (beta * sigma / theta - alpha) / n, (a - (alpha * sigma + beta * theta) / n) / x);
    }
}
