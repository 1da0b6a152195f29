namespace GeoAlign.Geometry;

/// <summary>The 4×4 matrices <c>[[M, v], [0, 0]]</c>, row-major, that make up the Lie algebras of SE(3) and Sim(3).</summary>
internal static class AlgebraMatrix
{
    private const int Size = 4;

    public static void Write(in Matrix3d block, Vector3d lastColumn, Span<double> matrix)
    {
        if (matrix.Length < Size * Size) throw new ArgumentException($"Room for {matrix.Length} numbers, expected 16 (4×4, row-major).", nameof(matrix));
        matrix[..(Size * Size)].Clear();
        DenseMatrix.SetBlock(matrix, Size, 0, 0, block);
        (matrix[3], matrix[7], matrix[11]) = (lastColumn.X, lastColumn.Y, lastColumn.Z);
    }

    public static Matrix3d Block(ReadOnlySpan<double> matrix) => DenseMatrix.Block(Checked(matrix), Size, 0, 0);

    public static Vector3d LastColumn(ReadOnlySpan<double> matrix) => new(Checked(matrix)[3], matrix[7], matrix[11]);

    private static ReadOnlySpan<double> Checked(ReadOnlySpan<double> matrix) => matrix.Length == Size * Size
        ? matrix
        : throw new ArgumentException($"{matrix.Length} numbers, expected 16 (4×4, row-major).", nameof(matrix));
}
