using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Turns twelve numbers of a file, a row-major 3×4 matrix, into a rigid motion, or says why they are none.</summary>
internal static class FilePose
{
    /// <summary>Null when the numbers are a rigid motion, else the problem and what was expected.</summary>
    public static string? ProblemOf(ReadOnlySpan<double> matrix3x4, out SE3 pose)
    {
        Matrix3d block = new(
            matrix3x4[0], matrix3x4[1], matrix3x4[2],
            matrix3x4[4], matrix3x4[5], matrix3x4[6],
            matrix3x4[8], matrix3x4[9], matrix3x4[10]);
        string? problem = FileRotation.ProblemOf(block, out SO3 rotation);
        pose = new(rotation, new(matrix3x4[3], matrix3x4[7], matrix3x4[11]));
        return problem;
    }

    /// <summary>Null when four numbers are the last row of a rigid 4×4 matrix, 0 0 0 1, else the problem and what was expected.</summary>
    public static string? ProblemOfLastRow(ReadOnlySpan<double> row)
    {
        const double Tolerance = 1e-6;
        double deviation = Math.Abs(row[0]) + Math.Abs(row[1]) + Math.Abs(row[2]) + Math.Abs(row[3] - 1);
        return deviation <= Tolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"last row {row[0]} {row[1]} {row[2]} {row[3]}, expected 0 0 0 1");
    }
}
