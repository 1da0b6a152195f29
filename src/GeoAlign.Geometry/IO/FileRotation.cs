using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Turns a 3×3 block of a file into a rotation, or says why it is none.</summary>
internal static class FileRotation
{
    // Rounded digits of a file stay far below; what is accepted is replaced by the nearest rotation.
    private const double Accepted = 1e-3;

    /// <summary>The rotation nearest to the matrix; null when the matrix is one, else the problem and what was expected.</summary>
    public static string? ProblemOf(Matrix3d matrix, out SO3 rotation)
    {
        rotation = SO3.Identity;
        double deviation = matrix.DeviationFromOrthogonal();
        if (!(deviation < Accepted))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"not a rotation: RᵀR differs from the identity by {deviation:G3}, expected less than {Accepted:G3}");
        }

        if (!(matrix.Determinant > 0))
            return string.Create(CultureInfo.InvariantCulture,
                $"a reflection (determinant {matrix.Determinant:G3}), expected a rotation (determinant 1)");

        rotation = SO3.FromNoisyMatrix(matrix);
        return null;
    }
}
