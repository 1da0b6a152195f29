namespace GeoAlign.Sampling;

/// <summary>Special functions of the standard normal distribution, accurate to a few units in the last place in both tails.</summary>
internal static class StandardNormal
{
    private const double LogSqrtTwoPi = 0.918938533204672741780329736406;
    private const double InverseSqrtTwo = 0.707106781186547524400844362105;
    private const double InverseSqrtPi = 0.564189583547756286948079451561;
    private const double InverseSqrtTwoPi = 0.398942280401432677939946059934;
    private const double SqrtTwoOverPi = 0.797884560802865355879892119869;

    // Cody 1969: erf(x)/x on |x| ≤ 15/32, erfcx(x) on 15/32…4, erfcx(x)·x − 1/√π over 1/x² beyond. Highest power first.
    private static readonly double[] ErfNumerator = [1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3];
    private static readonly double[] ErfDenominator = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
    private static readonly double[] MiddleNumerator =
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
        8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
    ];
    private static readonly double[] MiddleDenominator =
    [
        1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];
    private static readonly double[] FarNumerator =
        [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4];
    private static readonly double[] FarDenominator =
        [1, 2.56852019228982242, 1.87295284992346047, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    /// <summary>Scaled complementary error function e^{x²}·erfc(x) for x ≥ 0: never underflows.</summary>
    /// <remarks>Rational approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23, 1969.</remarks>
    public static double Erfcx(double x)
    {
        if (x <= 0.46875)
        {
            double square = x * x;
            return Math.Exp(square) * (1 - x * Horner(ErfNumerator, square) / Horner(ErfDenominator, square));
        }

        if (x <= 4) return Horner(MiddleNumerator, x) / Horner(MiddleDenominator, x);

        double inverseSquare = 1 / (x * x);
        return (InverseSqrtPi - inverseSquare * Horner(FarNumerator, inverseSquare) / Horner(FarDenominator, inverseSquare)) / x;
    }

    /// <summary>Density φ(x); 0 at ±∞.</summary>
    public static double Density(double x) => ExpMinusHalfSquare(x) * InverseSqrtTwoPi;

    /// <summary>Φ(x), the probability of a value below x; relative accuracy also in the lower tail.</summary>
    public static double Cdf(double x) => x <= 0 ? LowerTail(x) : 1 - LowerTail(-x);

    /// <summary>log Φ(x), finite wherever x² is.</summary>
    public static double LogCdf(double x) => x <= 0
        ? -0.5 * x * x + Math.Log(0.5 * Erfcx(-x * InverseSqrtTwo))
        : NearOne.Log1p(-LowerTail(-x));

    /// <summary>log φ(x).</summary>
    public static double LogDensity(double x) => -0.5 * x * x - LogSqrtTwoPi;

    /// <summary>Hazard φ(x)/(1 − Φ(x)) for x ≥ 0: how fast the upper tail thins out.</summary>
    public static double Hazard(double x) => SqrtTwoOverPi / Erfcx(x * InverseSqrtTwo);

    /// <summary>log of (1 − Φ(start + excess))/(1 − Φ(start)) for start ≥ 0, without forming either tail; −∞ for an infinite excess.</summary>
    public static double LogTailRatio(double start, double excess) => double.IsPositiveInfinity(excess)
        ? double.NegativeInfinity
        : -excess * (start + 0.5 * excess) + Math.Log(Erfcx((start + excess) * InverseSqrtTwo) / Erfcx(start * InverseSqrtTwo));

    /// <summary>The excess y ≥ 0 with <see cref="LogTailRatio"/>(start, y) = <paramref name="logRatio"/> ≤ 0.</summary>
    /// <remarks>
    /// Newton's method. The log tail is concave, and the first guess (the solution without the erfcx term, which is negative) lies to the
    /// right of the root, so every step moves monotonically towards it.
    /// </remarks>
    public static double TailExcess(double start, double logRatio)
    {
        if (double.IsNegativeInfinity(logRatio)) return double.PositiveInfinity;
        double excess = -2 * logRatio / (start + Math.Sqrt(start * start - 2 * logRatio));
        if (!(excess > 0)) return 0;
        for (int i = 0; i < 16; i++)
        {
            double step = (LogTailRatio(start, excess) - logRatio) / Hazard(start + excess);
            excess = Math.Max(0, excess + step);
            if (Math.Abs(step) <= 4e-16 * excess) break;
        }

        return excess;
    }

    /// <summary>Φ⁻¹, from the probability below the value and the probability above it; only the smaller of the two is used.</summary>
    public static double Quantile(double below, double above) => below <= above
        ? -TailExcess(0, Math.Log(2 * below))
        : TailExcess(0, Math.Log(2 * above));

    // ½·erfc(−x/√2) for x ≤ 0.
    private static double LowerTail(double x) =>
        double.IsNegativeInfinity(x) ? 0 : 0.5 * ExpMinusHalfSquare(x) * Erfcx(-x * InverseSqrtTwo);

    // x = head + rest with head² exact: the rounding error of x², which the exponential would magnify by x²/2, never arises.
    private static double ExpMinusHalfSquare(double x)
    {
        if (Math.Abs(x) > 40) return 0;                                       // e^{−800} is below the smallest double
        double head = Math.Round(x * 16) / 16;
        return Math.Exp(-0.5 * head * head) * Math.Exp(-0.5 * (x - head) * (x + head));
    }

    private static double Horner(double[] coefficients, double x)
    {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.Length; i++) sum = sum * x + coefficients[i];
        return sum;
    }
}
