using System.Numerics;

namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>Bulk operations in double and float32 against 60-digit values.</summary>
public class BatchGoldenTests
{
    /// <summary>Relative tolerance of float32 results.</summary>
    private const double SingleTolerance = 5e-7;

    private static readonly FixtureTensors SO3Golden = GoldenGroups.Load("so3");
    private static readonly FixtureTensors SE3Golden = GoldenGroups.Load("se3");
    private static readonly FixtureTensors SingleGolden = GoldenGroups.Load("so3_f32");

    [Fact]
    public void Rotations_in_bulk_are_as_accurate_as_single_ones()
    {
        Vector3d[] omegas = Vectors(SO3Golden["omega"]);
        SO3[] rotations = new SO3[omegas.Length];
        Matrix3d[] matrices = new Matrix3d[omegas.Length];
        Vector3d[] logs = new Vector3d[omegas.Length];

        SO3Batch.Exp(omegas, rotations);
        SO3Batch.ToMatrices(rotations, matrices);
        SO3Batch.Log(rotations, logs);

        for (int i = 0; i < omegas.Length; i++)
        {
            SO3 r = rotations[i];
            GoldenGroups.MatrixNear(SO3Golden["quat_wxyz"].Row(i), [r.W, r.X, r.Y, r.Z], $"quat_wxyz[{i}]");
            GoldenGroups.MatrixNear(SO3Golden["R"].Row(i), matrices[i].RowMajor(), $"R[{i}]");
            GoldenGroups.LogNear(SO3Golden["log_exact"].Vector(i), logs[i], $"log_exact[{i}]");
        }
    }

    [Fact]
    public void Stored_matrices_in_bulk_give_the_log_of_the_nearest_rotation()
    {
        Matrix3d[] matrices = new Matrix3d[SO3Golden["R"].Shape[0]];
        for (int i = 0; i < matrices.Length; i++) matrices[i] = SO3Golden["R"].Matrix(i);
        SO3[] rotations = new SO3[matrices.Length];
        Vector3d[] logs = new Vector3d[matrices.Length];

        SO3Batch.FromMatrices(matrices, rotations);
        SO3Batch.Log(rotations, logs);

        for (int i = 0; i < matrices.Length; i++) GoldenGroups.LogNear(SO3Golden["log_of_f64_R"].Vector(i), logs[i], $"log_of_f64_R[{i}]");
    }

    [Fact]
    public void Poses_in_bulk_are_as_accurate_as_single_ones()
    {
        SE3Tangent[] xis = Tangents();
        SE3[] poses = new SE3[xis.Length];
        SE3Tangent[] logs = new SE3Tangent[xis.Length];

        SE3Batch.Exp(xis, poses);
        SE3Batch.Log(poses, logs);

        for (int i = 0; i < xis.Length; i++)
        {
            GoldenGroups.MatrixNear(SE3Golden["T"].Row(i), poses[i].RowMajor4x4(), $"T[{i}]");
            SE3Tangent expected = SE3Tangent.FromSpan(SE3Golden["log_exact"].Row(i));
            GoldenGroups.LogNear(expected.Omega, logs[i].Omega, $"ω of log_exact[{i}]");
            double error = (logs[i] - expected).Length;
            Assert.True(error <= GoldenGroups.LogTolerance * expected.Length, $"log_exact[{i}]: {logs[i]}, expected {expected}, off by {error:G3}.");
        }
    }

    [Fact]
    public void Float32_rotations_keep_six_digits()
    {
        Vector3[] omegas = Array.ConvertAll(Vectors(SingleGolden["omega"]), Single);
        Quaternion[] rotations = new Quaternion[omegas.Length];
        float[] matrices = new float[9 * omegas.Length];
        Vector3[] logs = new Vector3[omegas.Length];

        SO3Batch.Exp(omegas, rotations);
        SO3Batch.ToMatrices(rotations, matrices);
        SO3Batch.Log(rotations, logs);

        for (int i = 0; i < omegas.Length; i++)
        {
            Quaternion q = rotations[i];
            double[] matrix = Array.ConvertAll(matrices[(9 * i)..(9 * i + 9)], v => (double)v);
            GoldenGroups.MatrixNear(SingleGolden["quat_wxyz"].Row(i), [q.W, q.X, q.Y, q.Z], $"quat_wxyz[{i}]", SingleTolerance);
            GoldenGroups.MatrixNear(SingleGolden["R"].Row(i), matrix, $"R[{i}]", SingleTolerance);
            // Beyond π the stored quaternion's rounding is relative to ω, not to the shorter principal log.
            Vector3d expected = SingleGolden["log_exact"].Vector(i), log = Widened(logs[i]);
            if (Math.PI - expected.Length < 1e-3 && Vector3d.Dot(expected, log) < 0) log = -log;          // at a half turn the axis may turn over
            double tolerance = SingleTolerance * Math.Max(1, Widened(omegas[i]).Length / Math.Max(expected.Length, 1e-300));
            GoldenGroups.LogNear(expected, log, $"log_exact[{i}]", tolerance, piBand: 0);
        }
    }

    [Fact]
    public void Float32_poses_keep_six_digits()
    {
        SE3Tangent[] xis = Tangents();
        SE3TangentSingle[] rounded = Array.ConvertAll(xis, xi => new SE3TangentSingle(Single(xi.Rho), Single(xi.Omega)));
        SE3Single[] poses = new SE3Single[xis.Length];
        SE3TangentSingle[] logs = new SE3TangentSingle[xis.Length];

        SE3Batch.Exp(rounded, poses);
        SE3Batch.Log(poses, logs);

        for (int i = 0; i < xis.Length; i++)
        {
            SE3Tangent input = new(Widened(rounded[i].Rho), Widened(rounded[i].Omega));
            SE3 expected = SE3.Exp(input);                                              // accurate to 1e-15, as the tests above show
            GoldenGroups.MatrixNear(expected.RowMajor4x4(), poses[i].ToSE3().RowMajor4x4(), $"T[{i}]", SingleTolerance);
            if (Math.PI - input.Omega.Length < 1e-3) continue;                          // the axis may turn over
            SE3Tangent error = new SE3Tangent(Widened(logs[i].Rho), Widened(logs[i].Omega)) - input;
            Assert.True(error.Omega.Length <= SingleTolerance * input.Omega.Length, $"ω[{i}] off by {error.Omega.Length:G3}");
            Assert.True(error.Rho.Length <= SingleTolerance * Math.Max(1e-30, input.Rho.Length) * 2, $"ρ[{i}] off by {error.Rho.Length:G3} of {input.Rho.Length:G3}");
        }
    }

    private static Vector3d[] Vectors(FixtureTensor tensor)
    {
        Vector3d[] vectors = new Vector3d[tensor.Shape[0]];
        for (int i = 0; i < vectors.Length; i++) vectors[i] = tensor.Vector(i);
        return vectors;
    }

    private static SE3Tangent[] Tangents()
    {
        SE3Tangent[] tangents = new SE3Tangent[SE3Golden["xi"].Shape[0]];
        for (int i = 0; i < tangents.Length; i++) tangents[i] = SE3Tangent.FromSpan(SE3Golden["xi"].Row(i));
        return tangents;
    }

    private static Vector3 Single(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static Vector3d Widened(Vector3 v) => new(v.X, v.Y, v.Z);
}
