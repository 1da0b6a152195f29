namespace GeoAlign.Miniature.Tests;

public class Cholesky6Tests
{
    [Fact]
    public void Solutions_satisfy_their_equations() => ForAll.Seeds(100, rng =>
    {
        double[] a = PositiveDefinite(rng), b = [.. Enumerable.Range(0, 6).Select(_ => rng.NextDouble() - 0.5)], x = new double[6], inverse = new double[36];

        Assert.True(Cholesky6.TrySolve(a, b, x));
        Cholesky6.Invert(a, inverse);

        for (int i = 0; i < 6; i++)
        {
            double left = 0, byInverse = 0;
            for (int j = 0; j < 6; j++)
            {
                left += a[6 * i + j] * x[j];
                byInverse += inverse[6 * i + j] * b[j];
            }

            Assert.Equal(b[i], left, 1e-12);
            Assert.Equal(x[i], byInverse, 1e-10);
        }
    });

    [Fact]
    public void Matrices_that_are_not_positive_definite_are_refused()
    {
        double[] singular = new double[36], notANumber = PositiveDefinite(new Random(1));
        notANumber[21] = double.NaN;

        Assert.False(Cholesky6.TrySolve(singular, new double[6], new double[6]));
        Assert.False(Cholesky6.TrySolve(notANumber, new double[6], new double[6]));
        Assert.Throws<ArgumentException>(() => Cholesky6.Invert(singular, new double[36]));
    }

    private static double[] PositiveDefinite(Random rng)
    {
        double[] factor = [.. Enumerable.Range(0, 36).Select(_ => rng.NextDouble() - 0.5)], a = new double[36];
        for (int i = 0; i < 6; i++)
        {
            a[7 * i] = 0.1;
            for (int j = 0; j < 6; j++)
            {
                for (int k = 0; k < 6; k++) a[6 * i + j] += factor[6 * i + k] * factor[6 * j + k];
            }
        }

        return a;
    }
}
