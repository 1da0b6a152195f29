using System.Globalization;
using Xunit.Sdk;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Reads vectors and matrices out of golden tensors and compares in the tolerances of the Lie-group fixtures.</summary>
internal static class GoldenGroups
{
    /// <summary>Tolerance of matrices and Jacobians, times max(1, largest entry).</summary>
    public const double MatrixTolerance = 2e-15;

    /// <summary>Relative tolerance of logarithms, and absolute tolerance of their angle next to π.</summary>
    public const double LogTolerance = 1e-14;

    public static FixtureTensors Load(string name) => FixtureTensors.Load("geometry", name + ".safetensors");

    public static Vector3d Vector(this FixtureTensor tensor, int index) => Vector(tensor.Row(index));

    public static Vector3d Vector(ReadOnlySpan<double> xyz) => new(xyz[0], xyz[1], xyz[2]);

    public static Matrix3d Matrix(this FixtureTensor tensor, int index) => Matrix3d.FromRowMajor(tensor.Row(index));

    public static double[] RowMajor(this Matrix3d matrix)
    {
        double[] values = new double[9];
        matrix.CopyTo(values);
        return values;
    }

    /// <summary>The 4×4 matrix of a pose, row-major.</summary>
    public static double[] RowMajor4x4(this SE3 pose)
    {
        double[] values = new double[16];
        pose.CopyToRowMajor3x4(values);
        values[15] = 1;
        return values;
    }

    /// <summary>The 4×4 matrix of a similarity, row-major.</summary>
    public static double[] RowMajor4x4(this Sim3 similarity)
    {
        double[] values = new double[16];
        similarity.CopyToRowMajor3x4(values);
        values[15] = 1;
        return values;
    }

    public static double[] RowMajor(this Matrix6d matrix)
    {
        double[] values = new double[36];
        matrix.CopyTo(values);
        return values;
    }

    public static double[] RowMajor(this Matrix7d matrix)
    {
        double[] values = new double[49];
        matrix.CopyTo(values);
        return values;
    }

    public static SO3[] Rotations(this FixtureTensor matrices)
    {
        SO3[] rotations = new SO3[matrices.Shape[0]];
        for (int i = 0; i < rotations.Length; i++) rotations[i] = SO3.FromMatrix(matrices.Matrix(i));
        return rotations;
    }

    /// <summary>Fails unless every entry is within <paramref name="tolerance"/> × max(1, largest expected entry).</summary>
    public static void MatrixNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what, double tolerance = MatrixTolerance)
    {
        double largest = 1;
        foreach (double entry in expected) largest = Math.Max(largest, Math.Abs(entry));

        Near.Equal(expected, actual, tolerance * largest, 0, what);
    }

    /// <summary>Largest difference of two matrices, relative to max(1, largest expected entry).</summary>
    public static double MatrixDistance(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        double largest = 1, difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(actual[i] - expected[i]));
        }

        return difference / largest;
    }

    /// <summary>
    /// Fails unless the rotation vectors agree to a relative 1e-14. Within <paramref name="piBand"/> of a half turn the axis
    /// may be reversed, and both parts are compared to 1e-14: the axis with free sign, the angle as it is.
    /// </summary>
    public static void LogNear(Vector3d expected, Vector3d actual, string what, double tolerance = LogTolerance, double piBand = 1e-7)
    {
        double difference = (actual - expected).Length;
        if (Math.PI - expected.Length < piBand)
        {
            double angle = Math.Abs(actual.Length - expected.Length);
            double axis = Math.Min((actual / actual.Length - expected / expected.Length).Length, (actual / actual.Length + expected / expected.Length).Length);
            difference = Math.Max(angle, axis);
            if (difference <= tolerance) return;
        }
        else if (difference <= tolerance * expected.Length)
        {
            return;
        }

        throw new XunitException(string.Create(CultureInfo.InvariantCulture,
            $"{what}: ({actual.X:G17}, {actual.Y:G17}, {actual.Z:G17}), expected ({expected.X:G17}, {expected.Y:G17}, {expected.Z:G17}), off by {difference:G3}."));
    }
}
