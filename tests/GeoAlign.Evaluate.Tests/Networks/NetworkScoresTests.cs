using GeoAlign.Evaluate.Tests.Artefacts;
using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Rewards.Tests.Onnx;

namespace GeoAlign.Evaluate.Tests.Networks;

public class NetworkScoresTests
{
    private static readonly string[] Figures =
    [
        MetricCatalogue.Subject, MetricCatalogue.Background, MetricCatalogue.Aesthetic, MetricCatalogue.Imaging, MetricCatalogue.Smoothness, MetricCatalogue.Dynamic,
        MetricCatalogue.Quality, MetricCatalogue.MEt3R, MetricCatalogue.DynMEt3R,
    ];

    [Fact]
    public async Task Without_networks_every_figure_is_missing_and_says_what_it_needs()
    {
        using TemporaryFolder files = new();

        CaseScores scores = await ScoreAsync(files, []);

        Assert.True(scores.IsEmpty);
        Assert.Equal(Figures.Order(StringComparer.Ordinal), scores.Missing.Keys);
        Assert.Equal("not computed: no network given (--network features=FILE, --network points=FILE)", scores.Missing[MetricCatalogue.MEt3R]);
    }

    [Fact]
    public async Task A_figure_is_computed_once_for_a_video_and_a_network()
    {
        using TemporaryFolder files = new();
        FakeNetwork imaging = FakeNetwork.Constant(40);

        double first = (await ScoreAsync(files, new() { [NetworkRole.Imaging] = imaging }))[MetricCatalogue.Imaging]!.Value;
        int runs = imaging.Runs.Count;
        double second = (await ScoreAsync(files, new() { [NetworkRole.Imaging] = imaging }))[MetricCatalogue.Imaging]!.Value;

        Assert.Equal((0.4, 0.4), (first, second));
        Assert.Equal(runs, imaging.Runs.Count);
    }

    [Fact]
    public async Task A_network_that_cannot_answer_costs_its_figure_only()
    {
        using TemporaryFolder files = new();

        CaseScores scores = await ScoreAsync(files, new()
        {
            [NetworkRole.Imaging] = FakeNetwork.Constant(40), [NetworkRole.Aesthetic] = new FakeNetwork(_ => throw new InvalidOperationException("out of memory")),
            [NetworkRole.Features] = FakeNetwork.Pixels(), [NetworkRole.Depth] = FakeNetwork.Map(2), [NetworkRole.Moving] = FakeNetwork.Map(0),
        });

        Assert.Equal(0.4, scores[MetricCatalogue.Imaging]);
        Assert.Equal("out of memory", scores.Missing[MetricCatalogue.Aesthetic]);
        Assert.Contains("no intrinsics", scores.Missing[MetricCatalogue.DynMEt3R], StringComparison.Ordinal);
    }

    [Fact]
    public void An_onnx_file_answers_for_its_frames()
    {
        using TemporaryFolder files = new();
        OnnxGraph graph = new();
        graph.Output("features", graph.Mean(graph.Input("images", OnnxGraph.Float32, -1, 3, -1, -1), 2, 3), rank: 2);
        graph.Save(files.At("mean.onnx"));
        using OnnxFrameNetwork network = new(files.At("mean.onnx"), "CPU", 1);

        NetworkTensor tensor = network.Run([new PlanarImage(new(2, 1), new float[] { 1, 3, 0, 0, 5, 7 }), new PlanarImage(new(2, 1), new float[] { 1, 1, 2, 2, 3, 3 })], CancellationToken.None);

        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([2, 0, 6, 1, 2, 3], tensor.Values);
        Assert.Equal([1, 2, 3], tensor.Item(1).ToArray());
    }

    [Fact]
    public void Files_that_are_no_frame_network_and_unknown_roles_are_refused()
    {
        using TemporaryFolder files = new();

        Assert.Throws<InvalidDataException>(() => new OnnxFrameNetwork(Repository.Fixture("mapanything", "pose_tiny_only.onnx"), "CPU", 1));      // rank 5
        Assert.Throws<InvalidDataException>(() => new OnnxFrameNetwork(files.Write("no network", "n.onnx"), "CPU", 1));
        Assert.Throws<FileNotFoundException>(() => NetworkSet.Open([$"depth={files.At("none.onnx")}"], new EvaluateOptions()));
        Assert.Throws<UsageException>(() => NetworkSet.Open(["taste=n.onnx"], new EvaluateOptions()));
        Assert.Throws<UsageException>(() => NetworkSet.Open(["3=n.onnx"], new EvaluateOptions()));
    }

    [Fact]
    public async Task A_failure_is_not_kept_and_the_figure_is_computed_the_next_time()
    {
        using TemporaryFolder files = new();
        bool isBusy = true;
        FakeNetwork imaging = new(frames => isBusy ? throw new InvalidOperationException("out of memory") : new NetworkTensor([.. frames.Select(_ => 40f)], [frames.Count]));

        CaseScores busy = await ScoreAsync(files, new() { [NetworkRole.Imaging] = imaging });
        isBusy = false;
        CaseScores free = await ScoreAsync(files, new() { [NetworkRole.Imaging] = imaging });

        Assert.Equal([MetricCatalogue.Imaging], busy.Failed);
        Assert.Equal("out of memory", busy.Missing[MetricCatalogue.Imaging]);
        Assert.Equal(0.4, free[MetricCatalogue.Imaging]);
        Assert.Empty(free.Failed);
    }

    [Fact]
    public async Task Depths_and_masks_of_ViPE_give_Dyn_MEt3R_and_what_they_lack_is_named()
    {
        using TemporaryFolder files = new();
        CameraTrajectory path = new([.. Enumerable.Range(0, 5).Select(i => new SE3(SO3.Identity, new(-0.01 * i, 0, 0)))]);
        SceneFiles scene = new(SceneOnDisk.Write(files, "vipe", "v_camera_1_speed_1.0", path, 16, 8, (_, _, _) => 2, (_, x, _) => (byte)(x == 0 ? 1 : 0)));
        Dictionary<NetworkRole, IFrameNetwork> features = new() { [NetworkRole.Features] = FakeNetwork.Pixels() };

        CaseScores without = await ScoreAsync(files, features), with = await ScoreAsync(files, features, scene);
        File.Delete(scene.Masks);
        CaseScores noMasks = await ScoreAsync(files, features, scene);
        CaseScores masksOfANetwork = await ScoreAsync(files, new(features) { [NetworkRole.Moving] = FakeNetwork.Map(0) }, scene);
        File.WriteAllText(scene.Depth, "no zip");
        CaseScores damaged = await ScoreAsync(files, new(features) { [NetworkRole.Moving] = FakeNetwork.Map(0) }, scene);

        Assert.Contains("neither --network depth=FILE nor ViPE's depth/NAME.zip", without.Missing[MetricCatalogue.DynMEt3R], StringComparison.Ordinal);
        Assert.NotNull(with[MetricCatalogue.DynMEt3R]);
        Assert.Contains("mask/NAME.zip", noMasks.Missing[MetricCatalogue.DynMEt3R], StringComparison.Ordinal);
        Assert.NotNull(masksOfANetwork[MetricCatalogue.DynMEt3R]);
        Assert.NotEqual(with[MetricCatalogue.DynMEt3R], masksOfANetwork[MetricCatalogue.DynMEt3R]);
        Assert.Contains(scene.Depth, damaged.Missing[MetricCatalogue.DynMEt3R], StringComparison.Ordinal);
        Assert.Contains(MetricCatalogue.DynMEt3R, damaged.Failed);
    }

    private static async Task<CaseScores> ScoreAsync(TemporaryFolder files, Dictionary<NetworkRole, IFrameNetwork> networks, SceneFiles? scene = null)
    {
        string video = files.At("v_camera_1_speed_1.0.mp4");
        if (!File.Exists(video)) await ClipFiles.WriteAsync(video, 5);
        PlannedCase one = new(new MethodSource("a", files.Root), new("v", CameraMove.PanRight, 1), video, null, null);
        EstimatedPath path = EstimatedPath.Of(new CameraTrajectory([SE3.Identity, SE3.Identity]), [0, 1], 5, isMetric: true);
        CaseScores scores = new();
        await new NetworkScores(new NetworkSet(networks), new EvaluationCache(files.At("cache")), null).AddToAsync(scores, one, path, scene, CancellationToken.None);
        return scores;
    }
}
