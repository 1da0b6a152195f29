
namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>SO(3) against 60-digit values: 441 rotation vectors of 0, 1e-20 … 10 rad, among them the neighbours of π.</summary>
public class SO3GoldenTests
{
    private static readonly FixtureTensors Golden = GoldenGroups.Load("so3");
    private static readonly int Count = Golden["omega"].Shape[0];

    [Fact]
    public void Exp_gives_the_matrix()
    {
        for (int i = 0; i < Count; i++)
            GoldenGroups.MatrixNear(Golden["R"].Row(i), SO3.Exp(Golden["omega"].Vector(i)).ToMatrix().RowMajor(), $"R[{i}]");
    }

    [Fact]
    public void Exp_gives_the_quaternion_and_keeps_the_double_cover()
    {
        for (int i = 0; i < Count; i++)
        {
            SO3 r = SO3.Exp(Golden["omega"].Vector(i));

            GoldenGroups.MatrixNear(Golden["quat_wxyz"].Row(i), [r.W, r.X, r.Y, r.Z], $"quat_wxyz[{i}]");
        }
    }

    [Fact]
    public void Log_of_Exp_is_the_principal_rotation_vector()
    {
        for (int i = 0; i < Count; i++)
            GoldenGroups.LogNear(Golden["log_exact"].Vector(i), SO3.Exp(Golden["omega"].Vector(i)).Log(), $"log_exact[{i}]");
    }

    [Fact]
    public void Log_of_a_stored_matrix_is_that_of_the_nearest_rotation()
    {
        for (int i = 0; i < Count; i++)
        {
            Vector3d log = SO3.FromMatrix(Golden["R"].Matrix(i)).Log();

            GoldenGroups.LogNear(Golden["log_of_f64_R"].Vector(i), log, $"log_of_f64_R[{i}]");
        }
    }

    [Fact]
    public void Geodesic_distance_to_the_identity_is_the_angle()
    {
        for (int i = 0; i < Count; i++)
        {
            double angle = SO3.GeodesicDistance(SO3.Identity, SO3.FromMatrix(Golden["R"].Matrix(i)));

            Near.Equal([Golden["angle_of_f64_R"].Values[i]], [angle], 0, GoldenGroups.LogTolerance, $"angle_of_f64_R[{i}]");
        }
    }

    [Fact]
    public void Jacobians_of_both_sides()
    {
        for (int i = 0; i < Count; i++)
        {
            Vector3d omega = Golden["omega"].Vector(i);

            GoldenGroups.MatrixNear(Golden["Jl"].Row(i), SO3.LeftJacobian(omega).RowMajor(), $"Jl[{i}]");
            GoldenGroups.MatrixNear(Golden["Jr"].Row(i), SO3.RightJacobian(omega).RowMajor(), $"Jr[{i}]");
        }
    }

    [Fact]
    public void Inverse_Jacobians_of_both_sides_keep_their_digits_next_to_a_full_turn()
    {
        for (int i = 0; i < Count; i++)
        {
            if (Golden["jinv_singular"].Values[i] == 1) continue;
            Vector3d omega = Golden["omega"].Vector(i);

            GoldenGroups.MatrixNear(Golden["Jl_inv"].Row(i), SO3.LeftJacobianInverse(omega).RowMajor(), $"Jl_inv[{i}]");
            GoldenGroups.MatrixNear(Golden["Jr_inv"].Row(i), SO3.RightJacobianInverse(omega).RowMajor(), $"Jr_inv[{i}]");
        }
    }

    [Fact]
    public void Inputs_that_are_float32_numbers_give_double_results()
    {
        FixtureTensors golden = GoldenGroups.Load("so3_f32");
        for (int i = 0; i < golden["omega"].Shape[0]; i++)
        {
            Vector3d omega = golden["omega"].Vector(i);
            SO3 r = SO3.Exp(omega);

            GoldenGroups.MatrixNear(golden["R"].Row(i), r.ToMatrix().RowMajor(), $"R[{i}]");
            GoldenGroups.MatrixNear(golden["quat_wxyz"].Row(i), [r.W, r.X, r.Y, r.Z], $"quat_wxyz[{i}]");
            GoldenGroups.MatrixNear(golden["Jl"].Row(i), SO3.LeftJacobian(omega).RowMajor(), $"Jl[{i}]");
            GoldenGroups.LogNear(golden["log_exact"].Vector(i), r.Log(), $"log_exact[{i}]");
        }
    }
}
