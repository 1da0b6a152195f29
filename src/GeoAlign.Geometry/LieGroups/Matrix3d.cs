using System.Numerics;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A 3×3 matrix of doubles acting on column vectors; <c>Mrc</c> is row r, column c. The default value is the zero matrix.</summary>
public readonly record struct Matrix3d(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22) :
    IMultiplyOperators<Matrix3d, Vector3d, Vector3d>,
    IMultiplyOperators<Matrix3d, Matrix3d, Matrix3d>
{
    /// <summary>The zero matrix.</summary>
    public static Matrix3d Zero => default;

    /// <summary>The identity matrix.</summary>
    public static Matrix3d Identity => new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Sum of the diagonal.</summary>
    public double Trace => M00 + M11 + M22;

    /// <summary>Determinant.</summary>
    public double Determinant =>
        M00 * (M11 * M22 - M12 * M21) - M01 * (M10 * M22 - M12 * M20) + M02 * (M10 * M21 - M11 * M20);

    /// <summary>Element at a row and a column, each 0, 1 or 2.</summary>
    public double this[int row, int column] => (row, column) switch
    {
        (0, 0) => M00, (0, 1) => M01, (0, 2) => M02,
        (1, 0) => M10, (1, 1) => M11, (1, 2) => M12,
        (2, 0) => M20, (2, 1) => M21, (2, 2) => M22,
        _ => throw new ArgumentOutOfRangeException(nameof(row), (row, column), "A 3×3 matrix has rows and columns 0, 1 and 2."),
    };

    /// <summary>Reads nine numbers in row-major order.</summary>
    public static Matrix3d FromRowMajor(ReadOnlySpan<double> values) => values.Length == 9
        ? new(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8])
        : throw new ArgumentException($"{values.Length} numbers, expected 9 (3×3, row-major).", nameof(values));

    /// <summary>The matrix with these columns.</summary>
    public static Matrix3d FromColumns(Vector3d a, Vector3d b, Vector3d c) => new(a.X, b.X, c.X, a.Y, b.Y, c.Y, a.Z, b.Z, c.Z);

    /// <summary>The matrix <c>[ω]×</c> with <c>[ω]× p = ω × p</c>.</summary>
    public static Matrix3d Hat(Vector3d omega) => new(0, -omega.Z, omega.Y, omega.Z, 0, -omega.X, -omega.Y, omega.X, 0);

    /// <summary>Inverse of <see cref="Hat"/> for the skew-symmetric part of the matrix: <c>½(M₂₁ − M₁₂, M₀₂ − M₂₀, M₁₀ − M₀₁)</c>.</summary>
    public Vector3d Vee() => new(0.5 * (M21 - M12), 0.5 * (M02 - M20), 0.5 * (M10 - M01));

    /// <summary>The outer product <c>a·bᵀ</c>.</summary>
    public static Matrix3d Outer(Vector3d a, Vector3d b) => new(
        a.X * b.X, a.X * b.Y, a.X * b.Z, a.Y * b.X, a.Y * b.Y, a.Y * b.Z, a.Z * b.X, a.Z * b.Y, a.Z * b.Z);

    /// <summary>Row 0, 1 or 2.</summary>
    public Vector3d Row(int row) => new(this[row, 0], this[row, 1], this[row, 2]);

    /// <summary>Column 0, 1 or 2.</summary>
    public Vector3d Column(int column) => new(this[0, column], this[1, column], this[2, column]);

    /// <summary>The transpose.</summary>
    public Matrix3d Transpose() => new(M00, M10, M20, M01, M11, M21, M02, M12, M22);

    /// <summary>Writes the nine elements in row-major order.</summary>
    public void CopyTo(Span<double> rowMajor)
    {
        if (rowMajor.Length < 9) throw new ArgumentException($"Room for {rowMajor.Length} numbers, expected 9.", nameof(rowMajor));
        (rowMajor[0], rowMajor[1], rowMajor[2]) = (M00, M01, M02);
        (rowMajor[3], rowMajor[4], rowMajor[5]) = (M10, M11, M12);
        (rowMajor[6], rowMajor[7], rowMajor[8]) = (M20, M21, M22);
    }

    /// <summary>Matrix product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Matrix3d operator *(Matrix3d a, Matrix3d b) => new(
        a.M00 * b.M00 + a.M01 * b.M10 + a.M02 * b.M20, a.M00 * b.M01 + a.M01 * b.M11 + a.M02 * b.M21, a.M00 * b.M02 + a.M01 * b.M12 + a.M02 * b.M22,
        a.M10 * b.M00 + a.M11 * b.M10 + a.M12 * b.M20, a.M10 * b.M01 + a.M11 * b.M11 + a.M12 * b.M21, a.M10 * b.M02 + a.M11 * b.M12 + a.M12 * b.M22,
        a.M20 * b.M00 + a.M21 * b.M10 + a.M22 * b.M20, a.M20 * b.M01 + a.M21 * b.M11 + a.M22 * b.M21, a.M20 * b.M02 + a.M21 * b.M12 + a.M22 * b.M22);

    /// <summary>Matrix times column vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3d operator *(Matrix3d a, Vector3d p) => new(
        a.M00 * p.X + a.M01 * p.Y + a.M02 * p.Z,
        a.M10 * p.X + a.M11 * p.Y + a.M12 * p.Z,
        a.M20 * p.X + a.M21 * p.Y + a.M22 * p.Z);

    /// <summary>Scaling.</summary>
    public static Matrix3d operator *(double s, Matrix3d a) => new(
        s * a.M00, s * a.M01, s * a.M02, s * a.M10, s * a.M11, s * a.M12, s * a.M20, s * a.M21, s * a.M22);

    /// <summary>Sum.</summary>
    public static Matrix3d operator +(Matrix3d a, Matrix3d b) => new(
        a.M00 + b.M00, a.M01 + b.M01, a.M02 + b.M02, a.M10 + b.M10, a.M11 + b.M11, a.M12 + b.M12, a.M20 + b.M20, a.M21 + b.M21, a.M22 + b.M22);

    /// <summary>Difference.</summary>
    public static Matrix3d operator -(Matrix3d a, Matrix3d b) => new(
        a.M00 - b.M00, a.M01 - b.M01, a.M02 - b.M02, a.M10 - b.M10, a.M11 - b.M11, a.M12 - b.M12, a.M20 - b.M20, a.M21 - b.M21, a.M22 - b.M22);

    /// <summary>Negation.</summary>
    public static Matrix3d operator -(Matrix3d a) => new(-a.M00, -a.M01, -a.M02, -a.M10, -a.M11, -a.M12, -a.M20, -a.M21, -a.M22);

    /// <summary>a·I + b·[ω]× + c·[ω]×²: the form of every function of [ω]×, because [ω]×³ = −θ²·[ω]×.</summary>
    internal static Matrix3d InHat(double a, double b, double c, Vector3d omega)
    {
        double xx = omega.X * omega.X, yy = omega.Y * omega.Y, zz = omega.Z * omega.Z;
        double xy = c * omega.X * omega.Y, xz = c * omega.X * omega.Z, yz = c * omega.Y * omega.Z;
        double x = b * omega.X, y = b * omega.Y, z = b * omega.Z;
        return new(
            a - c * (yy + zz), xy - z, xz + y,
            xy + z, a - c * (xx + zz), yz - x,
            xz - y, yz + x, a - c * (xx + yy));
    }

    /// <summary>(a·I + b·[ω]× + c·[ω]×²)·v, without the matrix: a·v + b·n + c·ω × n, n = ω × v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector3d InHat(double a, double b, double c, Vector3d omega, Vector3d v)
    {
        double x = omega.Y * v.Z - omega.Z * v.Y, y = omega.Z * v.X - omega.X * v.Z, z = omega.X * v.Y - omega.Y * v.X;
        return new(
            a * v.X + (b * x + c * (omega.Y * z - omega.Z * y)),
            a * v.Y + (b * y + c * (omega.Z * x - omega.X * z)),
            a * v.Z + (b * z + c * (omega.X * y - omega.Y * x)));
    }

    /// <summary>The matrix times 2^exponent, without rounding (short of underflow).</summary>
    internal Matrix3d ScaledByPowerOfTwo(int exponent) => new(
        Math.ScaleB(M00, exponent), Math.ScaleB(M01, exponent), Math.ScaleB(M02, exponent),
        Math.ScaleB(M10, exponent), Math.ScaleB(M11, exponent), Math.ScaleB(M12, exponent),
        Math.ScaleB(M20, exponent), Math.ScaleB(M21, exponent), Math.ScaleB(M22, exponent));

    /// <summary>Largest |MᵀM − I|, element by element; NaN when an element is.</summary>
    internal double DeviationFromOrthogonal()
    {
        double xx = M00 * M00 + M10 * M10 + M20 * M20, yy = M01 * M01 + M11 * M11 + M21 * M21, zz = M02 * M02 + M12 * M12 + M22 * M22;
        double xy = M00 * M01 + M10 * M11 + M20 * M21, xz = M00 * M02 + M10 * M12 + M20 * M22, yz = M01 * M02 + M11 * M12 + M21 * M22;
        double diagonal = Math.Max(Math.Max(Math.Abs(xx - 1), Math.Abs(yy - 1)), Math.Abs(zz - 1));
        double rest = Math.Max(Math.Max(Math.Abs(xy), Math.Abs(xz)), Math.Abs(yz));
        return Math.Max(diagonal, rest);
    }

    /// <summary>Largest absolute element; NaN when an element is.</summary>
    internal double LargestMagnitude() => Math.Max(
        Math.Max(Math.Max(Math.Max(Math.Abs(M00), Math.Abs(M01)), Math.Max(Math.Abs(M02), Math.Abs(M10))), Math.Max(Math.Abs(M11), Math.Abs(M12))),
        Math.Max(Math.Max(Math.Abs(M20), Math.Abs(M21)), Math.Abs(M22)));
}
