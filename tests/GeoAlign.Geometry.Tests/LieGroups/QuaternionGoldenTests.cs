
namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Quaternions that are not normalised, of sizes 1e-160 … 1e150, against 60-digit values.</summary>
public class QuaternionGoldenTests
{
    private static readonly FixtureTensors Golden = GoldenGroups.Load("quat");
    private static readonly int Count = Golden["q_in_wxyz"].Shape[0];

    [Fact]
    public void Quaternion_of_any_size_gives_its_matrix()
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> q = Golden["q_in_wxyz"].Row(i);

            GoldenGroups.MatrixNear(Golden["R"].Row(i), SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3]).ToMatrix().RowMajor(), $"R[{i}]");
        }
    }

    [Fact]
    public void Both_component_orders_mean_the_same_rotation()
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> q = Golden["q_in_wxyz"].Row(i);

            Assert.Equal(SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3]), SO3.FromQuaternionXyzw(q[1], q[2], q[3], q[0]));
        }
    }

    [Fact]
    public void Canonical_quaternion_has_a_positive_first_component_that_is_not_zero()
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> q = Golden["q_in_wxyz"].Row(i);

            SO3 r = SO3.FromQuaternionWxyz(q[0], q[1], q[2], q[3]).Canonical();

            GoldenGroups.MatrixNear(Golden["q_canonical_wxyz"].Row(i), [r.W, r.X, r.Y, r.Z], $"q_canonical_wxyz[{i}]");
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(double.NaN, 0, 0, 1)]
    [InlineData(1, 0, double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity, 0, 1)]
    public void Quaternion_without_a_direction_is_refused(double w, double x, double y, double z) =>
        Assert.Throws<ArgumentException>(() => SO3.FromQuaternionWxyz(w, x, y, z));

    [Fact]
    public void Smallest_and_largest_doubles_are_a_direction()
    {
        Assert.Equal(SO3.FromQuaternionWxyz(0, 1, 0, 0), SO3.FromQuaternionWxyz(0, double.Epsilon, 0, 0));
        Assert.Equal(SO3.FromQuaternionWxyz(1, 1, 1, 1), SO3.FromQuaternionWxyz(double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue));
    }
}
