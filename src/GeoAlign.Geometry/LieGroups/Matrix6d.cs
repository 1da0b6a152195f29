using System.Numerics;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A 6×6 matrix of doubles acting on tangents of SE(3), coordinates (ρ, ω). The default value is the zero matrix.</summary>
public readonly struct Matrix6d :
    IEquatable<Matrix6d>,
    IMultiplyOperators<Matrix6d, SE3Tangent, SE3Tangent>,
    IMultiplyOperators<Matrix6d, Matrix6d, Matrix6d>
{
    private const int Size = 6;

    private readonly Elements _elements;

    private Matrix6d(in Elements elements) => _elements = elements;

    /// <summary>The identity matrix.</summary>
    public static Matrix6d Identity => FromBlocks(Matrix3d.Identity, Matrix3d.Zero, Matrix3d.Zero, Matrix3d.Identity);

    /// <summary>Element at a row and a column, each 0 … 5.</summary>
    public double this[int row, int column] => (uint)row < Size && (uint)column < Size
        ? _elements[row * Size + column]
        : throw new ArgumentOutOfRangeException(nameof(row), (row, column), "A 6×6 matrix has rows and columns 0 … 5.");

    /// <summary>Reads 36 numbers in row-major order.</summary>
    public static Matrix6d FromRowMajor(ReadOnlySpan<double> values)
    {
        if (values.Length != Size * Size) throw new ArgumentException($"{values.Length} numbers, expected 36 (6×6, row-major).", nameof(values));
        Elements e = default;
        values.CopyTo(e);
        return new(e);
    }

    /// <summary>From its four 3×3 blocks.</summary>
    public static Matrix6d FromBlocks(in Matrix3d topLeft, in Matrix3d topRight, in Matrix3d bottomLeft, in Matrix3d bottomRight)
    {
        Elements e = default;
        DenseMatrix.SetBlock(e, Size, 0, 0, topLeft);
        DenseMatrix.SetBlock(e, Size, 0, 3, topRight);
        DenseMatrix.SetBlock(e, Size, 3, 0, bottomLeft);
        DenseMatrix.SetBlock(e, Size, 3, 3, bottomRight);
        return new(e);
    }

    /// <summary>The 3×3 block whose first element is at a row and a column, each 0 … 3.</summary>
    public Matrix3d Block(int row, int column) => (uint)row <= Size - 3 && (uint)column <= Size - 3
        ? DenseMatrix.Block(_elements, Size, row, column)
        : throw new ArgumentOutOfRangeException(nameof(row), (row, column), "A 3×3 block of a 6×6 matrix starts at rows and columns 0 … 3.");

    /// <summary>The transpose.</summary>
    public Matrix6d Transpose()
    {
        Elements e = default;
        DenseMatrix.Transpose(_elements, e, Size);
        return new(e);
    }

    /// <summary>Writes the 36 elements in row-major order.</summary>
    public void CopyTo(Span<double> rowMajor)
    {
        if (rowMajor.Length < Size * Size) throw new ArgumentException($"Room for {rowMajor.Length} numbers, expected 36.", nameof(rowMajor));
        ((ReadOnlySpan<double>)_elements).CopyTo(rowMajor);
    }

    /// <summary>Matrix product.</summary>
    public static Matrix6d operator *(Matrix6d a, Matrix6d b)
    {
        Elements e = default;
        DenseMatrix.Multiply(a._elements, b._elements, e, Size);
        return new(e);
    }

    /// <summary>Matrix times tangent.</summary>
    public static SE3Tangent operator *(Matrix6d a, SE3Tangent xi) => new(
        a.Block(0, 0) * xi.Rho + a.Block(0, 3) * xi.Omega,
        a.Block(3, 0) * xi.Rho + a.Block(3, 3) * xi.Omega);

    /// <summary>Number-for-number equality.</summary>
    public bool Equals(Matrix6d other) => ((ReadOnlySpan<double>)_elements).SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Matrix6d other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => DenseMatrix.HashCodeOf(_elements);

    /// <summary>Number-for-number equality.</summary>
    public static bool operator ==(Matrix6d a, Matrix6d b) => a.Equals(b);

    /// <summary>Negation of ==.</summary>
    public static bool operator !=(Matrix6d a, Matrix6d b) => !a.Equals(b);

    [InlineArray(Size * Size)]
    private struct Elements
    {
        private double _first;
    }
}
