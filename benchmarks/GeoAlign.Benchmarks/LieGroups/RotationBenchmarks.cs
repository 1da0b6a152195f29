using System.Numerics;
using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>SO(3): one operation on each of 1024 elements that stay in the cache; times are per element.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class RotationBenchmarks
{
    private const int Count = 1024;

    private readonly Inputs _in = new(Count);
    private readonly Textbook.Quat[] _plain, _otherPlain, _plainOut = new Textbook.Quat[Count];
    private readonly SO3[] _rotations = new SO3[Count];
    private readonly Vector3d[] _vectors = new Vector3d[Count];
    private readonly Matrix3d[] _matrices = new Matrix3d[Count];
    private readonly Quaternion[] _quaternions = new Quaternion[Count];
    private readonly Vector3[] _singles = new Vector3[Count];
    private readonly float[] _floats = new float[9 * Count];

    public RotationBenchmarks()
    {
        _plain = Array.ConvertAll(_in.Rotations, Textbook.Of);
        _otherPlain = Array.ConvertAll(_in.Others, Textbook.Of);
    }

    [BenchmarkCategory("exp"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Exp_textbook()
    {
        for (int i = 0; i < _plainOut.Length; i++) _plainOut[i] = Textbook.Exp(_in.Omegas[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp()
    {
        for (int i = 0; i < _rotations.Length; i++) _rotations[i] = SO3.Exp(_in.Omegas[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp_batch() => SO3Batch.Exp(_in.Omegas, _rotations);

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp_numerics_float()
    {
        for (int i = 0; i < _quaternions.Length; i++) _quaternions[i] = Textbook.Exp(_in.SingleOmegas[i]);
    }

    [BenchmarkCategory("exp"), Benchmark(OperationsPerInvoke = Count)]
    public void Exp_batch_float() => SO3Batch.Exp(_in.SingleOmegas, _quaternions);

    [BenchmarkCategory("log"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Log_textbook()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = Textbook.Log(_plain[i]);
    }

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = _in.Rotations[i].Log();
    }

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log_batch() => SO3Batch.Log(_in.Rotations, _vectors);

    [BenchmarkCategory("log"), Benchmark(OperationsPerInvoke = Count)]
    public void Log_batch_float() => SO3Batch.Log(_in.Quaternions, _singles);

    [BenchmarkCategory("compose"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Compose_textbook()
    {
        for (int i = 0; i < _plainOut.Length; i++) _plainOut[i] = Textbook.Compose(_plain[i], _otherPlain[i]);
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose()
    {
        for (int i = 0; i < _rotations.Length; i++) _rotations[i] = _in.Rotations[i] * _in.Others[i];
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose_batch() => SO3Batch.Compose(_in.Rotations, _in.Others, _rotations);

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose_numerics_float()
    {
        for (int i = 0; i < _quaternions.Length; i++) _quaternions[i] = _in.Quaternions[i] * _in.OtherQuaternions[i];
    }

    [BenchmarkCategory("compose"), Benchmark(OperationsPerInvoke = Count)]
    public void Compose_batch_float() => SO3Batch.Compose(_in.Quaternions, _in.OtherQuaternions, _quaternions);

    [BenchmarkCategory("rotate"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Rotate_textbook()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = Textbook.Rotate(_plain[i], _in.Points[i]);
    }

    [BenchmarkCategory("rotate"), Benchmark(OperationsPerInvoke = Count)]
    public void Rotate()
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = _in.Rotations[i] * _in.Points[i];
    }

    [BenchmarkCategory("rotate"), Benchmark(OperationsPerInvoke = Count)]
    public void Rotate_batch() => SO3Batch.Rotate(_in.Rotations, _in.Points, _vectors);

    [BenchmarkCategory("rotate"), Benchmark(OperationsPerInvoke = Count)]
    public void Rotate_numerics_float()
    {
        for (int i = 0; i < _singles.Length; i++) _singles[i] = Vector3.Transform(_in.SinglePoints[i], _in.Quaternions[i]);
    }

    [BenchmarkCategory("rotate"), Benchmark(OperationsPerInvoke = Count)]
    public void Rotate_batch_float() => SO3Batch.Rotate(_in.Quaternions, _in.SinglePoints, _singles);

    [BenchmarkCategory("matrix"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Matrix_times_matrix()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = _in.Matrices[i] * _in.OtherMatrices[i];
    }

    [BenchmarkCategory("matrix"), Benchmark(OperationsPerInvoke = Count)]
    public void ToMatrix()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = _in.Rotations[i].ToMatrix();
    }

    [BenchmarkCategory("matrix"), Benchmark(OperationsPerInvoke = Count)]
    public void ToMatrix_batch() => SO3Batch.ToMatrices(_in.Rotations, _matrices);

    [BenchmarkCategory("matrix"), Benchmark(OperationsPerInvoke = Count)]
    public void ToMatrix_batch_float() => SO3Batch.ToMatrices(_in.Quaternions, _floats);

    [BenchmarkCategory("matrix"), Benchmark(OperationsPerInvoke = Count)]
    public void FromMatrix()
    {
        for (int i = 0; i < _rotations.Length; i++) _rotations[i] = SO3.FromMatrix(_in.Matrices[i]);
    }

    [BenchmarkCategory("matrix"), Benchmark(OperationsPerInvoke = Count)]
    public void FromMatrix_batch() => SO3Batch.FromMatrices(_in.Matrices, _rotations);

    [BenchmarkCategory("Jacobian"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void LeftJacobian_textbook()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = Textbook.LeftJacobian(_in.Omegas[i]);
    }

    [BenchmarkCategory("Jacobian"), Benchmark(OperationsPerInvoke = Count)]
    public void LeftJacobian()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = SO3.LeftJacobian(_in.Omegas[i]);
    }

    [BenchmarkCategory("Jacobian"), Benchmark(OperationsPerInvoke = Count)]
    public void LeftJacobianInverse()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = SO3.LeftJacobianInverse(_in.Omegas[i]);
    }
}
