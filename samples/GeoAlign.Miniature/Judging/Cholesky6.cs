namespace GeoAlign.Miniature;

/// <summary>Solves the 6 × 6 normal equations of a pose. Matrices are row-major and symmetric positive definite.</summary>
internal static class Cholesky6
{
    /// <summary>Unknowns: three metres, three radians.</summary>
    public const int Size = 6;

    /// <summary>Solves A·x = b.</summary>
    /// <returns>False when A is not positive definite or not finite; x is then undefined.</returns>
    public static bool TrySolve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> x)
    {
        Span<double> lower = stackalloc double[Size * Size];
        if (!TryFactor(a, lower)) return false;
        Substitute(lower, b, x);
        return true;
    }

    /// <summary>Writes A⁻¹.</summary>
    /// <exception cref="ArgumentException">A is not positive definite or not finite.</exception>
    public static void Invert(ReadOnlySpan<double> a, Span<double> inverse)
    {
        Span<double> lower = stackalloc double[Size * Size];
        if (!TryFactor(a, lower)) throw new ArgumentException("The matrix is not positive definite.", nameof(a));
        Span<double> unit = stackalloc double[Size];
        for (int i = 0; i < Size; i++)
        {
            unit.Clear();
            unit[i] = 1;
            Substitute(lower, unit, inverse.Slice(Size * i, Size));      // rows for columns: the inverse is symmetric
        }
    }

    private static bool TryFactor(ReadOnlySpan<double> a, Span<double> lower)
    {
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[Size * i + j];
                for (int k = 0; k < j; k++) sum -= lower[Size * i + k] * lower[Size * j + k];
                if (i != j) lower[Size * i + j] = sum / lower[Size * j + j];
                else if (sum > 0 && double.IsFinite(sum)) lower[Size * i + i] = Math.Sqrt(sum);
                else return false;
            }
        }

        return true;
    }

    private static void Substitute(ReadOnlySpan<double> lower, ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = 0; i < Size; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++) sum -= lower[Size * i + k] * x[k];
            x[i] = sum / lower[Size * i + i];
        }

        for (int i = Size - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < Size; k++) sum -= lower[Size * k + i] * x[k];
            x[i] = sum / lower[Size * i + i];
        }
    }
}
