using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>Sim(3) beside the same operation of SE(3): 1024 elements, times per element.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class SimilarityBenchmarks
{
    private const int Count = 1024;

    private readonly Inputs _in = new(Count);
    private readonly SE3[] _poses = new SE3[Count];
    private readonly SE3Tangent[] _tangents = new SE3Tangent[Count];
    private readonly Sim3[] _similarities = new Sim3[Count];
    private readonly Sim3Tangent[] _zetas = new Sim3Tangent[Count];
    private readonly Matrix6d[] _poseJacobians = new Matrix6d[Count];
    private readonly Matrix7d[] _jacobians = new Matrix7d[Count];

    [BenchmarkCategory("exp"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Exp_SE3()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = SE3.Exp(_in.Tangents[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp()
    {
        for (int i = 0; i < _similarities.Length; i++) _similarities[i] = Sim3.Exp(_in.Zetas[i]);
    }

    [BenchmarkCategory("log"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Log_SE3()
    {
        for (int i = 0; i < _tangents.Length; i++) _tangents[i] = _in.Poses[i].Log();
    }

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log()
    {
        for (int i = 0; i < _zetas.Length; i++) _zetas[i] = _in.Similarities[i].Log();
    }

    [BenchmarkCategory("compose"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Compose_SE3()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = _in.Poses[i] * _in.Poses[0];
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose()
    {
        for (int i = 0; i < _similarities.Length; i++) _similarities[i] = _in.Similarities[i] * _in.Similarities[0];
    }

    [BenchmarkCategory("Jacobian"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void LeftJacobian_SE3()
    {
        for (int i = 0; i < _poseJacobians.Length; i++) _poseJacobians[i] = SE3.LeftJacobian(_in.Tangents[i]);
    }

    [BenchmarkCategory("Jacobian"), Benchmark(OperationsPerInvoke = Count)]
    public void LeftJacobian()
    {
        for (int i = 0; i < _jacobians.Length; i++) _jacobians[i] = Sim3.LeftJacobian(_in.Zetas[i]);
    }
}
