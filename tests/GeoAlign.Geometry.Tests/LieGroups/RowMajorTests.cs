using GeoAlign.Geometry;

namespace GeoAlign.Geometry.Tests.LieGroups;

public class RowMajorTests
{
    private static readonly double[] Rows = [1, 0, 0, 3, 0, 0, -1, 1, 0, 1, 0, 2, 0, 0, 0, 1];
    private static readonly double[] Columns = [1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 3, 1, 2, 1];

    [Fact]
    public void A_4x4_matrix_of_rows_is_read()
    {
        SE3 pose = SE3.FromRowMajor3x4(Rows);

        Assert.Equal(new Vector3d(3, 1, 2), pose.Translation);
        Assert.Equal(new Vector3d(3, 1, 2), Sim3.FromRowMajor3x4(Rows).Translation);
    }

    [Fact]
    public void The_rotation_is_the_one_nearest_to_a_matrix_of_rounded_digits() => ForAll.Seeds(100, rng =>
    {
        double[] rows = new double[12], scaled = new double[12];
        new SE3(rng.NextRotation(), new(1, 2, 3)).CopyToRowMajor3x4(rows);
        for (int i = 0; i < 12; i++) rows[i] = Math.Round(rows[i], 4);
        for (int i = 0; i < 12; i++) scaled[i] = 2 * rows[i];
        Matrix3d block = new(rows[0], rows[1], rows[2], rows[4], rows[5], rows[6], rows[8], rows[9], rows[10]);
        SO3 nearest = NearestRotation.To(block).Rotation;
        SE3[] batch = new SE3[1];
        SE3Batch.FromRowMajor3x4(rows, batch);

        Assert.Equal(0, SO3.GeodesicDistance(nearest, SE3.FromRowMajor3x4(rows).Rotation), 1e-14);
        Assert.Equal(0, SO3.GeodesicDistance(nearest, batch[0].Rotation), 1e-14);
        Assert.Equal(0, SO3.GeodesicDistance(nearest, Sim3.FromRowMajor3x4(scaled).Rotation), 1e-14);
        Assert.True(SO3.GeodesicDistance(nearest, SO3.FromMatrix(block)) > 1e-12, "the digits are too many to tell the two apart");
    });

    [Fact]
    public void A_4x4_matrix_of_columns_is_refused_rather_than_read_as_its_transpose()
    {
        Assert.Contains("column-major", Assert.Throws<ArgumentException>(() => SE3.FromRowMajor3x4(Columns)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sim3.FromRowMajor3x4(Columns));
    }
}
