namespace GeoAlign.Geometry;

/// <summary>a, b, c of <c>W = a·I + b·[ω]× + c·[ω]×² = ∫₀¹ exp(s(σI + [ω]×)) ds</c>, the translation part of Sim(3)'s exponential map.</summary>
/// <remarks>
/// For σ ≥ <see cref="LeastSigma"/>. Far below 0 all three decay while their formulas subtract numbers of size 1; there callers use
/// <c>W(σ, ω) = e^σ·Exp(ω)·W(−σ, −ω)</c>. Ours; the definitions are Strasdat's ("Local Accuracy and Global Consistency", 2012, §B.4).
/// </remarks>
internal readonly record struct SimilarityFunctions(double A, double B, double C)
{
    /// <summary>Smallest σ: down to here the terms of both formulas exceed their sum by less than a factor of two.</summary>
    public const double LeastSigma = -0.5;

    /// <summary>Powers of z summed for |σ| ≤ ½ and θ &lt; 1: the first one dropped is below 231·|z|²⁰/23! = 9e-20.</summary>
    private const int FewTerms = 21;

    /// <summary>1/(k+1)!.</summary>
    private static readonly double[] ReciprocalFactorials = Reciprocals(27);

    /// <summary>Relative size at which a term of the series no longer changes a sum.</summary>
    private const double NegligibleTerm = 1e-18;

    /// <summary>For σ ≥ <see cref="LeastSigma"/> and any angle.</summary>
    public static SimilarityFunctions Of(double sigma, in HalfAngle h) =>
        h.ThetaSquared < RotationFunctions.SeriesLimit ? Series(sigma, h.ThetaSquared) : Direct(sigma, h);

    /// <summary>
    /// Power series in z = σ + iθ, free of divisions by σ or θ: a = Σ σᵏ/(k+1)!, b = Σ (Im zᵏ/θ)/(k+1)!, c = Σ ((σᵏ − Re zᵏ)/θ²)/(k+1)!.
    /// For θ &lt; 1 its terms hardly cancel. Beyond θ = 1 the direct formulas, which divide by σ² + θ² and θ², lose less than a digit.
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
            if (k < table.Length)
            {
                factor = table[k];
            }
            else
            {
                // Beyond the table the factorial goes into the powers, which would overflow on their own at σ > 70.
                double share = factor / (k + 1);
                (power, r, p, q, factor) = (share * power, share * r, share * p, share * q, 1);
            }

            a += factor * power;
            b += factor * q;
            c += factor * r;
            // A fixed count for the usual small σ: no exit to mispredict. NaN ends the loop too.
            if (k >= FewTerms && (sigma <= -LeastSigma || !(factor * (Math.Abs(power) + Math.Abs(q) + Math.Abs(r)) > NegligibleTerm * a))) return new(a, b, c);
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

    private static double[] Reciprocals(int count)
    {
        double[] reciprocals = new double[count];
        decimal factorial = 1;                                                          // 27! still fits in a decimal
        for (int k = 0; k < count; k++)
        {
            factorial *= k + 1;
            reciprocals[k] = 1 / (double)factorial;
        }

        return reciprocals;
    }
}
