using System.Numerics;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Bulk operations against the single ones, for every length of the last block.</summary>
public class BatchTests
{
    private const double Tolerance = 4e-15;
    private const double SingleTolerance = 1e-6;

    /// <summary>Lengths around whole blocks of four and eight, and the largest principal angle, π.</summary>
    public static TheoryData<int, double> Cases => new()
    {
        { 0, 3 }, { 1, 3 }, { 2, 1e-9 }, { 3, 3 }, { 4, 3 }, { 5, 1e-3 }, { 7, 3 }, { 8, 3 }, { 9, 3 }, { 33, Math.PI }, { 40, 9 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Rotations(int count, double largestAngle) => ForAll.Seeds(20, rng =>
    {
        (Vector3d[] omegas, Vector3d[] points) = (Many(count, () => rng.NextRotationVector(0, largestAngle)), Many(count, rng.NextTranslation));
        SO3[] a = Array.ConvertAll(omegas, SO3.Exp), b = Many(count, rng.NextRotation);
        SO3[] exp = new SO3[count], product = new SO3[count], read = new SO3[count];
        Vector3d[] log = new Vector3d[count], rotated = new Vector3d[count], rotatedByOne = new Vector3d[count];
        Matrix3d[] matrices = new Matrix3d[count];
        SO3 one = rng.NextRotation();

        SO3Batch.Exp(omegas, exp);
        SO3Batch.Log(a, log);
        SO3Batch.Compose(a, b, product);
        SO3Batch.Rotate(a, points, rotated);
        SO3Batch.Rotate(one, points, rotatedByOne);
        SO3Batch.ToMatrices(a, matrices);
        SO3Batch.FromMatrices(matrices, read);

        for (int i = 0; i < count; i++)
        {
            AssertNear(Numbers(a[i]), Numbers(exp[i]), Tolerance, "Exp");
            AssertNear(Numbers(a[i] * b[i]), Numbers(product[i]), Tolerance, "Compose");
            AssertNear(Numbers(a[i] * points[i]), Numbers(rotated[i]), Tolerance * points[i].Length, "Rotate");
            AssertNear(Numbers(one * points[i]), Numbers(rotatedByOne[i]), Tolerance * points[i].Length, "Rotate by one");
            AssertNear(a[i].ToMatrix().RowMajor(), matrices[i].RowMajor(), Tolerance, "ToMatrices");
            AssertNear(Numbers(SO3.FromMatrix(matrices[i])), Numbers(read[i]), Tolerance, "FromMatrices");
            AssertNear(Numbers(a[i].Log()), Numbers(log[i]), Tolerance, "Log");
        }
    });

    [Theory, MemberData(nameof(Cases))]
    public void Poses(int count, double largestAngle) => ForAll.Seeds(20, rng =>
    {
        SE3Tangent[] xis = Many(count, () => new SE3Tangent(rng.NextUnitVector(), rng.NextRotationVector(0, largestAngle)));
        SE3[] a = Array.ConvertAll(xis, SE3.Exp), b = Many(count, () => new SE3(rng.NextRotation(), rng.NextUnitVector()));
        Vector3d[] points = Many(count, rng.NextUnitVector), moved = new Vector3d[count], movedByOne = new Vector3d[count];
        SE3[] exp = new SE3[count], product = new SE3[count], inverse = new SE3[count], read = new SE3[count];
        SE3Tangent[] log = new SE3Tangent[count];
        double[] matrices = new double[12 * count];
        SE3 one = new(rng.NextRotation(), rng.NextUnitVector());

        SE3Batch.Exp(xis, exp);
        SE3Batch.Log(a, log);
        SE3Batch.Compose(a, b, product);
        SE3Batch.Inverse(a, inverse);
        SE3Batch.Transform(a, points, moved);
        SE3Batch.Transform(one, points, movedByOne);
        SE3Batch.ToRowMajor3x4(a, matrices);
        SE3Batch.FromRowMajor3x4(matrices, read);

        for (int i = 0; i < count; i++)
        {
            AssertNear(a[i].RowMajor4x4(), exp[i].RowMajor4x4(), Tolerance, "Exp");
            AssertNear((a[i] * b[i]).RowMajor4x4(), product[i].RowMajor4x4(), Tolerance, "Compose");
            AssertNear(a[i].Inverse().RowMajor4x4(), inverse[i].RowMajor4x4(), Tolerance, "Inverse");
            AssertNear(Numbers(a[i] * points[i]), Numbers(moved[i]), Tolerance, "Transform");
            AssertNear(Numbers(one * points[i]), Numbers(movedByOne[i]), Tolerance, "Transform by one");
            AssertNear(a[i].RowMajor4x4().AsSpan(0, 12), matrices.AsSpan(12 * i, 12), 0, "ToRowMajor3x4");
            AssertNear(a[i].RowMajor4x4(), read[i].RowMajor4x4(), Tolerance, "FromRowMajor3x4");
            AssertNear(Numbers(a[i].Log()), Numbers(log[i]), Tolerance, "Log");
        }
    });

    [Theory, MemberData(nameof(Cases))]
    public void Single_precision(int count, double largestAngle) => ForAll.Seeds(20, rng =>
    {
        Vector3[] omegas = Many(count, () => Single(rng.NextRotationVector(0, Math.Min(largestAngle, 3)))), points = Many(count, () => Single(rng.NextUnitVector()));
        SE3TangentSingle[] xis = Array.ConvertAll(omegas, omega => new SE3TangentSingle(Single(rng.NextUnitVector()), omega));
        SE3[] wide = Array.ConvertAll(xis, xi => SE3.Exp(Wide(xi))), others = Many(count, () => new SE3(rng.NextRotation(), rng.NextUnitVector()));
        SE3Single[] a = Array.ConvertAll(wide, SE3Single.FromSE3), b = Array.ConvertAll(others, SE3Single.FromSE3), exp = new SE3Single[count], product = new SE3Single[count], inverse = new SE3Single[count];
        Quaternion[] qa = Array.ConvertAll(a, p => p.Rotation), qb = Array.ConvertAll(b, p => p.Rotation), qExp = new Quaternion[count], qProduct = new Quaternion[count], read = new Quaternion[count];
        Vector3[] log = new Vector3[count], rotated = new Vector3[count], moved = new Vector3[count], movedByOne = new Vector3[count], rotatedByOne = new Vector3[count];
        SE3TangentSingle[] poseLog = new SE3TangentSingle[count];
        float[] matrices = new float[9 * count];
        SE3 one = new(rng.NextRotation(), rng.NextUnitVector());

        SO3Batch.Exp(omegas, qExp);
        SO3Batch.Log(qa, log);
        SO3Batch.Compose(qa, qb, qProduct);
        SO3Batch.Rotate(qa, points, rotated);
        SO3Batch.Rotate(one.Rotation, points, rotatedByOne);
        SO3Batch.ToMatrices(qa, matrices);
        SO3Batch.FromMatrices(matrices, read);
        SE3Batch.Exp(xis, exp);
        SE3Batch.Log(a, poseLog);
        SE3Batch.Compose(a, b, product);
        SE3Batch.Inverse(a, inverse);
        SE3Batch.Transform(a, points, moved);
        SE3Batch.Transform(one, points, movedByOne);

        for (int i = 0; i < count; i++)
        {
            Vector3d point = Wide(points[i]);
            AssertNear(Numbers(wide[i].Rotation), Numbers(qExp[i]), SingleTolerance, "Exp");
            AssertNear(Numbers(wide[i].Rotation.Log()), Numbers(Wide(log[i])), SingleTolerance, "Log");
            AssertNear(Numbers(wide[i].Rotation * others[i].Rotation), Numbers(qProduct[i]), SingleTolerance, "Compose");
            AssertNear(Numbers(wide[i].Rotation * point), Numbers(Wide(rotated[i])), SingleTolerance, "Rotate");
            AssertNear(Numbers(one.Rotation * point), Numbers(Wide(rotatedByOne[i])), SingleTolerance, "Rotate by one");
            AssertNear(wide[i].Rotation.ToMatrix().RowMajor(), Array.ConvertAll(matrices[(9 * i)..(9 * i + 9)], v => (double)v), SingleTolerance, "ToMatrices");
            AssertNear(wide[i].Rotation.ToMatrix().RowMajor(), new SE3Single(read[i], Vector3.Zero).ToSE3().Rotation.ToMatrix().RowMajor(), SingleTolerance, "FromMatrices");
            AssertNear(wide[i].RowMajor4x4(), exp[i].ToSE3().RowMajor4x4(), SingleTolerance, "SE3 Exp");
            AssertNear(Numbers(wide[i].Log()), Numbers(Wide(poseLog[i])), SingleTolerance, "SE3 Log");
            AssertNear((wide[i] * others[i]).RowMajor4x4(), product[i].ToSE3().RowMajor4x4(), SingleTolerance, "SE3 Compose");
            AssertNear(wide[i].Inverse().RowMajor4x4(), inverse[i].ToSE3().RowMajor4x4(), SingleTolerance, "SE3 Inverse");
            AssertNear(Numbers(wide[i] * point), Numbers(Wide(moved[i])), SingleTolerance, "Transform");
            AssertNear(Numbers(one * point), Numbers(Wide(movedByOne[i])), SingleTolerance, "Transform by one");
        }
    });

    [Fact]
    public void Result_does_not_depend_on_the_place_in_the_span() => ForAll.Seeds(20, rng =>
    {
        SE3Tangent[] xis = Many(23, () => new SE3Tangent(rng.NextUnitVector(), rng.NextRotationVector(0, 5)));
        SE3[] together = new SE3[23], apart = new SE3[23];
        SE3Tangent[] logTogether = new SE3Tangent[23], logApart = new SE3Tangent[23];

        SE3Batch.Exp(xis, together);
        SE3Batch.Log(together, logTogether);
        for (int i = 0; i < 23; i++)
        {
            SE3Batch.Exp(xis.AsSpan(i, 1), apart.AsSpan(i, 1));
            SE3Batch.Log(apart.AsSpan(i, 1), logApart.AsSpan(i, 1));
        }

        Assert.Equal(together, apart);
        Assert.Equal(logTogether, logApart);
    });

    [Fact]
    public void Destination_may_be_an_operand() => ForAll.Seeds(20, rng =>
    {
        SE3[] a = Many(11, rng.NextPose), b = Many(11, rng.NextPose), product = new SE3[11];
        Vector3d[] points = Many(11, rng.NextUnitVector), moved = new Vector3d[11];

        SE3Batch.Compose(a, b, product);
        SE3Batch.Transform(a, points, moved);
        SE3Batch.Transform(a, points, points);
        SE3Batch.Compose(a, b, b);
        Assert.Equal(product, b);
        Assert.Equal(moved, points);

        SE3Batch.Inverse(a, product);
        SE3Batch.Inverse(a, a);
        Assert.Equal(product, a);

        Vector3[] some = Many(11, () => Single(rng.NextUnitVector())), turned = new Vector3[11];
        SO3Batch.Rotate(a[0].Rotation, some, turned);
        SO3Batch.Rotate(a[0].Rotation, some, some);
        Assert.Equal(turned, some);
    });

    [Fact]
    public void Not_a_number_stays_in_its_element()
    {
        Vector3d[] omegas = [new(1, 0, 0), new(double.NaN, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        SO3[] rotations = new SO3[4];

        SO3Batch.Exp(omegas, rotations);

        Assert.True(double.IsNaN(rotations[1].W));
        Assert.True(SO3.GeodesicDistance(SO3.Exp(omegas[0]), rotations[0]) < 1e-15 && SO3.GeodesicDistance(SO3.Exp(omegas[2]), rotations[2]) < 1e-15);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SO3Batch.Exp(new Vector3d[3], new SO3[2]));
        Assert.Throws<ArgumentException>(() => SO3Batch.Compose(new SO3[3], new SO3[2], new SO3[3]));
        Assert.Throws<ArgumentException>(() => SE3Batch.Transform(new SE3[3], new Vector3d[3], new Vector3d[2]));
        Assert.Throws<ArgumentException>(() => SO3Batch.ToMatrices(new Quaternion[2], new float[17]));
        Assert.Throws<ArgumentException>(() => SO3Batch.FromMatrices(new float[10], new Quaternion[2]));
        Assert.Throws<ArgumentException>(() => SE3Batch.FromRowMajor3x4(new double[13], new SE3[2]));
        Assert.Throws<ArgumentException>(() => SE3Batch.ToRowMajor3x4(new SE3[2], new double[23]));
    }

    [Fact]
    public void Matrix_that_is_no_rotation_is_refused_by_its_index()
    {
        Matrix3d[] matrices = Many(7, () => Matrix3d.Identity);
        matrices[5] = new(1, 0, 0, 0, 1, 0, 0, 0, -1);
        float[] floats = new float[63];
        double[] poses = new double[84];
        for (int i = 0; i < 7; i++)
        {
            for (int k = 0; k < 9; k++) floats[9 * i + k] = (float)matrices[i][k / 3, k % 3];
            for (int k = 0; k < 9; k++) poses[12 * i + 4 * (k / 3) + k % 3] = matrices[i][k / 3, k % 3];
        }

        Assert.Contains("Matrix 5", Assert.Throws<ArgumentException>(() => SO3Batch.FromMatrices(matrices, new SO3[7])).Message, StringComparison.Ordinal);
        Assert.Contains("Matrix 5", Assert.Throws<ArgumentException>(() => SO3Batch.FromMatrices(floats, new Quaternion[7])).Message, StringComparison.Ordinal);
        Assert.Contains("Matrix 5", Assert.Throws<ArgumentException>(() => SE3Batch.FromRowMajor3x4(poses, new SE3[7])).Message, StringComparison.Ordinal);
        matrices[5] = new(1, 0, double.NaN, 0, 1, 0, 0, 0, 1);
        Assert.Contains("Matrix 5", Assert.Throws<ArgumentException>(() => SO3Batch.FromMatrices(matrices, new SO3[7])).Message, StringComparison.Ordinal);
    }

    private static T[] Many<T>(int count, Func<T> next)
    {
        T[] items = new T[count];
        for (int i = 0; i < count; i++) items[i] = next();
        return items;
    }

    private static double[] Numbers(SO3 r) => [r.W, r.X, r.Y, r.Z];

    private static double[] Numbers(Quaternion q) => [q.W, q.X, q.Y, q.Z];

    private static double[] Numbers(Vector3d v) => [v.X, v.Y, v.Z];

    private static double[] Numbers(SE3Tangent xi) => [.. Numbers(xi.Rho), .. Numbers(xi.Omega)];

    private static Vector3 Single(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static Vector3d Wide(Vector3 v) => new(v.X, v.Y, v.Z);

    private static SE3Tangent Wide(SE3TangentSingle xi) => new(Wide(xi.Rho), Wide(xi.Omega));

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what) =>
        Near.Equal(expected, actual, tolerance, 0, what);
}
