using GeoAlign.Geometry;
using GeoAlign.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class MapAnythingPoseEstimatorTests
{
    private static readonly MapAnythingPoseEstimatorOptions Tiny = new()
    {
        Config = MapAnythingFixture.Config("v11"),
        ImageSize = NetworkImageSize.Fixed(20, 12, 4),
    };

    [Fact]
    public async Task Agrees_with_the_onnx_engine_on_the_same_weights()
    {
        using MapAnythingPoseEstimator native = Load(Tiny with { Confidence = true });
        using OnnxPoseEstimator onnx = new(Repository.Fixture("mapanything", "pose_tiny_conf.onnx"));
        VideoFrames[] videos = [Video(1, 40, 24, 4), Video(2, 33, 31, 3), Video(3, 40, 24, 4)];

        IReadOnlyList<PoseEstimationResult> found = await native.EstimateAsync(videos), expected = await onnx.EstimateAsync(videos);

        Assert.True(native.IsMetric && onnx.IsMetric);
        for (int i = 0; i < videos.Length; i++)
        {
            (PoseEstimate a, PoseEstimate b) = (expected[i].Estimate!, found[i].Estimate!);
            Assert.Equal([.. a.Frames], (int[])[.. b.Frames]);
            Assert.Equal(a.MetricScale!.Value, b.MetricScale!.Value, 1e-4);
            for (int frame = 0; frame < videos[i].FrameCount; frame++)
            {
                Near.Equal(Numbers(a.ReferenceResidual * a.Trajectory[frame]), Numbers(b.ReferenceResidual * b.Trajectory[frame]), 1e-4, 1e-4, $"video {i}, frame {frame}");
                Assert.Equal(a.Confidence!.Value[frame].MeanLogConfidence!.Value, b.Confidence!.Value[frame].MeanLogConfidence!.Value, 1e-3);
                Assert.Equal(a.Confidence!.Value[frame].ValidFraction!.Value, b.Confidence!.Value[frame].ValidFraction!.Value, 1e-9);
            }
        }

        static double[] Numbers(SE3 pose)
        {
            Matrix3d r = pose.Rotation.ToMatrix();
            return [r.M00, r.M01, r.M02, pose.Translation.X, r.M10, r.M11, r.M12, pose.Translation.Y, r.M20, r.M21, r.M22, pose.Translation.Z];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(100)]
    public async Task Videos_keep_their_order_and_their_own_numbers_in_any_batch(int maxViewsPerRun)
    {
        using MapAnythingPoseEstimator alone = Load(Tiny with { MaxViewsPerRun = 1 }), batched = Load(Tiny with { MaxViewsPerRun = maxViewsPerRun });
        VideoFrames[] videos = [Video(1, 20, 12, 2), Video(2, 25, 12, 2), Video(3, 20, 12, 3), Video(4, 20, 12, 2), Video(5, 20, 12, 1)];

        IReadOnlyList<PoseEstimationResult> together = await batched.EstimateAsync(videos);

        for (int i = 0; i < videos.Length; i++)
        {
            PoseEstimate expected = (await alone.EstimateAsync([videos[i]]))[0].Estimate!, found = together[i].Estimate!;
            Assert.Equal([.. expected.Frames], (int[])[.. found.Frames]);
            Assert.Equal(expected.MetricScale!.Value, found.MetricScale!.Value, 1e-5);
            for (int frame = 0; frame < expected.Trajectory.Count; frame++)
                Assert.Equal(0, Vector3d.Distance(expected.Trajectory[frame].Translation, found.Trajectory[frame].Translation), 1e-4);
            Assert.Null(found.Confidence);
        }

        Assert.Empty(await batched.EstimateAsync([]));
    }

    [Fact]
    public void Number_that_is_not_finite_fails_its_own_video_only()
    {
        using MapAnythingPoseEstimator estimator = Load(Tiny);
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case2");
        float[] images = golden["in.images"].Floats();
        images[3] = float.NaN;

        PoseEstimationResult[] results = estimator.Estimate(images, 2, 2, new(20, 20), default);

        Assert.Contains("scale factor NaN", results[0].Reason, StringComparison.Ordinal);
        double[] expected = golden["out.cam_trans"].Row(1).ToArray();
        PoseEstimate second = results[1].Estimate!;
        Vector3d t = (second.ReferenceResidual * second.Trajectory[1]).Translation;
        Near.Equal(expected.AsSpan(3), (ReadOnlySpan<double>)[t.X, t.Y, t.Z], 1e-4, 1e-4);
        Assert.Equal(golden["out.metric_scaling_factor"].Values[1], second.MetricScale!.Value, 1e-4);
    }

    [Fact]
    public async Task Guards_turn_bad_numbers_into_failures()
    {
        VideoFrames video = Video(1, 20, 12, 3);
        using MapAnythingPoseEstimator scaled = Load(Tiny with { Guards = new() { MinMetricScale = 900 } });
        MapAnythingNetwork turned = MapAnythingFixture.Load("v11", dense: false);
        using (no_grad())
        {
            foreach ((string name, TorchSharp.Modules.Parameter weight) in turned.named_parameters())
                if (name.StartsWith("pose_head.fc_rot.", StringComparison.Ordinal)) weight.mul_(1e-6);
        }

        using MapAnythingPoseEstimator undirected = new(turned, Tiny), bold = new(MapAnythingFixture.Load("v11", dense: false), Tiny with { MinQuaternionLength = 0 });

        Assert.Contains("scale factor", (await scaled.EstimateAsync([video]))[0].Reason, StringComparison.Ordinal);
        Assert.Matches("frame 0, the reference view: quaternion of length .*E-0[5-7]", (await undirected.EstimateAsync([video]))[0].Reason);
        Assert.True((await bold.EstimateAsync([video]))[0].Succeeded);
    }

    [Fact]
    public async Task Cancelled_before_the_start_nothing_runs()
    {
        using MapAnythingPoseEstimator estimator = Load(Tiny);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await estimator.EstimateAsync([Video(1, 20, 12, 2)], new CancellationToken(true)));
    }

    [Fact]
    public async Task Opens_a_folder_with_its_settings()
    {
        using TemporaryFolder folder = new();
        TinyMapAnything.Write(folder.Path);
        MapAnythingPoseEstimatorOptions options = new() { ImageSize = NetworkImageSize.Fixed(42, 28, 14) };
        using MapAnythingPoseEstimator fromFolder = MapAnythingPoseEstimator.Load(folder.Path, options);
        using MapAnythingPoseEstimator fromFile = MapAnythingPoseEstimator.Load(folder.File("model.safetensors"), options);
        using MapAnythingPoseEstimator given = MapAnythingPoseEstimator.Load(folder.Path, options with { Config = TinyMapAnything.Config });

        Assert.Equal(given.Identity, fromFolder.Identity);
        Assert.Equal(given.Identity, fromFile.Identity);
        Assert.True((await fromFolder.EstimateAsync([Video(1, 60, 40, 3)]))[0].Succeeded);
        Assert.Throws<ArgumentException>(() => MapAnythingPoseEstimator.Load(folder.Path, options with { Confidence = true }));
    }

    [Fact]
    public void Identity_changes_with_the_checkpoint_and_with_what_changes_estimates()
    {
        string[] identities =
        [
            IdentityOf(Tiny), IdentityOf(Tiny with { Type = ScalarType.BFloat16 }), IdentityOf(Tiny with { Confidence = true }),
            IdentityOf(Tiny with { ImageSize = NetworkImageSize.Fixed(24, 12, 4) }), IdentityOf(Tiny with { Guards = new() { MaxMetricScale = double.PositiveInfinity } }),
            IdentityOf(Tiny with { Guards = new() { MaxTranslationMetresPerView = 2 } }),
            IdentityOf(Tiny with { Config = MapAnythingFixture.Config("v1") }, "v1"),
        ];

        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.Equal(identities[0], IdentityOf(Tiny));
        Assert.Equal(identities[0], IdentityOf(Tiny with { MaxViewsPerRun = 3, MaxAttentionScores = 1000 }));

        static string IdentityOf(MapAnythingPoseEstimatorOptions options, string release = "v11")
        {
            using MapAnythingPoseEstimator estimator = MapAnythingPoseEstimator.Load(MapAnythingFixture.WeightsPath(release), options);
            return estimator.Identity;
        }
    }

    [Fact]
    public async Task Is_a_part_that_stages_move()
    {
        using MapAnythingPoseEstimator estimator = Load(Tiny);
        DeviceStages stages = new(offload: true);
        VideoFrames video = Video(1, 20, 12, 3);
        SE3 before = (await estimator.EstimateAsync([video]))[0].Estimate!.Trajectory[2];

        stages.Add(estimator, WorkStage.Reward);
        SE3 after = stages.Run(WorkStage.Reward, () => estimator.EstimateAsync([video]).AsTask().GetAwaiter().GetResult()[0].Estimate!.Trajectory[2]);

        Assert.Equal("MapAnything", estimator.Name);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Moves_its_weights_to_another_device()
    {
        using MapAnythingPoseEstimator estimator = Load(Tiny);
        Assert.Equal(DeviceType.CPU, estimator.Device.type);

        estimator.MoveTo(META);

        Assert.Equal(DeviceType.META, estimator.Device.type);
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        string path = MapAnythingFixture.WeightsPath("v11");

        Assert.Contains("MaxViewsPerRun is 0, must be ≥ 1; MaxAttentionScores is 0, must be ≥ 1; MinQuaternionLength is NaN",
            Refused(Tiny with { MaxViewsPerRun = 0, MaxAttentionScores = 0, MinQuaternionLength = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("Type is Int64", Refused(Tiny with { Type = ScalarType.Int64 }), StringComparison.Ordinal);
        Assert.Contains("patches of 4", Refused(Tiny with { ImageSize = null }), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => MapAnythingPoseEstimator.Load(path + ".none", Tiny));

        string Refused(MapAnythingPoseEstimatorOptions options) =>
            Assert.Throws<ArgumentException>(() => MapAnythingPoseEstimator.Load(path, options)).Message;
    }

    [Fact]
    public async Task Sees_only_the_frames_of_the_policy()
    {
        using MapAnythingPoseEstimator inner = Load(Tiny);
        SubsampledPoseEstimator estimator = new(inner, FrameSubsampling.EveryFrame(3));
        VideoFrames video = Video(9, 20, 12, 8);

        PoseEstimate found = (await estimator.EstimateAsync([video]))[0].Estimate!;
        PoseEstimate expected = (await inner.EstimateAsync([video.Select([0, 3, 6])]))[0].Estimate!;

        Assert.Equal([0, 3, 6], (int[])[.. found.Frames]);
        Assert.Equal([1, 2, 4, 5, 7], (int[])[.. found.OmittedFrames]);
        for (int i = 0; i < 3; i++)
            Assert.Equal(0, Vector3d.Distance(expected.Trajectory[i].Translation, found.Trajectory[i].Translation), 1e-6);
        Assert.Equal(expected.MetricScale, found.MetricScale);
    }

    private static MapAnythingPoseEstimator Load(MapAnythingPoseEstimatorOptions options) =>
        MapAnythingPoseEstimator.Load(MapAnythingFixture.WeightsPath("v11"), options);

    private static VideoFrames Video(int seed, int width, int height, int frames)
    {
        byte[] pixels = new byte[3 * width * height * frames];
        new Random(seed).NextBytes(pixels);
        return new VideoFrames(pixels, width, height, frames, 16);
    }
}
