using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Benchmarks.Rewards;

/// <summary>The geometry reward of one video of 81 frames, from estimated poses to the two numbers; the network before it is not measured.</summary>
[MemoryDiagnoser, CategoriesColumn]
public class GeometryRewardBenchmarks
{
    private const int Frames = 81;

    private readonly SE3?[] _estimated = new SE3?[Frames];
    private readonly SE3[] _target = new SE3[Frames];
    private readonly double[] _weights = FrameWeighting.Linear.Of(Frames), _segmentWeights = FrameWeighting.Linear.Of(Frames - 4);
    private readonly GeometryRewardOptions _options = new(), _segments = new() { SegmentFrames = 4 };
    private readonly CameraTrajectory _estimatedPath, _targetPath;

    public GeometryRewardBenchmarks()
    {
        for (int i = 0; i < Frames; i++)
        {
            double t = i / 30.0;
            SO3 rotation = SO3.Exp(new(0.1 * Math.Sin(t), 0.4 * Math.Sin(0.3 * t), 0.05 * t));
            _target[i] = new SE3(rotation, new(Math.Sin(t), 0.1 * Math.Cos(2 * t), 0.8 * t));
            _estimated[i] = new SE3(rotation * SO3.Exp(new(0, 0.01 * t, 0)), 0.5 * _target[i].Translation);
        }

        _estimatedPath = new CameraTrajectory([.. _estimated.Select(p => p!.Value)]);
        _targetPath = new CameraTrajectory(_target);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("81 frames")]
    public TrajectoryError TrajectoryError_of_the_same_paths() => TrajectoryError.Between(_estimatedPath, _targetPath, _weights);

    [Benchmark, BenchmarkCategory("81 frames")]
    public PoseRewards? Anchored() => PoseRewards.Between(_estimated, _target, _weights, _options);

    [Benchmark, BenchmarkCategory("81 frames")]
    public PoseRewards? Segments_of_4_frames() => PoseRewards.Between(_estimated, _target, _segmentWeights, _segments);
}
