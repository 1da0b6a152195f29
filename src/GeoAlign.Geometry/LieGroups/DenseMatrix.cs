namespace GeoAlign.Geometry;

/// <summary>Row-major n×n matrices in spans: what <see cref="Matrix6d"/> and <see cref="Matrix7d"/> share.</summary>
internal static class DenseMatrix
{
    public static void SetBlock(Span<double> matrix, int size, int row, int column, in Matrix3d block)
    {
        Span<double> at = matrix.Slice(row * size + column, 2 * size + 3);
        (at[0], at[1], at[2]) = (block.M00, block.M01, block.M02);
        (at[size], at[size + 1], at[size + 2]) = (block.M10, block.M11, block.M12);
        (at[2 * size], at[2 * size + 1], at[2 * size + 2]) = (block.M20, block.M21, block.M22);
    }

    public static Matrix3d Block(ReadOnlySpan<double> matrix, int size, int row, int column)
    {
        ReadOnlySpan<double> at = matrix.Slice(row * size + column, 2 * size + 3);
        return new(at[0], at[1], at[2], at[size], at[size + 1], at[size + 2], at[2 * size], at[2 * size + 1], at[2 * size + 2]);
    }

    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product, int size)
    {
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = 0;
                for (int k = 0; k < size; k++) sum += a[row * size + k] * b[k * size + column];
                product[row * size + column] = sum;
            }
        }
    }

    public static void Transpose(ReadOnlySpan<double> matrix, Span<double> transpose, int size)
    {
        for (int row = 0; row < size; row++)
            for (int column = 0; column < size; column++)
                transpose[column * size + row] = matrix[row * size + column];
    }

    public static int HashCodeOf(ReadOnlySpan<double> elements)
    {
        HashCode hash = default;
        foreach (double element in elements) hash.Add(element);
        return hash.ToHashCode();
    }
}
