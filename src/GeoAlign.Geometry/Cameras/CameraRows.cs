using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>
/// The 19 numbers per frame that the control-camera adapter takes: <c>[unused, fx, fy, cx, cy, 0, 0, 12 × row-major 3×4 camera-to-world]</c>,
/// intrinsics normalised by the image size. RealEstate10K has the same layout with a time stamp in front and world-to-camera matrices.
/// </summary>
public static class CameraRows
{
    /// <summary>Numbers per frame.</summary>
    public const int Length = 19;

    /// <summary>Rows of a path filmed with one lens; frame after frame.</summary>
    public static double[] Of(CameraTrajectory trajectory, NormalisedIntrinsics intrinsics)
    {
        double[] rows = new double[Length * trajectory.Count];
        for (int i = 0; i < trajectory.Count; i++)
        {
            Span<double> row = rows.AsSpan(Length * i, Length);
            (row[1], row[2], row[3], row[4]) = (intrinsics.Fx, intrinsics.Fy, intrinsics.Cx, intrinsics.Cy);
            trajectory[i].CopyToRowMajor3x4(row[7..]);
        }

        return rows;
    }

    /// <summary>The camera-to-world poses in rows; rotations are made exact.</summary>
    /// <exception cref="ArgumentException">Not a whole number of rows, a number that is not finite, or a matrix is not a rigid motion; the message names the row.</exception>
    public static CameraTrajectory Poses(ReadOnlySpan<double> rows)
    {
        int frames = CountOf(rows);
        SE3[] poses = new SE3[frames];
        for (int i = 0; i < frames; i++)
        {
            try
            {
                poses[i] = SE3.FromRowMajor3x4(rows.Slice(Length * i + 7, 12));
            }
            catch (ArgumentException problem)
            {
                throw new ArgumentException($"Camera row {i}: {problem.Message}", nameof(rows), problem);
            }
        }

        return new CameraTrajectory(poses);
    }

    /// <summary>The intrinsics of one row.</summary>
    /// <exception cref="ArgumentException">Not 19 numbers.</exception>
    public static NormalisedIntrinsics Intrinsics(ReadOnlySpan<double> row) => row.Length == Length
        ? new(row[1], row[2], row[3], row[4])
        : throw new ArgumentException($"{row.Length} numbers, expected a row of {Length}.", nameof(row));

    /// <summary>Number of rows; refused when they are none, end within one or hold NaN or infinity where a number is used.</summary>
    internal static int CountOf(ReadOnlySpan<double> rows)
    {
        if (rows.Length == 0 || rows.Length % Length != 0)
            throw new ArgumentException($"{rows.Length} numbers are no whole number of camera rows; expected {Length} per frame.", nameof(rows));
        for (int i = 0; i < rows.Length; i++)
        {
            bool used = i % Length is >= 1 and <= 4 or >= 7;
            if (used && !double.IsFinite(rows[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Camera row {i / Length}: number {i % Length} is {rows[i]}, expected a finite one."), nameof(rows));
        }

        return rows.Length / Length;
    }
}
