using System.Numerics;
using System.Runtime.CompilerServices;

namespace GeoAlign.Geometry;

/// <summary>A 7×7 matrix of doubles acting on tangents of Sim(3), coordinates (ρ, ω, σ). The default value is the zero matrix.</summary>
public readonly struct Matrix7d :
    IEquatable<Matrix7d>,
    IMultiplyOperators<Matrix7d, Sim3Tangent, Sim3Tangent>,
    IMultiplyOperators<Matrix7d, Matrix7d, Matrix7d>
{
    private const int Size = 7;

    private readonly Elements _elements;

    private Matrix7d(in Elements elements) => _elements = elements;

    /// <summary>The identity matrix.</summary>
    public static Matrix7d Identity => FromBlocks(Matrix3d.Identity, Matrix3d.Zero, Vector3d.Zero, Matrix3d.Identity, 1);

    /// <summary>Element at a row and a column, each 0 … 6.</summary>
    public double this[int row, int column] => (uint)row < Size && (uint)column < Size
        ? _elements[row * Size + column]
        : throw new ArgumentOutOfRangeException(nameof(row), (row, column), "A 7×7 matrix has rows and columns 0 … 6.");

    /// <summary>Reads 49 numbers in row-major order.</summary>
    public static Matrix7d FromRowMajor(ReadOnlySpan<double> values)
    {
        if (values.Length != Size * Size) throw new ArgumentException($"{values.Length} numbers, expected 49 (7×7, row-major).", nameof(values));
        Elements e = default;
        values.CopyTo(e);
        return new(e);
    }

    /// <summary>From the blocks that Sim(3)'s adjoint, Jacobians and their inverses have: <c>[[A, B, c], [0, D, 0], [0, 0, e]]</c> in (ρ, ω, σ).</summary>
    internal static Matrix7d FromBlocks(in Matrix3d rhoRho, in Matrix3d rhoOmega, Vector3d rhoSigma, in Matrix3d omegaOmega, double sigmaSigma)
    {
        Elements e = default;
        DenseMatrix.SetBlock(e, Size, 0, 0, rhoRho);
        DenseMatrix.SetBlock(e, Size, 0, 3, rhoOmega);
        DenseMatrix.SetBlock(e, Size, 3, 3, omegaOmega);
        (e[6], e[Size + 6], e[2 * Size + 6]) = (rhoSigma.X, rhoSigma.Y, rhoSigma.Z);
        e[6 * Size + 6] = sigmaSigma;
        return new(e);
    }

    /// <summary>The 3×3 block whose first element is at a row and a column, each 0 … 4.</summary>
    public Matrix3d Block(int row, int column) => (uint)row <= Size - 3 && (uint)column <= Size - 3
        ? DenseMatrix.Block(_elements, Size, row, column)
        : throw new ArgumentOutOfRangeException(nameof(row), (row, column), "A 3×3 block of a 7×7 matrix starts at rows and columns 0 … 4.");

    /// <summary>The transpose.</summary>
    public Matrix7d Transpose()
    {
        Elements e = default;
        DenseMatrix.Transpose(_elements, e, Size);
        return new(e);
    }

    /// <summary>Writes the 49 elements in row-major order.</summary>
    public void CopyTo(Span<double> rowMajor)
    {
        if (rowMajor.Length < Size * Size) throw new ArgumentException($"Room for {rowMajor.Length} numbers, expected 49.", nameof(rowMajor));
        ((ReadOnlySpan<double>)_elements).CopyTo(rowMajor);
    }

    /// <summary>Matrix product.</summary>
    public static Matrix7d operator *(Matrix7d a, Matrix7d b)
    {
        Elements e = default;
        DenseMatrix.Multiply(a._elements, b._elements, e, Size);
        return new(e);
    }

    /// <summary>Matrix times tangent.</summary>
    public static Sim3Tangent operator *(Matrix7d a, Sim3Tangent zeta)
    {
        Vector3d rhoSigma = new(a[0, 6], a[1, 6], a[2, 6]), omegaSigma = new(a[3, 6], a[4, 6], a[5, 6]);
        Vector3d sigmaRho = new(a[6, 0], a[6, 1], a[6, 2]), sigmaOmega = new(a[6, 3], a[6, 4], a[6, 5]);
        return new(
            a.Block(0, 0) * zeta.Rho + a.Block(0, 3) * zeta.Omega + zeta.Sigma * rhoSigma,
            a.Block(3, 0) * zeta.Rho + a.Block(3, 3) * zeta.Omega + zeta.Sigma * omegaSigma,
            Vector3d.Dot(sigmaRho, zeta.Rho) + Vector3d.Dot(sigmaOmega, zeta.Omega) + a[6, 6] * zeta.Sigma);
    }

    /// <summary>Number-for-number equality.</summary>
    public bool Equals(Matrix7d other) => ((ReadOnlySpan<double>)_elements).SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Matrix7d other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => DenseMatrix.HashCodeOf(_elements);

    /// <summary>Number-for-number equality.</summary>
    public static bool operator ==(Matrix7d a, Matrix7d b) => a.Equals(b);

    /// <summary>Negation of ==.</summary>
    public static bool operator !=(Matrix7d a, Matrix7d b) => !a.Equals(b);

    [InlineArray(Size * Size)]
    private struct Elements
    {
        private double _first;
    }
}
