using System.Numerics;
using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>SE(3): one operation on each of 1024 poses that stay in the cache; times are per element.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class PoseBenchmarks
{
    private const int Count = 1024;

    private readonly Inputs _in = new(Count);
    private readonly (Textbook.Quat, Vector3d)[] _plain = new (Textbook.Quat, Vector3d)[Count];
    private readonly Matrix4x4[] _numerics, _otherNumerics, _numericsOut = new Matrix4x4[Count];
    private readonly SE3[] _poses = new SE3[Count];
    private readonly SE3Tangent[] _tangents = new SE3Tangent[Count];
    private readonly Vector3d[] _vectors = new Vector3d[Count];
    private readonly Matrix6d[] _jacobians = new Matrix6d[Count];
    private readonly SE3Single[] _singlePoses = new SE3Single[Count];
    private readonly SE3TangentSingle[] _singleTangents = new SE3TangentSingle[Count];
    private readonly Vector3[] _singles = new Vector3[Count];

    public PoseBenchmarks()
    {
        _numerics = Array.ConvertAll(_in.SinglePoses, Numerics);
        _otherNumerics = Array.ConvertAll(_in.OtherSinglePoses, Numerics);
    }

    [BenchmarkCategory("exp"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Exp_textbook()
    {
        for (int i = 0; i < _plain.Length; i++) _plain[i] = Textbook.Exp(_in.Tangents[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = SE3.Exp(_in.Tangents[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp_batch() => SE3Batch.Exp(_in.Tangents, _poses);

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp_batch_float() => SE3Batch.Exp(_in.SingleTangents, _singlePoses);

    [BenchmarkCategory("log"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Log_textbook_rotation_only()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = Textbook.Log(Textbook.Of(_in.Poses[i].Rotation));
    }

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log()
    {
        for (int i = 0; i < _tangents.Length; i++) _tangents[i] = _in.Poses[i].Log();
    }

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log_batch() => SE3Batch.Log(_in.Poses, _tangents);

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log_batch_float() => SE3Batch.Log(_in.SinglePoses, _singleTangents);

    [BenchmarkCategory("compose"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Compose_numerics_float_4x4()
    {
        for (int i = 0; i < _numericsOut.Length; i++) _numericsOut[i] = _otherNumerics[i] * _numerics[i];
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = _in.Poses[i] * _in.OtherPoses[i];
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose_batch() => SE3Batch.Compose(_in.Poses, _in.OtherPoses, _poses);

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose_batch_float() => SE3Batch.Compose(_in.SinglePoses, _in.OtherSinglePoses, _singlePoses);

    [BenchmarkCategory("inverse"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Inverse_numerics_float_4x4()
    {
        for (int i = 0; i < _numericsOut.Length; i++) Matrix4x4.Invert(_numerics[i], out _numericsOut[i]);
    }

    [BenchmarkCategory("inverse"), Benchmark(OperationsPerInvoke = Count)]
    public void Inverse()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = _in.Poses[i].Inverse();
    }

    [BenchmarkCategory("inverse"), Benchmark(OperationsPerInvoke = Count)]
    public void Inverse_batch() => SE3Batch.Inverse(_in.Poses, _poses);

    [BenchmarkCategory("transform"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Transform_numerics_float_4x4()
    {
        for (int i = 0; i < _singles.Length; i++) _singles[i] = Vector3.Transform(_in.SinglePoints[i], _numerics[i]);
    }

    [BenchmarkCategory("transform"), Benchmark(OperationsPerInvoke = Count)]
    public void Transform()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = _in.Poses[i] * _in.Points[i];
    }

    [BenchmarkCategory("transform"), Benchmark(OperationsPerInvoke = Count)]
    public void Transform_batch() => SE3Batch.Transform(_in.Poses, _in.Points, _vectors);

    [BenchmarkCategory("transform"), Benchmark(OperationsPerInvoke = Count)]
    public void Transform_batch_float() => SE3Batch.Transform(_in.SinglePoses, _in.SinglePoints, _singles);

    [BenchmarkCategory("transform"), Benchmark(OperationsPerInvoke = Count)]
    public void Transform_batch_one_pose() => SE3Batch.Transform(_in.Poses[0], _in.Points, _vectors);

    [BenchmarkCategory("transform"), Benchmark(OperationsPerInvoke = Count)]
    public void Transform_batch_one_pose_float() => SE3Batch.Transform(_in.Poses[0], _in.SinglePoints, _singles);

    [BenchmarkCategory("Jacobian"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Adjoint_matrix()
    {
        for (int i = 0; i < _jacobians.Length; i++) _jacobians[i] = _in.Poses[i].Adjoint();
    }

    [BenchmarkCategory("Jacobian"), Benchmark(OperationsPerInvoke = Count)]
    public void LeftJacobian()
    {
        for (int i = 0; i < _jacobians.Length; i++) _jacobians[i] = SE3.LeftJacobian(_in.Tangents[i]);
    }

    [BenchmarkCategory("Jacobian"), Benchmark(OperationsPerInvoke = Count)]
    public void LeftJacobianInverse()
    {
        for (int i = 0; i < _jacobians.Length; i++) _jacobians[i] = SE3.LeftJacobianInverse(_in.Tangents[i]);
    }

    /// <summary>Row vectors: the transpose of the usual matrix.</summary>
    private static Matrix4x4 Numerics(SE3Single pose)
    {
        Matrix4x4 m = Matrix4x4.CreateFromQuaternion(pose.Rotation);
        m.Translation = pose.Translation;
        return m;
    }
}
