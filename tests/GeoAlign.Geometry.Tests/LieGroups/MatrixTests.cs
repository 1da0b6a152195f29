namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>The matrices of the groups as plain matrices.</summary>
public class MatrixTests
{
    [Fact]
    public void Products_are_those_of_the_definition() => ForAll.Seeds(30, rng =>
    {
        (double[] a, double[] b) = (Numbers(rng, 36), Numbers(rng, 36));
        Near.Equal(Product(a, b, 6), (Matrix6d.FromRowMajor(a) * Matrix6d.FromRowMajor(b)).RowMajor(), 1e-14, 0, "6×6");

        (a, b) = (Numbers(rng, 49), Numbers(rng, 49));
        Near.Equal(Product(a, b, 7), (Matrix7d.FromRowMajor(a) * Matrix7d.FromRowMajor(b)).RowMajor(), 1e-14, 0, "7×7");

        (a, b) = (Numbers(rng, 9), Numbers(rng, 9));
        Near.Equal(Product(a, b, 3), (Matrix3d.FromRowMajor(a) * Matrix3d.FromRowMajor(b)).RowMajor(), 1e-14, 0, "3×3");
    });

    [Fact]
    public void Product_with_a_tangent_is_that_with_a_column() => ForAll.Seeds(30, rng =>
    {
        (double[] a, double[] x) = (Numbers(rng, 36), Numbers(rng, 6));
        double[] product = new double[6];
        (Matrix6d.FromRowMajor(a) * SE3Tangent.FromSpan(x)).CopyTo(product);
        for (int row = 0; row < 6; row++) Near.Equal([Dot(a.AsSpan(6 * row, 6), x)], [product[row]], 1e-14, 0, "6×6");

        (a, x) = (Numbers(rng, 49), Numbers(rng, 7));
        product = new double[7];
        (Matrix7d.FromRowMajor(a) * Sim3Tangent.FromSpan(x)).CopyTo(product);
        for (int row = 0; row < 7; row++) Near.Equal([Dot(a.AsSpan(7 * row, 7), x)], [product[row]], 1e-14, 0, "7×7");
    });

    [Fact]
    public void Elements_blocks_and_transposes_stand_where_they_are_said_to()
    {
        double[] six = [.. Enumerable.Range(0, 36).Select(i => (double)i)], seven = [.. Enumerable.Range(0, 49).Select(i => (double)i)];
        Matrix6d a = Matrix6d.FromRowMajor(six);
        Matrix7d b = Matrix7d.FromRowMajor(seven);

        Assert.Equal(15, a[2, 3]);
        Assert.Equal(20, a.Transpose()[2, 3]);
        Assert.Equal(new Matrix3d(9, 10, 11, 15, 16, 17, 21, 22, 23), a.Block(1, 3));
        Assert.Equal(17, b[2, 3]);
        Assert.Equal(23, b.Transpose()[2, 3]);
        Assert.Equal(new Matrix3d(10, 11, 12, 17, 18, 19, 24, 25, 26), b.Block(1, 3));
        Assert.Equal(a, Matrix6d.FromBlocks(a.Block(0, 0), a.Block(0, 3), a.Block(3, 0), a.Block(3, 3)));
        Assert.Equal(a, a * Matrix6d.Identity);
        Assert.Equal(b, Matrix7d.Identity * b);
        Assert.True(a != a.Transpose() && b != b.Transpose() && a == a.Transpose().Transpose() && b == b.Transpose().Transpose());
        Assert.Equal(a.GetHashCode(), a.Transpose().Transpose().GetHashCode());
    }

    [Fact]
    public void Hat_is_the_vector_product_and_Vee_its_inverse() => ForAll.Seeds(30, rng =>
    {
        Vector3d omega = rng.NextTranslation(), p = rng.NextTranslation();

        Assert.True((SO3.Hat(omega) * p - Vector3d.Cross(omega, p)).Length <= 1e-15 * omega.Length * p.Length);
        Assert.Equal(omega, SO3.Vee(SO3.Hat(omega)));
        Assert.Equal(omega, SO3.Vee(SO3.Hat(omega) + 3 * Matrix3d.Identity));
        Assert.Equal(Matrix3d.Outer(omega, p) * p, Vector3d.Dot(p, p) * omega, new Close(1e-14 * omega.Length * p.LengthSquared));
    });

    [Fact]
    public void Exp_is_the_matrix_exponential_of_Hat() => ForAll.Seeds(50, rng =>
    {
        Sim3Tangent zeta = new(rng.NextUnitVector(), rng.NextRotationVector(0, 3), rng.NextUniform(-1, 1));
        SE3Tangent xi = new(zeta.Rho, zeta.Omega);
        double[] hat = new double[16];

        SE3.Hat(xi, hat);
        Near.Equal(Exponential(hat), SE3.Exp(xi).RowMajor4x4(), 1e-13, 0, "SE(3)");
        Assert.Equal(xi, SE3.Vee(hat));

        Sim3.Hat(zeta, hat);
        Near.Equal(Exponential(hat), Sim3.Exp(zeta).RowMajor4x4(), 1e-13, 0, "Sim(3)");
        Assert.True((Sim3.Vee(hat) - zeta).Length < 1e-15);
    });

    [Fact]
    public void Wrong_sizes_and_indices_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Matrix6d.FromRowMajor(new double[35]));
        Assert.Throws<ArgumentException>(() => Matrix7d.FromRowMajor(new double[36]));
        Assert.Throws<ArgumentException>(() => Matrix6d.Identity.CopyTo(new double[35]));
        Assert.Throws<ArgumentException>(() => Matrix7d.Identity.CopyTo(new double[48]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix6d.Identity[6, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix7d.Identity[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix6d.Identity.Block(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix7d.Identity.Block(0, 5));
        Assert.Throws<ArgumentException>(() => SE3Tangent.FromSpan(new double[7]));
        Assert.Throws<ArgumentException>(() => Sim3Tangent.FromSpan(new double[6]));
        Assert.Throws<ArgumentException>(() => SE3Tangent.Zero.CopyTo(new double[5]));
        Assert.Throws<ArgumentException>(() => Sim3Tangent.Zero.CopyTo(new double[6]));
        Assert.Throws<ArgumentException>(() => SE3.Hat(SE3Tangent.Zero, new double[15]));
        Assert.Throws<ArgumentException>(() => Sim3.Vee(new double[12]));
        Assert.Throws<ArgumentException>(() => SE3.FromRowMajor3x4(new double[9]));
        Assert.Throws<ArgumentException>(() => Sim3.FromRowMajor3x4(new double[11]));
        Assert.Throws<ArgumentException>(() => Sim3.FromRowMajor3x4([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0]));
        Assert.Throws<ArgumentException>(() => Sim3.FromRowMajor3x4([1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0]));
    }

    private static double[] Numbers(Random rng, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) values[i] = rng.NextUniform(-1, 1);
        return values;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] Product(double[] a, double[] b, int size)
    {
        double[] product = new double[size * size];
        for (int row = 0; row < size; row++)
            for (int column = 0; column < size; column++)
                for (int k = 0; k < size; k++)
                    product[row * size + column] += a[row * size + k] * b[k * size + column];
        return product;
    }

    private static double[] Exponential(double[] matrix)
    {
        double[] sum = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], term = [.. sum];
        for (int k = 1; k < 60; k++)
        {
            term = Array.ConvertAll(Product(term, matrix, 4), v => v / k);
            for (int i = 0; i < 16; i++) sum[i] += term[i];
        }

        return sum;
    }

    private sealed class Close(double tolerance) : IEqualityComparer<Vector3d>
    {
        public bool Equals(Vector3d a, Vector3d b) => (a - b).Length <= tolerance;

        public int GetHashCode(Vector3d v) => 0;
    }
}
