using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GeoAlign.Geometry;

// Rotation matrices: to and from, and the rotation nearest to a matrix that is not quite one.
public readonly partial struct SO3
{
    /// <summary>Largest |RᵀR − I|, element by element, that still passes for a rotation.</summary>
    internal const double AcceptedDeviation = 1e-3;

    /// <summary>Deviation up to which <see cref="Nearest"/> refines the column rule; beyond, it solves the eigenproblem, which takes ten times as long.</summary>
    private const double RefinedDeviation = 1e-2;

    /// <summary>Relative error of a quaternion that is lost in its own rounding (2⁻⁵³ = 1.1e-16), with a digit to spare.</summary>
    private const double NegligibleError = 1e-17;

    /// <summary>The rotation matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Matrix3d ToMatrix()
    {
        double x2 = X + X, y2 = Y + Y, z2 = Z + Z;
        double xx = X * x2, yy = Y * y2, zz = Z * z2, xy = X * y2, xz = X * z2, yz = Y * z2, wx = W * x2, wy = W * y2, wz = W * z2;
        return new(
            1 - (yy + zz), xy - wz, xz + wy,
            xy + wz, 1 - (xx + zz), yz - wx,
            xz - wy, yz + wx, 1 - (xx + yy));
    }

    /// <summary>From a rotation matrix, by the largest of the four quaternion components.</summary>
    /// <remarks>
    /// The conversion common in the field: exact for a rotation rounded to double. A matrix that deviates by e gives a rotation within about e
    /// of the nearest one; <see cref="FromNoisyMatrix"/> gives the nearest.
    /// </remarks>
    /// <exception cref="ArgumentException">The matrix deviates from a rotation by 1e-3 or more (‖RᵀR − I‖∞, element-wise), or has determinant ≤ 0.</exception>
    public static SO3 FromMatrix(in Matrix3d r) => IsAccepted(r) ? FromColumns(r, 0) : throw new ArgumentException(RefusalOf(r));

    /// <summary>From a rotation matrix that was printed, stored as float32 or otherwise disturbed: the nearest rotation.</summary>
    /// <exception cref="ArgumentException">The matrix deviates from a rotation by 1e-3 or more (‖RᵀR − I‖∞, element-wise), or has determinant ≤ 0.</exception>
    public static SO3 FromNoisyMatrix(in Matrix3d r) => IsAccepted(r) ? FromColumns(r, r.DeviationFromOrthogonal()) : throw new ArgumentException(RefusalOf(r));

    /// <summary>The rotation nearest to any matrix, however far from one; <see cref="NearestRotation"/> says how well it is determined.</summary>
    /// <exception cref="ArgumentException">The matrix is not finite, or several rotations are equally near.</exception>
    public static SO3 Nearest(in Matrix3d matrix)
    {
        double deviation = matrix.DeviationFromOrthogonal();
        if (deviation < RefinedDeviation && matrix.Determinant > 0) return FromColumns(matrix, deviation);
        NearestRotation nearest = NearestRotation.To(matrix);
        return nearest.Margin > 0
            ? nearest.Rotation
            : throw new ArgumentException("No single rotation is nearest to this matrix: it has rank below 2, or is a reflection whose two smaller singular values are equal.", nameof(matrix));
    }

    /// <summary>Why a matrix that deviates too far is no rotation.</summary>
    internal static string RefusalOf(in Matrix3d r)
    {
        double deviation = r.DeviationFromOrthogonal();
        return deviation < AcceptedDeviation
            ? string.Create(CultureInfo.InvariantCulture, $"Not a rotation but a reflection: determinant {r.Determinant:G3}, expected 1.")
            : string.Create(CultureInfo.InvariantCulture, $"Not a rotation: RᵀR differs from the identity by {deviation:G3}, expected less than 0.001.");
    }

    /// <summary>Whether <see cref="FromMatrix"/> takes the matrix: |RᵀR − I| small in every element, determinant positive. NaN is refused.</summary>
    internal static bool IsAccepted(in Matrix3d r)
    {
        double xx = r.M00 * r.M00 + r.M10 * r.M10 + r.M20 * r.M20, xy = r.M00 * r.M01 + r.M10 * r.M11 + r.M20 * r.M21;
        double yy = r.M01 * r.M01 + r.M11 * r.M11 + r.M21 * r.M21, xz = r.M00 * r.M02 + r.M10 * r.M12 + r.M20 * r.M22;
        double zz = r.M02 * r.M02 + r.M12 * r.M12 + r.M22 * r.M22, yz = r.M01 * r.M02 + r.M11 * r.M12 + r.M21 * r.M22;
        return Math.Abs(xx - 1) < AcceptedDeviation && Math.Abs(yy - 1) < AcceptedDeviation && Math.Abs(zz - 1) < AcceptedDeviation
            && Math.Abs(xy) < AcceptedDeviation && Math.Abs(xz) < AcceptedDeviation && Math.Abs(yz) < AcceptedDeviation
            && r.Determinant > 0;
    }

    /// <summary>The quaternion out of the largest column of K + I, K Davenport's matrix of M, refined as far as the deviation asks for.</summary>
    /// <remarks>
    /// K + I of an exact rotation is 4·q·qᵀ: every column is the quaternion, the one with the largest diagonal the most exactly
    /// (the "largest component" rule). That column is one step of power iteration; M's deviation e leaves an error of order e in it, and
    /// every further step multiplies the error by less than e, because the other three eigenvalues of K + I are of order e. Ours.
    /// </remarks>
    private static SO3 FromColumns(in Matrix3d m, double deviation)
    {
        double ww = 1 + m.M00 + m.M11 + m.M22, xx = 1 + m.M00 - m.M11 - m.M22, yy = 1 - m.M00 + m.M11 - m.M22, zz = 1 - m.M00 - m.M11 + m.M22;
        double wx = m.M21 - m.M12, wy = m.M02 - m.M20, wz = m.M10 - m.M01;
        double xy = m.M01 + m.M10, xz = m.M02 + m.M20, yz = m.M12 + m.M21;

        // Chosen by masks: four branches that random rotations take at random would cost more than all the arithmetic.
        Vector256<double> column = Vector256.Create(wz, xz, yz, zz), largest = Vector256.Create(zz);
        column = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256.Create(yy), largest), Vector256.Create(wy, xy, yy, yz), column);
        largest = Vector256.Max(largest, Vector256.Create(yy));
        column = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256.Create(xx), largest), Vector256.Create(wx, xx, xy, xz), column);
        largest = Vector256.Max(largest, Vector256.Create(xx));
        column = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256.Create(ww), largest), Vector256.Create(ww, wx, wy, wz), column);
        if (deviation == 0)
        {
            column /= Math.Sqrt(Vector256.Dot(column, column));
            return new(column[0], column[1], column[2], column[3]);
        }

        (double w, double x, double y, double z) = (column[0], column[1], column[2], column[3]);
        for (double error = deviation; error > NegligibleError; error *= deviation)
        {
            (w, x, y, z) = (
                ww * w + wx * x + wy * y + wz * z,
                wx * w + xx * x + xy * y + xz * z,
                wy * w + xy * x + yy * y + yz * z,
                wz * w + xz * x + yz * y + zz * z);
        }

        return Normalised(w, x, y, z);
    }
}
