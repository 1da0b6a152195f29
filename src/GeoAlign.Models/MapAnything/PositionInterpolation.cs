namespace GeoAlign.Models;

/// <summary>Weights that resample a table of positions from M cells to n along one axis.</summary>
/// <remarks>
/// DINOv2's interpolation of its position embedding: bicubic with a = −0.75 (Keys 1981, eq. 4), no antialiasing, borders clamped. The
/// scale is (n + 0.1)/M, not n/M: the reference adds 0.1 against rounding, and then uses the sum for the coordinates. It is not the
/// identity for n = M either; that case takes the table as it is.
/// </remarks>
internal static class PositionInterpolation
{
    private const double Offset = 0.1, A = -0.75;

    /// <summary>The matrix <c>[n, M]</c>, row-major; every row sums to 1.</summary>
    public static double[] Weights(int n, int tableCells)
    {
        double[] matrix = new double[n * tableCells];
        double scale = (n + Offset) / tableCells;
        for (int i = 0; i < n; i++)
        {
            double source = (i + 0.5) / scale - 0.5;
            int cell = (int)Math.Floor(source);
            double u = source - cell;
            Add(i, cell - 1, Far(u + 1));
            Add(i, cell, Near(u));
            Add(i, cell + 1, Near(1 - u));
            Add(i, cell + 2, Far(2 - u));
        }

        return matrix;

        void Add(int row, int cell, double weight) => matrix[row * tableCells + Math.Clamp(cell, 0, tableCells - 1)] += weight;
    }

    // The kernel for |x| ≤ 1 and for 1 ≤ |x| ≤ 2.
    private static double Near(double x) => ((A + 2) * x - (A + 3)) * x * x + 1;

    private static double Far(double x) => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
}
