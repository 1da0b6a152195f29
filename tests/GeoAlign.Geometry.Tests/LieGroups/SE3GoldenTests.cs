
namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>SE(3) against 60-digit values: 100 tangents, 30 products.</summary>
public class SE3GoldenTests
{
    private static readonly FixtureTensors Golden = GoldenGroups.Load("se3");

    private static SE3 Pose(int index) => SE3.FromRowMajor3x4(Golden["T"].Row(index));

    [Fact]
    public void Poses_multiply_like_their_matrices()
    {
        for (int i = 0; i < Golden["compose"].Shape[0]; i++)
        {
            SE3 product = Pose((int)Golden["comp_i"].Values[i]) * Pose((int)Golden["comp_j"].Values[i]);

            GoldenGroups.MatrixNear(Golden["compose"].Row(i), product.RowMajor4x4(), $"compose[{i}]");
        }
    }

    [Fact]
    public void Inverse_is_the_inverse_matrix()
    {
        for (int i = 0; i < Golden["inverse_i"].Shape[0]; i++)
            GoldenGroups.MatrixNear(Golden["inverse_i"].Row(i), Pose((int)Golden["comp_i"].Values[i]).Inverse().RowMajor4x4(), $"inverse_i[{i}]");
    }

    [Fact]
    public void Pose_moves_a_point()
    {
        for (int i = 0; i < Golden["point"].Shape[0]; i++)
        {
            Vector3d moved = Pose((int)Golden["comp_i"].Values[i]) * Golden["point"].Vector(i);

            GoldenGroups.MatrixNear(Golden["point_T"].Row(i), [moved.X, moved.Y, moved.Z], $"point_T[{i}]");
        }
    }
}
