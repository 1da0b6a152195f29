namespace GeoAlign.Sampling;

/// <summary>Logarithm and exponential around 1, where <c>double.LogP1</c> and <c>double.ExpM1</c> lose every digit of a small argument.</summary>
internal static class NearOne
{
    /// <summary>log(1 + x). The rounding of 1 + x is divided out again (W. Kahan's form).</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : sum == 0 || double.IsPositiveInfinity(sum) ? Math.Log(sum) : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>e^x − 1 = 2·e^{x/2}·sinh(x/2), for x ≤ 0.</summary>
    public static double Expm1(double x) => x < -40 ? -1 : 2 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x);
}
