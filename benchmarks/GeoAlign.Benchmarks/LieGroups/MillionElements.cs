using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>
/// One million elements in arrays, one thread, eleven repetitions a row: the method by which the Sophus figures of docs/benchmarks.md
/// were taken, and by which Calibration/calibration.cpp times the same formulas in plain C++.
/// </summary>
internal static class MillionElements
{
    private const int Count = 1_000_000, Repetitions = 11, Warmups = 40, WarmupCount = 10_000;

    public static void Run(TextWriter output)
    {
        Inputs x = new(Count);
        SO3[] rotations = new SO3[Count];
        Vector3d[] vectors = new Vector3d[Count];
        Matrix3d[] matrices = new Matrix3d[Count];
        SE3[] poses = new SE3[Count];
        SE3Tangent[] tangents = new SE3Tangent[Count];
        Sim3[] similarities = new Sim3[Count];
        Sim3Tangent[] zetas = new Sim3Tangent[Count];
        System.Numerics.Quaternion[] quaternions = new System.Numerics.Quaternion[Count];
        System.Numerics.Vector3[] singles = new System.Numerics.Vector3[Count];
        SE3Single[] singlePoses = new SE3Single[Count];
        SE3TangentSingle[] singleTangents = new SE3TangentSingle[Count];
        float[] floats = new float[9 * Count];
        Matrix3d m = x.Matrices[0];
        Vector3d t = x.Points[0];

        output.WriteLine("ns per operation: minimum (median)");
        output.WriteLine();
        output.WriteLine("| operation | single, double | batch, double | batch, float |");
        output.WriteLine("|---|---:|---:|---:|");
        Row(output, "SO3 exp", n => { for (int i = 0; i < n; i++) rotations[i] = SO3.Exp(x.Omegas[i]); }, n => SO3Batch.Exp(x.Omegas.AsSpan(0, n), rotations), n => SO3Batch.Exp(x.SingleOmegas.AsSpan(0, n), quaternions));
        Row(output, "SO3 log", n => { for (int i = 0; i < n; i++) vectors[i] = x.Rotations[i].Log(); }, n => SO3Batch.Log(x.Rotations.AsSpan(0, n), vectors), n => SO3Batch.Log(x.Quaternions.AsSpan(0, n), singles));
        Row(output, "SO3 compose", n => { for (int i = 0; i < n; i++) rotations[i] = x.Rotations[i] * x.Others[i]; }, n => SO3Batch.Compose(x.Rotations.AsSpan(0, n), x.Others.AsSpan(0, n), rotations), n => SO3Batch.Compose(x.Quaternions.AsSpan(0, n), x.OtherQuaternions.AsSpan(0, n), quaternions));
        Row(output, "SO3 rotate point", n => { for (int i = 0; i < n; i++) vectors[i] = x.Rotations[i] * x.Points[i]; }, n => SO3Batch.Rotate(x.Rotations.AsSpan(0, n), x.Points.AsSpan(0, n), vectors), n => SO3Batch.Rotate(x.Quaternions.AsSpan(0, n), x.SinglePoints.AsSpan(0, n), singles));
        Row(output, "SO3 to matrix", n => { for (int i = 0; i < n; i++) matrices[i] = x.Rotations[i].ToMatrix(); }, n => SO3Batch.ToMatrices(x.Rotations.AsSpan(0, n), matrices), n => SO3Batch.ToMatrices(x.Quaternions.AsSpan(0, n), floats));
        Row(output, "matrix → quaternion (SO3)", n => { for (int i = 0; i < n; i++) rotations[i] = SO3.FromMatrix(x.Matrices[i]); }, n => SO3Batch.FromMatrices(x.Matrices.AsSpan(0, n), rotations), n => SO3Batch.FromMatrices(floats.AsSpan(0, 9 * n), quaternions));
        Row(output, "3×3 · point", n => { for (int i = 0; i < n; i++) vectors[i] = x.Matrices[i] * x.Points[i]; });
        Row(output, "3×3 · 3×3", n => { for (int i = 0; i < n; i++) matrices[i] = x.Matrices[i] * x.OtherMatrices[i]; });
        Row(output, "SO3 left Jacobian", n => { for (int i = 0; i < n; i++) matrices[i] = SO3.LeftJacobian(x.Omegas[i]); });
        Row(output, "SO3 left Jacobian, inverse", n => { for (int i = 0; i < n; i++) matrices[i] = SO3.LeftJacobianInverse(x.Omegas[i]); });
        Row(output, "SE3 exp", n => { for (int i = 0; i < n; i++) poses[i] = SE3.Exp(x.Tangents[i]); }, n => SE3Batch.Exp(x.Tangents.AsSpan(0, n), poses), n => SE3Batch.Exp(x.SingleTangents.AsSpan(0, n), singlePoses));
        Row(output, "SE3 log", n => { for (int i = 0; i < n; i++) tangents[i] = x.Poses[i].Log(); }, n => SE3Batch.Log(x.Poses.AsSpan(0, n), tangents), n => SE3Batch.Log(x.SinglePoses.AsSpan(0, n), singleTangents));
        Row(output, "SE3 compose", n => { for (int i = 0; i < n; i++) poses[i] = x.Poses[i] * x.OtherPoses[i]; }, n => SE3Batch.Compose(x.Poses.AsSpan(0, n), x.OtherPoses.AsSpan(0, n), poses), n => SE3Batch.Compose(x.SinglePoses.AsSpan(0, n), x.OtherSinglePoses.AsSpan(0, n), singlePoses));
        Row(output, "SE3 inverse", n => { for (int i = 0; i < n; i++) poses[i] = x.Poses[i].Inverse(); }, n => SE3Batch.Inverse(x.Poses.AsSpan(0, n), poses), n => SE3Batch.Inverse(x.SinglePoses.AsSpan(0, n), singlePoses));
        Row(output, "SE3 transform point (a pose per point)", n => { for (int i = 0; i < n; i++) vectors[i] = x.Poses[i] * x.Points[i]; }, n => SE3Batch.Transform(x.Poses.AsSpan(0, n), x.Points.AsSpan(0, n), vectors), n => SE3Batch.Transform(x.SinglePoses.AsSpan(0, n), x.SinglePoints.AsSpan(0, n), singles));
        Row(output, "SE3 transform, one pose for all points", n => { SE3 pose = x.Poses[0]; for (int i = 0; i < n; i++) vectors[i] = pose * x.Points[i]; }, n => SE3Batch.Transform(x.Poses[0], x.Points.AsSpan(0, n), vectors), n => SE3Batch.Transform(x.Poses[0], x.SinglePoints.AsSpan(0, n), singles));
        Row(output, "R·p + t, one matrix", n => { for (int i = 0; i < n; i++) vectors[i] = m * x.Points[i] + t; });
        Row(output, "Sim3 exp", n => { for (int i = 0; i < n; i++) similarities[i] = Sim3.Exp(x.Zetas[i]); });
        Row(output, "Sim3 log", n => { for (int i = 0; i < n; i++) zetas[i] = x.Similarities[i].Log(); });
    }

    private static void Row(TextWriter output, string name, params Action<int>[] forms)
    {
        output.Write($"| {name} |");
        for (int i = 0; i < 3; i++) output.Write(i < forms.Length ? $" {Measure(forms[i])} |" : " |");
        output.WriteLine();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Measure(Action<int> form)
    {
        // Short calls and pauses until the compiler has replaced its first versions of the loop and of what it calls, in the background.
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < Warmups; i++) form(WarmupCount);
            Thread.Sleep(150);
        }

        double[] nanoseconds = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            form(Count);
            nanoseconds[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count;
        }

        Array.Sort(nanoseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds[0]:F1} ({nanoseconds[Repetitions / 2]:F1})");
    }
}
