namespace GeoAlign.Geometry;

/// <summary>Eigenvalues and dominant eigenvector of a symmetric 4×4 matrix, by Jacobi's rotations, without allocation.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4th edition, §8.5. Cyclic sweeps converge quadratically: 4 … 7 for any 4×4 matrix.</remarks>
internal static class SymmetricEigen4
{
    private const int Size = 4;

    /// <summary>An element this small beside the largest turns an eigenvector by less than a ten-thousandth of its rounding.</summary>
    private const double Negligible = 1e-20;

    /// <summary>More than any matrix of finite numbers needs; reaching it means that the matrix held NaN.</summary>
    private const int SweepLimit = 30;

    /// <summary>Overwrites <paramref name="a"/> (16 numbers) and writes the eigenvalues, largest first, and the unit eigenvector of the first.</summary>
    public static void Solve(Span<double> a, Span<double> values, Span<double> dominant)
    {
        Span<double> v = stackalloc double[Size * Size];
        v.Clear();
        for (int i = 0; i < Size; i++) v[i * Size + i] = 1;

        double largest = 0;
        foreach (double element in a) largest = Math.Max(largest, Math.Abs(element));

        for (int sweep = 0; Sweep(a, v, Negligible * largest); sweep++)
        {
            if (sweep == SweepLimit) throw new ArithmeticException("Jacobi's iteration did not converge; the matrix holds NaN or infinity.");
        }

        int first = 0;
        for (int i = 0; i < Size; i++)
        {
            values[i] = a[i * Size + i];
            if (values[i] > values[first]) first = i;
        }

        for (int i = 0; i < Size; i++) dominant[i] = v[i * Size + first];
        values.Sort(static (x, y) => y.CompareTo(x));
    }

    /// <summary>One rotation per element above the diagonal; false when all of them are negligible.</summary>
    private static bool Sweep(Span<double> a, Span<double> v, double negligible)
    {
        bool rotated = false;
        for (int p = 0; p < Size - 1; p++)
        {
            for (int q = p + 1; q < Size; q++)
            {
                double app = a[p * Size + p], aqq = a[q * Size + q], apq = a[p * Size + q];
                if (Math.Abs(apq) <= negligible) continue;
                rotated = true;
                double tau = (aqq - app) / (2 * apq);
                double t = Math.CopySign(1, tau) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
                double c = 1 / Math.Sqrt(1 + t * t), s = t * c;
                for (int k = 0; k < Size; k++) Rotate(ref a[k * Size + p], ref a[k * Size + q], c, s);
                for (int k = 0; k < Size; k++) Rotate(ref a[p * Size + k], ref a[q * Size + k], c, s);
                for (int k = 0; k < Size; k++) Rotate(ref v[k * Size + p], ref v[k * Size + q], c, s);
                a[p * Size + q] = a[q * Size + p] = 0;
            }
        }

        return rotated;
    }

    private static void Rotate(ref double p, ref double q, double c, double s) => (p, q) = (c * p - s * q, s * p + c * q);
}
