using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Onnx;

/// <summary>The four tiny networks against the numbers of the reference network.</summary>
public class GoldenModelsTests
{
    private const double Tolerance = 1e-4;

    /// <summary>What the model without metadata needs to be told.</summary>
    private static readonly OnnxPoseModelOptions WithoutMetadata = new()
    {
        Conventions = new() { InputName = "input", Direction = PoseDirection.WorldToCamera, Scale = TranslationScale.Relative },
    };

    [Theory]
    [InlineData("pose_tiny_conf", 3)]
    [InlineData("pose_tiny_only", 3)]
    public void Quaternions_translations_and_scale_match(string name, int cases)
    {
        using OnnxPoseModel model = OnnxPoseModel.Open(Repository.Fixture("mapanything", $"{name}.onnx"));
        FixtureTensors io = FixtureTensors.Load("mapanything", $"{name}_io.safetensors");

        for (int k = 0; k < cases; k++)
        {
            PoseModelOutput output = Run(model, io[$"case{k}.images"]);

            Assert.Equal(PoseFormat.QuaternionXyzw, output.Format);
            Near.Equal(io[$"case{k}.cam_quats"].Values, output.Rotations.Span, Tolerance, what: $"case {k} quaternions");
            Near.Equal(io[$"case{k}.cam_trans"].Values, output.Translations.Span, Tolerance, what: $"case {k} translations");
            Near.Equal(io[$"case{k}.metric_scaling_factor"].Values, output.MetricScale.Span, Tolerance, what: $"case {k} scale");
        }
    }

    [Fact]
    public void Confidence_maps_match_and_become_one_number_per_frame()
    {
        using OnnxPoseModel model = OnnxPoseModel.Open(Repository.Fixture("mapanything", "pose_tiny_conf.onnx"));
        FixtureTensors io = FixtureTensors.Load("mapanything", "pose_tiny_conf_io.safetensors");

        for (int k = 0; k < 3; k++)
        {
            FixtureTensor conf = io[$"case{k}.conf"], valid = io[$"case{k}.valid_mask"];
            PoseModelOutput output = Run(model, io[$"case{k}.images"]);

            Near.Equal(conf.Values, output.Confidence.Span, Tolerance, what: $"case {k} confidence");
            Near.Equal(valid.Values, output.ValidMask.Span, Tolerance, what: $"case {k} mask");
            int pixels = conf.Shape[2] * conf.Shape[3];
            for (int scene = 0; scene < output.Scenes; scene++)
            {
                ImmutableArray<FrameConfidence> frames = PoseModelDecoder.Confidence(output, scene)!.Value;
                for (int f = 0; f < output.Frames; f++)
                {
                    int start = (scene * output.Frames + f) * pixels;
                    double[] logits = [.. Enumerable.Range(start, pixels).Where(i => valid.Values[i] > 0.5).Select(i => Math.Log(conf.Values[i] - 1))];
                    Assert.Equal((double)logits.Length / pixels, frames[f].ValidFraction!.Value, 2.0 / pixels);
                    if (logits.Length > 0) Assert.Equal(logits.Average(), frames[f].MeanLogConfidence!.Value, 0.01);
                }
            }
        }
    }

    [Fact]
    public void World_to_camera_matrices_become_camera_to_world_poses()
    {
        using OnnxPoseModel model = OnnxPoseModel.Open(Repository.Fixture("mapanything", "pose_tiny_w2c_matrix.onnx"));

        Assert.Equal(TranslationScale.Relative, model.Conventions.Scale);
        CameraToWorldMatches(model, "pose_tiny_w2c_matrix", "images");
    }

    [Fact]
    public void Model_without_batch_axis_and_metadata_runs_under_explicit_conventions()
    {
        using OnnxPoseModel model = OnnxPoseModel.Open(Repository.Fixture("mapanything", "pose_tiny_rank4_nometa.onnx"), WithoutMetadata);

        Assert.False(model.HasBatchAxis);
        CameraToWorldMatches(model, "pose_tiny_rank4_nometa", "input");
    }

    [Fact]
    public void Model_without_metadata_is_refused_without_explicit_conventions()
    {
        string path = Repository.Fixture("mapanything", "pose_tiny_rank4_nometa.onnx");

        PoseModelException error = Assert.Throws<PoseModelException>(() => OnnxPoseModel.Open(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("geoalign.contract", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimator_prepares_frames_runs_batches_and_anchors_to_the_first_view()
    {
        string path = Repository.Fixture("mapanything", "pose_tiny_only.onnx");
        Random rng = new(11);
        VideoFrames[] videos = [Videos.Noise(rng, 40, 24, 3), Videos.Noise(rng, 48, 32, 5), Videos.Noise(rng, 40, 24, 3), Videos.Noise(rng, 24, 16, 3)];
        using OnnxPoseEstimator estimator = new(path);
        using OnnxPoseModel model = OnnxPoseModel.Open(path);
        PoseModelDecoder decoder = new(model.Conventions, new PoseGuards());

        IReadOnlyList<PoseEstimationResult> together = await estimator.EstimateAsync(videos);

        Assert.True(estimator.IsMetric);
        for (int i = 0; i < videos.Length; i++)
        {
            VideoFrames video = videos[i];
            FramePreprocessor preprocessor = new(new(video.WidthPixels, video.HeightPixels), new(24, 16), ResizeMode.CoverLanczosBicubic, PixelNormalisation.ImageNet);
            float[] images = new float[video.FrameCount * 3 * 24 * 16];
            for (int f = 0; f < video.FrameCount; f++) preprocessor.Write(video.Frame(f), images.AsSpan(f * 1152, 1152));
            SE3[] poses = [.. decoder.CameraToWorld(model.Run(images, 1, video.FrameCount, new(24, 16)), 0).Select(p => p.Pose)];
            CameraTrajectory expected = new CameraTrajectory(poses).RelativeToFirst();
            PoseEstimate estimate = together[i].Estimate!;

            Assert.Equal(video.FrameCount, estimate.Trajectory.Count);
            Assert.Equal(SE3.Identity, estimate.Trajectory[0]);
            Assert.True(estimate.IsMetric);
            Assert.NotNull(estimate.MetricScale);
            Assert.Equal(0, Vector3d.Distance(poses[0].Translation, estimate.ReferenceResidual.Translation), 1e-4);
            for (int f = 0; f < video.FrameCount; f++)
            {
                Assert.Equal(0, Vector3d.Distance(expected[f].Translation, estimate.Trajectory[f].Translation), Tolerance);
                Assert.Equal(0, SO3.GeodesicDistance(expected[f].Rotation, estimate.Trajectory[f].Rotation), Tolerance);
            }
        }
    }

    [Fact]
    public async Task Videos_of_a_model_without_batch_axis_run_one_by_one()
    {
        using OnnxPoseEstimator estimator = new(Repository.Fixture("mapanything", "pose_tiny_rank4_nometa.onnx"), new() { Model = WithoutMetadata });
        Random rng = new(3);
        VideoFrames a = Videos.Noise(rng, 6, 10, 4), b = Videos.Noise(rng, 6, 10, 4);

        IReadOnlyList<PoseEstimationResult> both = await estimator.EstimateAsync([a, b]);
        IReadOnlyList<PoseEstimationResult> second = await estimator.EstimateAsync([b]);

        Assert.False(estimator.IsMetric);
        Assert.False(both[1].Estimate!.IsMetric);
        Assert.Equal(second[0].Estimate!.Trajectory, both[1].Estimate!.Trajectory);
        Assert.NotEqual(both[0].Estimate!.Trajectory[1], both[1].Estimate!.Trajectory[1]);
    }

    [Fact]
    public void Reward_in_metres_refuses_a_relative_model()
    {
        using OnnxPoseEstimator estimator = new(Repository.Fixture("mapanything", "pose_tiny_w2c_matrix.onnx"));

        Assert.Throws<ArgumentException>(() => new GeometryReward(estimator));
    }

    [Fact]
    public async Task Geometry_reward_scores_videos_through_the_network()
    {
        using OnnxPoseEstimator estimator = new(Repository.Fixture("mapanything", "pose_tiny_conf.onnx"));
        VideoFrames video = Videos.Noise(new Random(4), 20, 12, 5);
        PoseEstimate estimate = (await estimator.EstimateAsync([video]))[0].Estimate!;
        GeometryReward reward = new(estimator);

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync(
            [new() { Frames = video, Target = estimate.Trajectory }, new() { Frames = video, Target = new([.. Enumerable.Repeat(SE3.Identity, 5)]) }]);

        Assert.Equal(0, scores[0][0].Value, 1e-5);
        Assert.Equal(0, scores[0][1].Value, 1e-5);
        Assert.True(scores[1][0].Value < -1e-3);
        Assert.NotNull(estimate.Confidence);
    }

    private static PoseModelOutput Run(OnnxPoseModel model, FixtureTensor images)
    {
        int[] s = images.Shape;
        return model.Run(images.Floats(), s.Length == 5 ? s[0] : 1, s[^4], new ImageSize(s[^1], s[^2]));
    }

    private static void CameraToWorldMatches(OnnxPoseModel model, string name, string inputName)
    {
        FixtureTensors io = FixtureTensors.Load("mapanything", $"{name}_io.safetensors");
        PoseModelDecoder decoder = new(model.Conventions, new PoseGuards());
        for (int k = 0; k < 2; k++)
        {
            PoseModelOutput output = Run(model, io[$"case{k}.{inputName}"]);
            Near.Equal(io[$"case{k}.extrinsics"].Values, output.Rotations.Span, Tolerance, what: "extrinsics");

            double[] expected = io[$"case{k}.expected_c2w"].Values;
            for (int scene = 0; scene < output.Scenes; scene++)
            {
                NetworkPose[] poses = decoder.CameraToWorld(output, scene);
                for (int f = 0; f < poses.Length; f++)
                {
                    double[] rows = new double[12];
                    poses[f].Pose.CopyToRowMajor3x4(rows);
                    Near.Equal(expected.AsSpan(16 * (scene * output.Frames + f), 12), rows, Tolerance, what: $"case {k} scene {scene} frame {f}");
                }
            }
        }
    }
}
