namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Oracle: the orthogonal polar factor in 28 digits, by Newton's iteration X ← ½(X + X⁻ᵀ) on decimals.</summary>
internal static class PolarFactor
{
    private const int GridBits = 40;

    /// <summary>The matrix with its elements (at most 1 in size) rounded to multiples of 2⁻⁴⁰, which a decimal holds exactly.</summary>
    public static Matrix3d OnGrid(Matrix3d matrix)
    {
        double[] values = matrix.RowMajor();
        for (int i = 0; i < 9; i++) values[i] = Math.ScaleB(Math.Round(Math.ScaleB(values[i], GridBits)), -GridBits);
        return Matrix3d.FromRowMajor(values);
    }

    /// <summary>Polar factor of a matrix on the grid with a positive determinant.</summary>
    public static double[] Of(Matrix3d matrix)
    {
        decimal[] x = Array.ConvertAll(matrix.RowMajor(), v => (decimal)(long)Math.ScaleB(v, GridBits) / (1L << GridBits));
        for (int step = 0; step < 100; step++)
        {
            decimal[] inverse = InverseTranspose(x);
            decimal change = 0;
            for (int i = 0; i < 9; i++)
            {
                decimal next = (x[i] + inverse[i]) / 2;
                change = Math.Max(change, Math.Abs(next - x[i]));
                x[i] = next;
            }

            if (change < 1e-22m) return Array.ConvertAll(x, v => (double)v);
        }

        throw new InvalidOperationException("The oracle did not converge.");
    }

    private static decimal[] InverseTranspose(decimal[] m)
    {
        decimal[] cofactors =
        [
            m[4] * m[8] - m[5] * m[7], m[5] * m[6] - m[3] * m[8], m[3] * m[7] - m[4] * m[6],
            m[2] * m[7] - m[1] * m[8], m[0] * m[8] - m[2] * m[6], m[1] * m[6] - m[0] * m[7],
            m[1] * m[5] - m[2] * m[4], m[2] * m[3] - m[0] * m[5], m[0] * m[4] - m[1] * m[3],
        ];
        decimal determinant = m[0] * cofactors[0] + m[1] * cofactors[1] + m[2] * cofactors[2];
        return Array.ConvertAll(cofactors, c => c / determinant);
    }
}
