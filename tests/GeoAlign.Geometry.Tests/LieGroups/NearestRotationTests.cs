using GeoAlign.Geometry;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Matrices that are not quite rotations.</summary>
public class NearestRotationTests
{
    private static readonly FixtureTensors Hard = GoldenGroups.Load("so3_log_hard");

    [Fact]
    public void Log_of_a_noisy_matrix_is_that_of_the_nearest_rotation()
    {
        for (int i = 0; i < Hard["matrix"].Shape[0]; i++)
        {
            Vector3d expected = Hard["log"].Vector(i);

            GoldenGroups.LogNear(expected, SO3.Nearest(Hard["matrix"].Matrix(i)).Log(), $"Nearest, log[{i}]");
            GoldenGroups.LogNear(expected, SO3.FromNoisyMatrix(Hard["matrix"].Matrix(i)).Log(), $"FromNoisyMatrix, log[{i}]");
        }
    }

    [Fact]
    public void Quaternion_of_a_noisy_matrix_is_that_of_the_nearest_rotation()
    {
        for (int i = 0; i < Hard["matrix"].Shape[0]; i++)
        {
            ReadOnlySpan<double> q = Hard["quat_wxyz"].Row(i);
            SO3 r = SO3.Nearest(Hard["matrix"].Matrix(i));
            double sign = Math.Sign(r.W * q[0] + r.X * q[1] + r.Y * q[2] + r.Z * q[3]);          // at a half turn w is 0 and the sign free

            GoldenGroups.MatrixNear(q, [sign * r.W, sign * r.X, sign * r.Y, sign * r.Z], $"quat_wxyz[{i}]");
        }
    }

    [Fact]
    public void Far_matrix_gives_the_polar_factor() => ForAll.Seeds(200, rng =>
    {
        SO3 r = rng.NextRotation();
        Matrix3d noisy = r.ToMatrix() * rng.NextPositiveDefinite(0.05, 20);

        NearestRotation nearest = NearestRotation.To(noisy);

        Assert.True(SO3.GeodesicDistance(r, nearest.Rotation) <= 1e-14 / nearest.Margin, $"{nearest}, expected {r}");
    });

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 0.5, 0.01)]
    [InlineData(1, 1, 1e-6)]
    [InlineData(1, 0.01, 0.01)]
    [InlineData(1, 1e-3, 1e-4)]
    [InlineData(1, 1e-5, 1e-5)]
    public void Nearest_rotation_is_exact_to_rounding_however_ill_determined(double first, double second, double third) => ForAll.Seeds(100, rng =>
    {
        Matrix3d directions = rng.NextRotation().ToMatrix();
        Matrix3d sizes = new(first, 0, 0, 0, second, 0, 0, 0, third);
        Matrix3d matrix = PolarFactor.OnGrid(rng.NextRotation().ToMatrix() * (directions * sizes * directions.Transpose()));

        GoldenGroups.MatrixNear(PolarFactor.Of(matrix), SO3.Nearest(matrix).ToMatrix().RowMajor(), $"polar factor of {matrix}");
        GoldenGroups.MatrixNear(PolarFactor.Of(matrix), NearestRotation.To(matrix).Rotation.ToMatrix().RowMajor(), $"polar factor of {matrix}");
    });

    [Fact]
    public void Almost_rotation_gives_the_polar_factor_whatever_its_deviation() => ForAll.Seeds(200, rng =>
    {
        SO3 r = rng.NextRotation();
        double size = rng.NextLogUniform(1e-12, 0.3);
        Matrix3d noisy = r.ToMatrix() * rng.NextPositiveDefinite(1 - size, 1 + size);

        Assert.True(SO3.GeodesicDistance(r, SO3.Nearest(noisy)) <= 2e-15, $"deviation {size:G3}");
    });

    [Fact]
    public void Reflection_is_turned_into_the_nearest_proper_rotation()
    {
        // diag(3, 2, −1) has the SVD U = I, V = diag(1, 1, −1): U·diag(1, 1, det)·Vᵀ = I.
        NearestRotation nearest = NearestRotation.To(new Matrix3d(3, 0, 0, 0, 2, 0, 0, 0, -1));

        Assert.True(SO3.GeodesicDistance(SO3.Identity, nearest.Rotation) < 1e-15);
        Near.Equal([3, 2, -1, 1 / 3.0], [nearest.Sigma1, nearest.Sigma2, nearest.Sigma3, nearest.Margin], 1e-15, 0, "singular values, margin");
    }

    [Fact]
    public void Size_of_the_matrix_does_not_matter() => ForAll.Seeds(100, rng =>
    {
        Matrix3d m = rng.NextMatrix();
        double factor = rng.NextLogUniform(1e-290, 1e290);

        NearestRotation nearest = NearestRotation.To(m), scaled = NearestRotation.To(factor * m);

        Assert.True(SO3.GeodesicDistance(nearest.Rotation, scaled.Rotation) <= 1e-14 / nearest.Margin, $"factor {factor:G3}, {nearest}, {scaled}");
        Near.Equal([factor * nearest.Sigma1, factor * nearest.Sigma2, factor * nearest.Sigma3], [scaled.Sigma1, scaled.Sigma2, scaled.Sigma3], 1e-14 * factor, 0, "singular values");
    });

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(1, 1, -1)]
    public void Matrix_without_a_single_nearest_rotation_is_refused_or_reported(double a, double b, double c)
    {
        Matrix3d matrix = new(a, 0, 0, 0, b, 0, 0, 0, c);

        Assert.Equal(0, NearestRotation.To(matrix).Margin);
        Assert.Throws<ArgumentException>(() => SO3.Nearest(matrix));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Matrix_that_is_not_finite_is_refused(double bad)
    {
        Assert.Throws<ArgumentException>(() => SO3.Nearest(new Matrix3d(1, 0, 0, 0, bad, 0, 0, 0, 1)));
        Assert.Throws<ArgumentException>(() => NearestRotation.To(new Matrix3d(1, 0, 0, 0, bad, 0, 0, 0, 1)));
        Assert.Throws<ArgumentException>(() => SO3.FromMatrix(new Matrix3d(1, 0, bad, 0, 1, 0, 0, 0, 1)));
    }

    [Fact]
    public void Singular_values_are_those_the_matrix_was_made_of() => ForAll.Seeds(200, rng =>
    {
        double[] sizes = [rng.NextLogUniform(1e-8, 1), rng.NextLogUniform(1e-8, 1), rng.NextLogUniform(1e-8, 1)];
        double sign = rng.Next(2) == 0 ? 1 : -1;
        Matrix3d m = rng.NextRotation().ToMatrix() * new Matrix3d(sizes[0], 0, 0, 0, sizes[1], 0, 0, 0, sign * sizes[2]) * rng.NextRotation().ToMatrix();
        Array.Sort(sizes);

        NearestRotation nearest = NearestRotation.To(m);

        Near.Equal([sizes[2], sizes[1], sign * sizes[0]], [nearest.Sigma1, nearest.Sigma2, nearest.Sigma3], 4e-15 * sizes[2], 0, "σ");
    });

    [Fact]
    public void Matrix_read_by_columns_is_as_far_from_the_nearest_rotation_as_it_is_noisy()
    {
        Matrix3d noisy = new(1, 1e-6, 0, 0, 1, 0, 0, 0, 1 + 1e-6);

        Assert.InRange(SO3.GeodesicDistance(SO3.FromMatrix(noisy), SO3.FromNoisyMatrix(noisy)), 1e-14, 1e-6);
        Near.Equal([0, 0, -0.5e-6], [SO3.FromNoisyMatrix(noisy).Log().X, SO3.FromNoisyMatrix(noisy).Log().Y, SO3.FromNoisyMatrix(noisy).Log().Z], 1e-12, 0, "log of the nearest rotation");
    }

    [Fact]
    public void Reader_accepts_a_deviation_below_a_thousandth_and_no_more()
    {
        Assert.True(SO3.FromMatrix(new Matrix3d(1, 0.00099, 0, 0, 1, 0, 0, 0, 1)).W > 0.999);
        Assert.True(SO3.FromNoisyMatrix(new Matrix3d(1, 0.00099, 0, 0, 1, 0, 0, 0, 1)).W > 0.999);
        Assert.Throws<ArgumentException>(() => SO3.FromNoisyMatrix(new Matrix3d(1, 0.00101, 0, 0, 1, 0, 0, 0, 1)));
        Assert.Throws<ArgumentException>(() => SO3.FromMatrix(new Matrix3d(1, 0.00101, 0, 0, 1, 0, 0, 0, 1)));
        Assert.Throws<ArgumentException>(() => SO3.FromMatrix(new Matrix3d(1.0006, 0, 0, 0, 1, 0, 0, 0, 1)));
    }

    [Fact]
    public void Reader_refuses_a_reflection()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => SO3.FromMatrix(new Matrix3d(1, 0, 0, 0, 1, 0, 0, 0, -1)));

        Assert.Contains("reflection", refusal.Message, StringComparison.Ordinal);
    }
}
