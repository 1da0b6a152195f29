namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Averages of rotations.</summary>
public class RotationMeanTests
{
    private const double MeanTolerance = 1e-13;

    private static readonly FixtureTensors Golden = GoldenGroups.Load("mean");

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Three_means_of_weighted_rotations(int index)
    {
        SO3[] rotations = Golden[$"case{index}.R"].Rotations();
        double[] weights = Golden[$"case{index}.w"].Values;

        GoldenGroups.MatrixNear(Golden[$"case{index}.karcher"].Values, RotationMean.Karcher(rotations, weights).ToMatrix().RowMajor(), "Karcher", MeanTolerance);
        GoldenGroups.MatrixNear(Golden[$"case{index}.chordal"].Values, RotationMean.Chordal(rotations, weights).ToMatrix().RowMajor(), "chordal", MeanTolerance);
        GoldenGroups.MatrixNear(Golden[$"case{index}.quat_markley"].Values, RotationMean.QuaternionEigenvector(rotations, weights).ToMatrix().RowMajor(), "quaternion", MeanTolerance);
    }

    [Fact]
    public void Means_move_with_the_rotations() => ForAll.Seeds(50, rng =>
    {
        SO3 centre = rng.NextRotation(), left = rng.NextRotation(), right = rng.NextRotation();
        SO3[] rotations = new SO3[5], moved = new SO3[5];
        for (int i = 0; i < rotations.Length; i++)
        {
            rotations[i] = centre * SO3.Exp(rng.NextRotationVector(0, 0.7));
            moved[i] = left * rotations[i] * right;
        }

        Assert.True(SO3.GeodesicDistance(left * RotationMean.Karcher(rotations) * right, RotationMean.Karcher(moved)) < MeanTolerance);
        Assert.True(SO3.GeodesicDistance(left * RotationMean.Chordal(rotations) * right, RotationMean.Chordal(moved)) < MeanTolerance);
        Assert.True(SO3.GeodesicDistance(RotationMean.QuaternionEigenvector(moved), RotationMean.Chordal(moved)) < MeanTolerance);
    });

    [Fact]
    public void Karcher_mean_has_no_first_moment() => ForAll.Seeds(50, rng =>
    {
        SO3 centre = rng.NextRotation();
        SO3[] rotations = new SO3[7];
        for (int i = 0; i < rotations.Length; i++) rotations[i] = centre * SO3.Exp(rng.NextRotationVector(0, 1.4));

        SO3 mean = RotationMean.Karcher(rotations);

        Vector3d moment = Vector3d.Zero;
        foreach (SO3 r in rotations) moment += (mean.Inverse() * r).Log();
        Assert.True(moment.Length < MeanTolerance, $"Σ Log(RᵀRᵢ) = {moment}");
    });

    [Fact]
    public void Mean_of_two_is_half_way() => ForAll.Seeds(50, rng =>
    {
        SO3 a = rng.NextRotation(), b = a * SO3.Exp(rng.NextRotationVector(0, 3));

        Assert.True(SO3.GeodesicDistance(SO3.Interpolate(a, b, 0.5), RotationMean.Karcher([a, b])) < MeanTolerance);
    });

    [Fact]
    public void Means_do_not_see_the_sign_of_quaternions()
    {
        SO3 a = SO3.Exp(new(0.3, 0, 0)), b = SO3.Exp(new(0.3, 0.4, 0));
        SO3 minusB = SO3.FromQuaternionWxyz(-b.W, -b.X, -b.Y, -b.Z);

        Assert.True(SO3.GeodesicDistance(RotationMean.QuaternionEigenvector([a, b]), RotationMean.QuaternionEigenvector([a, minusB])) < 1e-15);
        Assert.True(SO3.GeodesicDistance(RotationMean.Karcher([a, b]), RotationMean.Karcher([a, minusB])) < 1e-15);
    }

    [Fact]
    public void Opposite_rotations_have_no_chordal_mean()
    {
        SO3[] opposite = [SO3.Identity, SO3.FromQuaternionWxyz(0, 1, 0, 0), SO3.FromQuaternionWxyz(0, 0, 1, 0), SO3.FromQuaternionWxyz(0, 0, 0, 1)];

        Assert.Throws<ArgumentException>(() => RotationMean.Chordal(opposite));
        Assert.Throws<ArgumentException>(() => RotationMean.QuaternionEigenvector(opposite));
    }

    [Fact]
    public void Bad_weights_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RotationMean.Chordal([]));
        Assert.Throws<ArgumentException>(() => RotationMean.Chordal([SO3.Identity], [1, 1]));
        Assert.Throws<ArgumentException>(() => RotationMean.Karcher([SO3.Identity, SO3.Identity], [1, -1]));
        Assert.Throws<ArgumentException>(() => RotationMean.Karcher([SO3.Identity], [double.NaN]));
        Assert.Throws<ArgumentException>(() => RotationMean.QuaternionEigenvector([SO3.Identity], [0]));
    }
}
