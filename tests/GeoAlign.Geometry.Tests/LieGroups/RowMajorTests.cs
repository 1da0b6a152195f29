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
    public void A_4x4_matrix_of_columns_is_refused_rather_than_read_as_its_transpose()
    {
        Assert.Contains("column-major", Assert.Throws<ArgumentException>(() => SE3.FromRowMajor3x4(Columns)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sim3.FromRowMajor3x4(Columns));
    }
}
