using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Turns a 3×3 block of a file into a rotation, or says why it is none.</summary>
internal static class FileRotation
{
    // Rounded digits of a file stay below Accepted; what lies above Exact is projected, so that reading does not depend on
    // which of the nine numbers was rounded most.
    private const double Accepted = 1e-3, Exact = 1e-9;

    /// <summary>The rotation nearest to the matrix; null when the matrix is one, else the problem and what was expected.</summary>
    public static string? ProblemOf(Matrix3d matrix, out SO3 rotation)
    {
        rotation = SO3.Identity;
        double deviation = DeviationFromOrthogonal(matrix);
        if (!(deviation < Accepted))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"not a rotation: RᵀR differs from the identity by {deviation:G3}, expected less than {Accepted:G3}");
        }

        if (!(matrix.Determinant > 0))
            return string.Create(CultureInfo.InvariantCulture, $"a reflection (determinant {matrix.Determinant:G3}), expected a rotation (determinant 1)");

        rotation = SO3.FromMatrix(deviation > Exact ? Nearest(matrix) : matrix);
        return null;
    }

    /// <summary>Largest element of |RᵀR − I|.</summary>
    private static double DeviationFromOrthogonal(Matrix3d r)
    {
        Vector3d a = r.Column(0), b = r.Column(1), c = r.Column(2);
        double lengths = Max(Math.Abs(Vector3d.Dot(a, a) - 1), Math.Abs(Vector3d.Dot(b, b) - 1), Math.Abs(Vector3d.Dot(c, c) - 1));
        double angles = Max(Math.Abs(Vector3d.Dot(a, b)), Math.Abs(Vector3d.Dot(a, c)), Math.Abs(Vector3d.Dot(b, c)));
        return Math.Max(lengths, angles);
    }

    private static double Max(double a, double b, double c) => Math.Max(a, Math.Max(b, c));

    /// <summary>The orthogonal polar factor by Newton's iteration <c>X ← ½(X + X⁻ᵀ)</c> (Higham 1986).</summary>
    /// <remarks>The error squares in each step: from 1e-3, three steps reach 1e-24; the fourth absorbs rounding.</remarks>
    private static Matrix3d Nearest(Matrix3d x)
    {
        for (int step = 0; step < 4; step++)
        {
            Vector3d a = x.Column(0), b = x.Column(1), c = x.Column(2);
            Matrix3d cofactors = Matrix3d.FromColumns(Vector3d.Cross(b, c), Vector3d.Cross(c, a), Vector3d.Cross(a, b));
            x = 0.5 * (x + 1 / x.Determinant * cofactors);
        }

        return x;
    }
}
