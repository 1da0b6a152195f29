using GeoAlign.Evaluate.Tests.Artefacts;
using GeoAlign.Evaluate.Tests.Networks;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Running;

public sealed class EvaluationRunTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_second_run_scores_nothing_again_and_gives_the_same_results()
    {
        EvaluationSettings settings = await SettingsAsync();
        CountingPaths first = new(), second = new();

        IReadOnlyList<CaseResult> before = await RunAsync(settings, first), after = await RunAsync(settings, second);

        Assert.Equal((3, 0), (first.Calls, second.Calls));
        Assert.Equal(before.Select(r => r.Scores.Values.Values), after.Select(r => r.Scores.Values.Values));
        Assert.Equal([CaseStatus.Scored, CaseStatus.Scored, CaseStatus.Missing, CaseStatus.Scored], after.Select(r => r.Status));
        Assert.All(after.Where(r => r.Status == CaseStatus.Scored), r => Assert.Equal((9, 9, 9), (r.Frames, r.ExpectedFrames, r.FramesWithPose)));
    }

    [Fact]
    public async Task Figures_can_be_computed_again_from_the_poses_that_were_kept()
    {
        EvaluationSettings settings = await SettingsAsync();
        await RunAsync(settings, new CountingPaths());
        CountingPaths again = new();

        IReadOnlyList<CaseResult> results = await RunAsync(settings with { Again = true }, again);

        Assert.Equal(0, again.Calls);
        Assert.Equal(3, results.Count(r => r.Status == CaseStatus.Scored));
        Assert.Equal(3, File.ReadAllLines(settings.ResultsFile).Length);
    }

    [Fact]
    public async Task A_video_that_is_gone_since_the_plan_fails_alone()
    {
        EvaluationSettings settings = await SettingsAsync();
        File.Delete(_files.At("a", "v1_camera_5_speed_1.0.mp4"));
        File.CreateSymbolicLink(_files.At("a", "v1_camera_5_speed_1.0.mp4"), _files.At("nowhere"));

        IReadOnlyList<CaseResult> results = await RunAsync(settings, new CountingPaths());

        Assert.Equal(CaseStatus.Failed, results[1].Status);
        Assert.Equal(2, results.Count(r => r.Status == CaseStatus.Scored));
    }

    [Fact]
    public async Task Another_estimator_a_changed_video_and_other_settings_are_scored_anew()
    {
        EvaluationSettings settings = await SettingsAsync();
        await RunAsync(settings, new CountingPaths());
        CountingPaths other = new() { Identity = "counting 2" }, changed = new(), total = new();

        await RunAsync(settings, other);
        await ClipFiles.WriteAsync(_files.At("a", "v1_camera_1_speed_1.0.mp4"), 9, seed: 9);
        await RunAsync(settings, changed);
        IReadOnlyList<CaseResult> results = await RunAsync(settings with { Motion = RetimedMotion.SameTotal }, total);

        Assert.Equal((3, 1, 0), (other.Calls, changed.Calls, total.Calls));
        Assert.True(results[1].Scores[MetricCatalogue.PathRatio] < 0.2);                 // the same poses against a longer target
    }

    [Fact]
    public async Task A_case_that_fails_has_its_reason_stops_no_other_and_is_tried_again()
    {
        EvaluationSettings settings = await SettingsAsync();
        CountingPaths broken = new() { Before = (video, _) => { if (video.Contains("v1_camera_5", StringComparison.Ordinal)) throw new InvalidOperationException("out of memory"); } }, mended = new();

        IReadOnlyList<CaseResult> before = await RunAsync(settings, broken), after = await RunAsync(settings, mended);

        Assert.Equal((CaseStatus.Failed, "out of memory"), (before[1].Status, before[1].Reason));
        Assert.Equal(2, before.Count(r => r.Status == CaseStatus.Scored));
        Assert.Equal(1, mended.Calls);
        Assert.Equal(3, after.Count(r => r.Status == CaseStatus.Scored));
    }

    [Fact]
    public async Task A_video_that_cannot_be_read_fails_alone()
    {
        EvaluationSettings settings = await SettingsAsync();
        _files.Write("no video", "a", "v1_camera_1_speed_1.0.mp4");

        IReadOnlyList<CaseResult> results = await RunAsync(settings, new CountingPaths());

        Assert.Equal(CaseStatus.Failed, results[0].Status);
        Assert.Contains("v1_camera_1_speed_1.0.mp4", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, results.Count(r => r.Status == CaseStatus.Scored));
    }

    [Fact]
    public async Task What_was_scored_before_a_stop_is_kept()
    {
        EvaluationSettings settings = await SettingsAsync() with { Parallel = 1 };
        using CancellationTokenSource stop = new();
        CountingPaths stopped = new() { Before = (_, call) => { if (call == 2) stop.Cancel(); } }, rest = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(settings, stopped, stop: stop.Token));
        IReadOnlyList<CaseResult> results = await RunAsync(settings, rest);

        Assert.Equal(2, rest.Calls);
        Assert.Equal(3, results.Count(r => r.Status == CaseStatus.Scored));
    }

    [Fact]
    public async Task The_expected_length_follows_the_frame_rule_and_the_limit_of_the_method()
    {
        EvaluationSettings settings = await SettingsAsync();
        await ClipFiles.WriteAsync(_files.At("conditions", "v1.mp4"), 12);

        IReadOnlyList<CaseResult> free = await RunAsync(settings, new CountingPaths());
        IReadOnlyList<CaseResult> limited = await RunAsync(settings with { Methods = [settings.Methods[0] with { MaximumFrames = 7 }] }, new CountingPaths());

        Assert.Equal((9, 5), (free[0].ExpectedFrames, limited[0].ExpectedFrames));
    }

    [Fact]
    public async Task Ready_poses_are_scored_without_a_video_and_without_an_estimator()
    {
        CameraTrajectory target = PathScores.Target(new("v", CameraMove.ZoomOut, 1), 9, RetimedMotion.SameSpeed);
        VipeFormat.Write(_files.At("vipe", "pose", "v_camera_6_speed_1.0.npz"), new RecordedTrajectory(target, hasMetricScale: true));
        EvaluationSettings settings = new()
        {
            Methods = [new("a", null, _files.At("vipe"))], Moves = [CameraMove.ZoomOut], Output = _files.At("out"), Cache = _files.At("out", "cache"),
        };

        CaseResult result = Assert.Single(await RunAsync(settings, null));

        Assert.Equal(CaseStatus.Scored, result.Status);
        Assert.InRange(result.Scores[MetricCatalogue.Translation]!.Value, 0, 1e-6);
    }

    [Fact]
    public async Task Artefacts_of_ViPE_are_part_of_what_a_result_depends_on()
    {
        string video = await ClipFiles.WriteAsync(_files.At("a", "v_camera_6_speed_1.0.mp4"), 5, seed: 5);
        CameraTrajectory path = new([.. Enumerable.Range(0, 5).Select(i => new SE3(SO3.Identity, new(-0.01 * i, 0, 0)))]);
        string name = Path.GetFileNameWithoutExtension(video);
        SceneOnDisk.Write(_files, "vipe", name, path, 16, 8, (_, _, _) => 2, (_, _, _) => 0);
        EvaluationSettings settings = new()
        {
            Methods = [new("a", _files.At("a"), _files.At("vipe"))], Moves = [CameraMove.ZoomOut], Output = _files.At("out"), Cache = _files.At("out", "cache"),
        };

        CaseResult first = await One(), again = await One();
        SceneOnDisk.Write(_files, "vipe", name, path, 16, 8, (_, x, _) => 2 + 0.2 * x, (_, _, _) => 0);
        CaseResult changed = await One();
        File.WriteAllText(_files.At("vipe", "depth", name + ".zip"), "damaged");
        CaseResult damaged = await One();
        SceneOnDisk.Write(_files, "vipe", name, path, 16, 8, (_, _, _) => 2, (_, _, _) => 0);
        CaseResult mended = await One();

        Assert.NotNull(first.Scores[MetricCatalogue.DynMEt3R]);
        Assert.Equal(first.Fingerprint, again.Fingerprint);
        Assert.NotEqual(first.Fingerprint, changed.Fingerprint);
        Assert.NotEqual(first.Scores[MetricCatalogue.DynMEt3R], changed.Scores[MetricCatalogue.DynMEt3R]);
        Assert.Equal(CaseStatus.Scored, damaged.Status);
        Assert.Contains("depth", damaged.Scores.Missing[MetricCatalogue.DynMEt3R], StringComparison.Ordinal);
        Assert.Equal(first.Scores[MetricCatalogue.DynMEt3R], mended.Scores[MetricCatalogue.DynMEt3R]);

        async Task<CaseResult> One() => Assert.Single(await RunAsync(settings, null, networks: new() { [NetworkRole.Features] = FakeNetwork.Pixels() }));
    }

    [Fact]
    public async Task Artefacts_that_the_estimator_leaves_are_used_and_the_case_is_not_scored_again()
    {
        await ClipFiles.WriteAsync(_files.At("a", "v_camera_6_speed_1.0.mp4"), 5, seed: 5);
        CameraTrajectory path = new([.. Enumerable.Range(0, 5).Select(i => new SE3(SO3.Identity, new(-0.01 * i, 0, 0)))]);
        CountingPaths source = new() { Scene = new(SceneOnDisk.Write(_files, "vipe", "v", path, 16, 8, (_, _, _) => 2, (_, _, _) => 0)) };
        EvaluationSettings settings = new() { Methods = [new("a", _files.At("a"))], Moves = [CameraMove.ZoomOut], Output = _files.At("out"), Cache = _files.At("out", "cache") };
        Dictionary<NetworkRole, IFrameNetwork> networks = new() { [NetworkRole.Features] = FakeNetwork.Pixels() };

        CaseResult first = Assert.Single(await RunAsync(settings, source, networks));
        File.Delete(source.Scene.Depth);
        CaseResult again = Assert.Single(await RunAsync(settings, source, networks));

        Assert.NotNull(first.Scores[MetricCatalogue.DynMEt3R]);
        Assert.Equal(first.Scores[MetricCatalogue.DynMEt3R], again.Scores[MetricCatalogue.DynMEt3R]);
        Assert.Equal(1, source.Calls);
    }

    [Fact]
    public async Task A_figure_that_failed_is_tried_again_without_scoring_the_others_anew()
    {
        EvaluationSettings settings = await SettingsAsync();
        bool isBusy = true;
        FakeNetwork imaging = new(frames => isBusy ? throw new InvalidOperationException("out of memory") : new NetworkTensor([.. frames.Select(_ => 40f)], [frames.Count]));
        Dictionary<NetworkRole, IFrameNetwork> networks = new() { [NetworkRole.Imaging] = imaging };

        IReadOnlyList<CaseResult> busy = await RunAsync(settings, new CountingPaths(), networks: networks);
        isBusy = false;
        CountingPaths again = new();
        IReadOnlyList<CaseResult> free = await RunAsync(settings, again, networks: networks);
        int runs = imaging.Runs.Count;
        await RunAsync(settings, again, networks: networks);

        Assert.All(busy.Where(r => r.Status == CaseStatus.Scored), r => Assert.Equal("out of memory", r.Scores.Missing[MetricCatalogue.Imaging]));
        Assert.All(free.Where(r => r.Status == CaseStatus.Scored), r => Assert.Equal(0.4, r.Scores[MetricCatalogue.Imaging]));
        Assert.Equal((0, runs), (again.Calls, imaging.Runs.Count));
    }

    // v1 and v2 with pan right and zoom in; the pan of v2 is missing.
    private async Task<EvaluationSettings> SettingsAsync()
    {
        await ClipFiles.WriteAsync(_files.At("conditions", "v1.mp4"), 9);
        await ClipFiles.WriteAsync(_files.At("conditions", "v2.mp4"), 10, seed: 1);
        await ClipFiles.WriteAsync(_files.At("a", "v1_camera_1_speed_1.0.mp4"), 9, seed: 2);
        await ClipFiles.WriteAsync(_files.At("a", "v1_camera_5_speed_1.0.mp4"), 9, seed: 3);
        await ClipFiles.WriteAsync(_files.At("a", "v2_camera_5_speed_1.0.mp4"), 9, seed: 4);
        return new()
        {
            Methods = [new("a", _files.At("a"))], Conditions = _files.At("conditions"), Moves = [CameraMove.PanRight, CameraMove.ZoomIn],
            Output = _files.At("out"), Cache = _files.At("out", "cache"), Parallel = 2,
        };
    }

    private static Task<IReadOnlyList<CaseResult>> RunAsync(
        EvaluationSettings settings, IPathSource? source, Dictionary<NetworkRole, IFrameNetwork>? networks = null, CancellationToken stop = default)
    {
        EvaluationPlan plan = EvaluationPlan.Make(settings.Methods, settings.Conditions, settings.Videos, settings.Moves, settings.Speeds);
        EvaluationCache cache = new(settings.Cache);
        NetworkScores scores = new(new NetworkSet(networks ?? []), cache, null);
        return EvaluationRun.ExecuteAsync(settings, plan, new CaseScorer(settings, cache, source, scores), cache, new ProgressLine(TextWriter.Null, plan.Cases.Count, overwrites: false), stop);
    }
}
