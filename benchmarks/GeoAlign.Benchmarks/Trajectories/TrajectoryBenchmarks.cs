using System.Globalization;
using BenchmarkDotNet.Attributes;
using GeoAlign.Geometry;

namespace GeoAlign.Benchmarks.Trajectories;

/// <summary>Whole paths: a long one of 21,000 poses through files and metrics, a clip of 81 poses through rescaling, error and Plücker maps.</summary>
[MemoryDiagnoser, CategoriesColumn]
public class TrajectoryBenchmarks
{
    private const int Long = 21_000, Clip = 81;

    private readonly CameraTrajectory _path, _estimate, _clip, _followed;
    private readonly byte[] _tum;
    private readonly string _text;
    private readonly CameraIntrinsics _camera = new NormalisedIntrinsics(0.8, 0.8 * 5 / 3).ToPixels(160, 96);

    public TrajectoryBenchmarks()
    {
        _path = Walk(Long, 1);
        _estimate = Walk(Long, 1.05);
        _clip = Walk(Clip, 1);
        _followed = Walk(Clip, 0.5);
        using MemoryStream stream = new();
        TumFormat.Write(stream, _path);
        _tum = stream.ToArray();
        _text = System.Text.Encoding.UTF8.GetString(_tum);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("21,000 poses: TUM text")]
    public double Split_and_Parse_without_checks()
    {
        double sum = 0;
        foreach (string line in _text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            foreach (string number in line[0] == '#' ? [] : line.Split(' ')) sum += double.Parse(number, CultureInfo.InvariantCulture);
        return sum;
    }

    [Benchmark, BenchmarkCategory("21,000 poses: TUM text")]
    public CameraTrajectory Read_TUM() => TumFormat.Parse(_tum, "path.tum");

    [Benchmark, BenchmarkCategory("21,000 poses: metrics")]
    public double Absolute_pose_error_Sim3() => AbsolutePoseError.Between(_estimate, _path, TrajectoryAlignment.Sim3).Errors(PoseRelation.Translation).Values[^1];

    [Benchmark, BenchmarkCategory("21,000 poses: metrics")]
    public double Relative_pose_error() => RelativePoseError.Between(_estimate, _path).Errors(PoseRelation.Translation).Values[^1];

    [Benchmark, BenchmarkCategory("a clip of 81 poses")]
    public RescaleResult Rescale() => TrajectoryRescaler.Rescale(_clip, 0.05, 0.01);

    [Benchmark, BenchmarkCategory("a clip of 81 poses")]
    public TrajectoryError Weighted_error() => TrajectoryError.Between(_followed, _clip);

    [Benchmark, BenchmarkCategory("a clip of 81 poses")]
    public float[] Plucker_maps_96x160() => PluckerRays.Packed(_clip, _camera);

    private static CameraTrajectory Walk(int frames, double scale)
    {
        SE3[] poses = new SE3[frames];
        double[] seconds = new double[frames];
        for (int i = 0; i < frames; i++)
        {
            double t = i / 30.0;
            poses[i] = new SE3(SO3.Exp(new(0.1 * Math.Sin(t), 0.4 * Math.Sin(0.3 * t), 0.05 * t % 1)), scale * new Vector3d(Math.Sin(t), 0.1 * Math.Cos(2 * t), 0.8 * t));
            seconds[i] = t;
        }

        return new CameraTrajectory(poses, seconds);
    }
}
