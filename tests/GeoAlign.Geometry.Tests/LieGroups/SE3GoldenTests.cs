
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

    private static SE3Tangent Xi(int index) => SE3Tangent.FromSpan(Golden["xi"].Row(index));

    [Fact]
    public void Exp_gives_the_pose()
    {
        for (int i = 0; i < Golden["xi"].Shape[0]; i++)
            GoldenGroups.MatrixNear(Golden["T"].Row(i), SE3.Exp(Xi(i)).RowMajor4x4(), $"T[{i}]");
    }

    [Fact]
    public void V_is_the_left_Jacobian_of_the_rotation()
    {
        for (int i = 0; i < Golden["xi"].Shape[0]; i++)
            GoldenGroups.MatrixNear(Golden["V"].Row(i), SO3.LeftJacobian(Xi(i).Omega).RowMajor(), $"V[{i}]");
    }

    [Fact]
    public void Log_of_Exp_is_the_principal_tangent()
    {
        for (int i = 0; i < Golden["xi"].Shape[0]; i++)
        {
            SE3Tangent expected = SE3Tangent.FromSpan(Golden["log_exact"].Row(i));

            SE3Tangent actual = SE3.Exp(Xi(i)).Log();

            GoldenGroups.LogNear(expected.Omega, actual.Omega, $"ω of log_exact[{i}]");
            double error = (actual - expected).Length;
            Assert.True(error <= GoldenGroups.LogTolerance * expected.Length, $"log_exact[{i}]: {actual}, expected {expected}, off by {error:G3}.");
        }
    }

    [Fact]
    public void Adjoint_matrix()
    {
        for (int i = 0; i < Golden["xi"].Shape[0]; i++)
            GoldenGroups.MatrixNear(Golden["Adjoint"].Row(i), SE3.Exp(Xi(i)).Adjoint().RowMajor(), $"Adjoint[{i}]");
    }

    [Fact]
    public void Jacobians_and_their_inverses_of_both_sides()
    {
        for (int i = 0; i < Golden["xi"].Shape[0]; i++)
        {
            GoldenGroups.MatrixNear(Golden["Jl"].Row(i), SE3.LeftJacobian(Xi(i)).RowMajor(), $"Jl[{i}]");
            GoldenGroups.MatrixNear(Golden["Jr"].Row(i), SE3.RightJacobian(Xi(i)).RowMajor(), $"Jr[{i}]");
            GoldenGroups.MatrixNear(Golden["Jl_inv"].Row(i), SE3.LeftJacobianInverse(Xi(i)).RowMajor(), $"Jl_inv[{i}]");
            GoldenGroups.MatrixNear(Golden["Jr_inv"].Row(i), SE3.RightJacobianInverse(Xi(i)).RowMajor(), $"Jr_inv[{i}]");
        }
    }
}
