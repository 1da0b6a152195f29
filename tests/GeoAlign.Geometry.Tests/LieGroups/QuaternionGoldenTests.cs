
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
}
