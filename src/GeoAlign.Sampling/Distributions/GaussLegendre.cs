namespace GeoAlign.Sampling;

/// <summary>Gauss–Legendre quadrature with 24 points: exact for polynomials up to degree 47.</summary>
internal static class GaussLegendre
{
    private const int Points = 24;

    /// <summary>The positive abscissae on [−1, 1]; each stands for ±itself.</summary>
    public static ReadOnlySpan<double> PositiveNodes => Rule.Nodes;

    /// <summary>The weight of each positive abscissa and of its mirror image.</summary>
    public static ReadOnlySpan<double> Weights => Rule.Weights;

    private static readonly (double[] Nodes, double[] Weights) Rule = Compute();

    /// <summary>Integral of <paramref name="f"/> over [low, high].</summary>
    public static double Integrate(double low, double high, Func<double, double> f)
    {
        double half = 0.5 * (high - low), middle = low + half, sum = 0;
        for (int i = 0; i < Points / 2; i++)
        {
            double offset = half * Rule.Nodes[i];
            sum += Rule.Weights[i] * (f(middle - offset) + f(middle + offset));
        }

        return half * sum;
    }

    // Roots of the Legendre polynomial P₂₄ by Newton's method from Tricomi's estimate cos(π(i − ¼)/(n + ½)).
    private static (double[] Nodes, double[] Weights) Compute()
    {
        double[] nodes = new double[Points / 2], weights = new double[Points / 2];
        for (int i = 0; i < nodes.Length; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5)), slope = 0;
            for (int iteration = 0; iteration < 8; iteration++)
            {
                (double value, slope) = Legendre(x);
                x -= value / slope;
            }

            nodes[i] = x;
            weights[i] = 2 / ((1 - x * x) * slope * slope);
        }

        return (nodes, weights);
    }

    // P_n(x) and its derivative by Bonnet's recursion.
    private static (double Value, double Slope) Legendre(double x)
    {
        double previous = 1, current = x;
        for (int n = 2; n <= Points; n++)
            (previous, current) = (current, ((2 * n - 1) * x * current - (n - 1) * previous) / n);
        return (current, Points * (x * current - previous) / (x * x - 1));
    }
}
