using GeoAlign.Geometry;
using GeoAlign.Rewards.Tests.Metric;

namespace GeoAlign.Rewards.Tests.Onnx;

/// <summary>One known camera path, exported under every convention, must come back as itself.</summary>
public class OnnxConventionsTests
{
    private static readonly SE3[] Path = new Random(21).NextPath(4);
    private static readonly VideoFrames Black = new(new byte[3 * 6 * 4 * 4], 6, 4, 4, 16);

    public static TheoryData<string, string, string> Conventions
    {
        get
        {
            TheoryData<string, string, string> all = [];
            foreach (string format in new[] { "quat_xyzw", "quat_wxyz", "matrix_3x4", "matrix_4x4" })
                foreach (string direction in new[] { "c2w", "w2c" })
                    foreach (string axes in new[] { "opencv", "opengl" })
                        all.Add(format, direction, axes);
            return all;
        }
    }

    [Theory, MemberData(nameof(Conventions))]
    public async Task Path_comes_back_from_every_format_direction_and_axes(string format, string direction, string axes)
    {
        PoseModelFile model = new()
        {
            Poses = [.. Path.Select(p => Exported(p, direction, axes))],
            Format = format,
            Metadata = { ["geoalign.pose.direction"] = direction, ["geoalign.pose.axes"] = axes },
        };

        IsPath(await Estimate(model, Black), 1);
    }

    [Theory]
    [InlineData("camera_poses", "matrix_3x4")]
    [InlineData("extrinsics", "matrix_4x4")]
    public async Task Matrix_format_is_seen_from_the_shape_when_it_is_not_stated(string name, string format)
    {
        PoseModelFile model = new()
        {
            Poses = Path,
            Format = format,
            MatrixName = name,
            HasContract = false,
            Metadata = { ["geoalign.contract"] = "pose-estimator/1" },
        };

        IsPath(await Estimate(model, Black), 1);
    }

    [Fact]
    public async Task Factored_translations_are_multiplied_once_and_metric_ones_not_at_all()
    {
        PoseModelFile metric = new() { Poses = Path, Scale = 2.5f };
        PoseModelFile factored = metric with { Metadata = new() { ["geoalign.pose.scale"] = "factored" } };
        PoseModelFile inverse = new()
        {
            Poses = [.. Path.Select(p => p.Inverse())],
            Scale = 2.5f,
            Metadata = { ["geoalign.pose.scale"] = "factored", ["geoalign.pose.direction"] = "w2c" },
        };

        PoseEstimate plain = IsPath(await Estimate(metric, Black), 1);
        IsPath(await Estimate(factored, Black), 2.5);
        IsPath(await Estimate(inverse, Black), 2.5);
        Assert.Equal(2.5, plain.MetricScale!.Value, 1e-6);
    }

    [Fact]
    public async Task Relative_model_says_so()
    {
        PoseModelFile model = new() { Poses = Path, Metadata = { ["geoalign.pose.scale"] = "relative" } };

        Assert.False(IsPath(await Estimate(model, Black), 1).IsMetric);
    }

    [Fact]
    public async Task Half_precision_model_is_converted()
    {
        PoseEstimate estimate = (await Estimate(new PoseModelFile { Poses = Path, Type = OnnxGraph.Float16, Scale = 1 }, Black))[0].Estimate!;

        for (int i = 0; i < Path.Length; i++)
        {
            SE3 expected = Path[0].Inverse() * Path[i];
            Assert.Equal(0, Vector3d.Distance(expected.Translation, estimate.Trajectory[i].Translation), 5e-3);
            Assert.Equal(0, SO3.GeodesicDistance(expected.Rotation, estimate.Trajectory[i].Rotation), 5e-3);
        }
    }

    [Fact]
    public async Task Frame_confidence_reaches_the_estimate()
    {
        PoseEstimate estimate = (await Estimate(new PoseModelFile { Poses = Path, FrameConfidence = [1, -2, 3, 4] }, Black))[0].Estimate!;

        Assert.Equal([1.0, -2, 3, 4], estimate.Confidence!.Value.Select(c => c.MeanLogConfidence!.Value));
    }

    [Theory]
    [InlineData("0,1", "0,0,0", "1,1,1", "rgb", 51.0 / 255)]
    [InlineData("-1,1", "0,0,0", "1,1,1", "rgb", -0.6)]
    [InlineData("0,255", "0,0,0", "1,1,1", "rgb", 51)]
    [InlineData("0,1", "0.5,0,0", "0.25,1,1", "rgb", (51.0 / 255 - 0.5) / 0.25)]
    [InlineData("0,1", "0,0,0.5", "1,1,0.25", "bgr", (51.0 / 255 - 0.5) / 0.25)]
    public async Task Images_get_the_numbers_the_metadata_asks_for(string range, string mean, string std, string channels, double red)
    {
        // Green and blue are the pixel next to 0 after normalisation, so the model's mean is about a third of the red number.
        byte[] pixels = new byte[3 * 6 * 4 * 2];
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (51, Zero(range), Zero(range));
        PoseModelFile model = new()
        {
            Poses = [SE3.Identity, SE3.Identity],
            Shape = (-1, 2, 4, 6),
            Metadata = { ["geoalign.image.range"] = range, ["geoalign.image.mean"] = mean, ["geoalign.image.std"] = std, ["geoalign.image.channels"] = channels },
        };

        PoseEstimate estimate = (await Estimate(model, new VideoFrames(pixels, 6, 4, 2, 16)))[0].Estimate!;

        double zero = range == "-1,1" ? 2 * (127.0 / 255) - 1 : 0;
        Assert.Equal((red + 2 * zero) / 3, estimate.ReferenceResidual.Translation.X, 1e-4 * Math.Max(1, Math.Abs(red)));
        Assert.Equal(3 * estimate.ReferenceResidual.Translation.X, estimate.ReferenceResidual.Translation.Z, 1e-3 * Math.Max(1, Math.Abs(red)));
    }

    [Fact]
    public async Task Weights_in_a_file_beside_the_model_are_found()
    {
        using TemporaryFolder folder = new();
        byte[] shift = [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64];           // 1, 2, 3
        File.WriteAllBytes(folder.File("weights.bin"), shift);
        OnnxGraph graph = new OnnxGraph().Metadata("geoalign.contract", "pose-estimator/1");
        string mean = graph.Mean(graph.Input("images", OnnxGraph.Float32, -1, -1, 3, 4, 6), 2, 3, 4);
        string column = graph.Unsqueeze(mean, -1);
        graph.Output("cam_quats", graph.Add(graph.Multiply(column, graph.Constant([4], 0, 0, 0, 0)), graph.Constant([4], 0, 0, 0, 1)), 3);
        graph.Output("cam_trans", graph.Add(column, graph.ExternalConstant([3], "weights.bin")), 3);
        graph.Save(folder.File("model.onnx"));

        using OnnxPoseEstimator estimator = new(folder.File("model.onnx"));
        PoseEstimationResult result = (await estimator.EstimateAsync([Black]))[0];

        Assert.Equal(new Vector3d(1, 2, 3), result.Estimate!.ReferenceResidual.Translation);
    }

    private static byte Zero(string range) => range == "-1,1" ? (byte)127 : (byte)0;

    private static SE3 Exported(SE3 cameraToWorld, string direction, string axes)
    {
        SE3 pose = axes == "opengl" ? AxisConventions.OpenGlFromOpenCv(cameraToWorld) : cameraToWorld;
        return direction == "w2c" ? pose.Inverse() : pose;
    }

    private static PoseEstimate IsPath(IReadOnlyList<PoseEstimationResult> results, double scale)
    {
        PoseEstimate estimate = results[0].Estimate!;
        for (int i = 0; i < Path.Length; i++)
        {
            SE3 expected = Path[0].Inverse() * Path[i];
            Assert.Equal(0, Vector3d.Distance(scale * expected.Translation, estimate.Trajectory[i].Translation), 2e-6 * scale);
            Assert.Equal(0, SO3.GeodesicDistance(expected.Rotation, estimate.Trajectory[i].Rotation), 1e-6);
        }

        return estimate;
    }

    private static async Task<IReadOnlyList<PoseEstimationResult>> Estimate(PoseModelFile model, VideoFrames video)
    {
        using TemporaryFolder folder = new();
        model.Save(folder.File("model.onnx"));
        using OnnxPoseEstimator estimator = new(folder.File("model.onnx"), new() { Model = new() { Session = new() { IntraOpThreads = 1 } } });
        return await estimator.EstimateAsync([video]);
    }
}
