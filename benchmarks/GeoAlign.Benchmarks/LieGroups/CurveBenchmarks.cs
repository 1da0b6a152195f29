using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.LieGroups;

/// <summary>Interpolation, splines, means and projections, 81 poses as a clip has; times per pose.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class CurveBenchmarks
{
    private const int Count = 81;

    private readonly Inputs _in = new(Count);
    private readonly SE3[] _poses = new SE3[Count];
    private readonly SE3Tangent[] _velocities = new SE3Tangent[Count];
    private readonly Matrix3d[] _noisy, _far, _matrices = new Matrix3d[Count];
    private readonly SO3[] _rotations = new SO3[Count], _close;
    private readonly CubicBSpline<SE3, SE3Tangent> _spline;
    private readonly CubicBSpline<SplitPose, SE3Tangent> _split;

    public CurveBenchmarks()
    {
        _noisy = Array.ConvertAll(_in.Matrices, m => m + 1e-7 * _in.OtherMatrices[0]);
        _far = Array.ConvertAll(_in.Matrices, m => m + 0.5 * _in.OtherMatrices[0]);
        _close = Array.ConvertAll(_in.Omegas, omega => SO3.Exp(0.2 * omega));
        _spline = new(_in.Poses);
        _split = new(Array.ConvertAll(_in.Poses, p => new SplitPose(p)));
    }

    [BenchmarkCategory("interpolate"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Split()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = SE3.InterpolateSplit(_in.Poses[0], _in.Poses[i], 0.3);
    }

    [BenchmarkCategory("interpolate"), Benchmark(OperationsPerInvoke = Count)]
    public void Screw()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = SE3.InterpolateGeodesic(_in.Poses[0], _in.Poses[i], 0.3);
    }

    [BenchmarkCategory("spline"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Spline_split()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = _split.At(0.9 * i).ToSE3();
    }

    [BenchmarkCategory("spline"), Benchmark(OperationsPerInvoke = Count)]
    public void Spline()
    {
        for (int i = 0; i < _poses.Length; i++) _poses[i] = _spline.At(0.9 * i);
    }

    [BenchmarkCategory("spline"), Benchmark(OperationsPerInvoke = Count)]
    public void Spline_velocity()
    {
        for (int i = 0; i < _velocities.Length; i++) _velocities[i] = _spline.BodyVelocity(0.9 * i);
    }

    [BenchmarkCategory("mean"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public SO3 Mean_chordal() => RotationMean.Chordal(_close);

    [BenchmarkCategory("mean"), Benchmark(OperationsPerInvoke = Count)]
    public SO3 Mean_quaternion() => RotationMean.QuaternionEigenvector(_close);

    [BenchmarkCategory("mean"), Benchmark(OperationsPerInvoke = Count)]
    public SO3 Mean_Karcher() => RotationMean.Karcher(_close);

    [BenchmarkCategory("project"), Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Newton_polar_noise_of_1e_7()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = Textbook.Polar(_noisy[i]);
    }

    [BenchmarkCategory("project"), Benchmark(OperationsPerInvoke = Count)]
    public void Nearest_noise_of_1e_7()
    {
        for (int i = 0; i < _rotations.Length; i++) _rotations[i] = SO3.Nearest(_noisy[i]);
    }

    [BenchmarkCategory("project"), Benchmark(OperationsPerInvoke = Count)]
    public void Newton_polar_far()
    {
        for (int i = 0; i < _matrices.Length; i++) _matrices[i] = Textbook.Polar(_far[i]);
    }

    [BenchmarkCategory("project"), Benchmark(OperationsPerInvoke = Count)]
    public void Nearest_far()
    {
        for (int i = 0; i < _rotations.Length; i++) _rotations[i] = SO3.Nearest(_far[i]);
    }
}
