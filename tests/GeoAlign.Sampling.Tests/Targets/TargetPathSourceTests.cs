using GeoAlign.Geometry;

namespace GeoAlign.Sampling.Tests.Targets;

public sealed class TargetPathSourceTests : IDisposable
{
    private static readonly TargetPathOptions Options = new() { FrameCount = 21 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_path_reaches_exactly_the_drawn_top_speeds()
    {
        TargetPathSource source = new([Path("arc", CameraMove.ArcLeft)], Options);
        for (int iteration = 0; iteration < 50; iteration++)
        {
            TargetPath target = source.Draw(3, iteration, 0);

            TrajectorySpeeds speeds = TrajectorySpeeds.Of(target.Trajectory);
            Assert.Equal(target.TranslationMetresPerSecond / 16, speeds.MaximumTranslationMetresPerFrame, 1e-6);
            Assert.Equal(target.RotationDegreesPerSecond / 16 * Math.PI / 180, speeds.MaximumRotationRadiansPerFrame, 1e-6);
            Assert.InRange(target.TranslationMetresPerSecond, 0.16, 1.6);
            Assert.InRange(target.RotationDegreesPerSecond, 1.6, 19.2);
        }
    }

    [Fact]
    public void A_path_has_n_poses_starts_at_the_origin_and_keeps_its_direction()
    {
        TargetPathSource source = new([Path("forward", CameraMove.ZoomIn)], Options);

        TargetPath target = source.Draw(1, 2, 3);

        Assert.Equal(21, target.Trajectory.Count);
        Assert.Equal(SE3.Identity, target.Trajectory[0]);
        Vector3d end = target.Trajectory[20].Translation;                      // forward is +z of camera-to-world
        Assert.True(end.Z > 0.1 && Math.Abs(end.X) < 1e-9 && Math.Abs(end.Y) < 1e-9, $"{end}");
    }

    [Fact]
    public void A_pure_pan_does_not_start_to_move()
    {
        TargetPathSource source = new([Path("pan", CameraMove.PanRight)], Options);

        TargetPath target = source.Draw(1, 2, 3);

        Assert.True(target.Rescale.Guards.HasFlag(RescaleGuards.TranslationTooSlow));
        Assert.All(target.Trajectory, pose => Assert.Equal(0, pose.Translation.Length));
        Assert.True(target.TranslationMetresPerSecond > 0);                    // still drawn and logged
    }

    [Fact]
    public void Speeds_per_second_become_speeds_per_frame_of_the_given_rate()
    {
        TargetPath slow = new TargetPathSource([Path("arc", CameraMove.ArcLeft)], Options with { FrameRate = new(15) }).Draw(1, 0, 0);
        TargetPath fast = new TargetPathSource([Path("arc", CameraMove.ArcLeft)], Options with { FrameRate = new(30) }).Draw(1, 0, 0);

        Assert.Equal(slow.TranslationMetresPerSecond, fast.TranslationMetresPerSecond);
        Assert.Equal(2, TrajectorySpeeds.Of(slow.Trajectory).MaximumTranslationMetresPerFrame / TrajectorySpeeds.Of(fast.Trajectory).MaximumTranslationMetresPerFrame, 1e-6);
        Assert.Equal(2, TrajectorySpeeds.Of(slow.Trajectory).MaximumRotationRadiansPerFrame / TrajectorySpeeds.Of(fast.Trajectory).MaximumRotationRadiansPerFrame, 1e-6);
    }

    [Fact]
    public void A_draw_depends_on_its_key_alone()
    {
        TargetPathSource first = new(AllMoves(), Options), second = new(AllMoves(), Options);
        first.Draw(5, 1, 1);

        TargetPath a = first.Draw(5, 7, 2), b = second.Draw(5, 7, 2);

        Assert.Equal((a.CameraId, a.TranslationMetresPerSecond, a.RotationDegreesPerSecond), (b.CameraId, b.TranslationMetresPerSecond, b.RotationDegreesPerSecond));
        Assert.True(a.Trajectory.CameraToWorld.SequenceEqual(b.Trajectory.CameraToWorld));
        Assert.NotEqual(a.TranslationMetresPerSecond, first.Draw(6, 7, 2).TranslationMetresPerSecond);
        Assert.NotEqual(a.TranslationMetresPerSecond, first.Draw(5, 8, 2).TranslationMetresPerSecond);
        Assert.NotEqual(a.TranslationMetresPerSecond, first.Draw(5, 2, 7).TranslationMetresPerSecond);
    }

    /// <summary>Saved runs are resumed by their keys: these numbers may never change.</summary>
    [Fact]
    public void Draws_of_known_keys_stay_what_they_are()
    {
        TargetPath target = new TargetPathSource(AllMoves(), Options).Draw(20260523, 139, 11);

        Assert.Equal("PanLeft", target.CameraId);
        Assert.Equal(0.7174456850309998, target.TranslationMetresPerSecond, 1e-14);
        Assert.Equal(8.283093594620183, target.RotationDegreesPerSecond, 1e-13);
    }

    [Fact]
    public void Cameras_are_equally_likely_and_the_two_speeds_are_independent()
    {
        TargetPathSource source = new(AllMoves(), Options);
        const int draws = 2000;
        TargetPath[] targets = [.. Enumerable.Range(0, draws).Select(i => source.Draw(11, i / 4, i % 4))];

        double expected = draws / 10.0, deviation = Math.Sqrt(draws * 0.1 * 0.9);
        foreach (string id in source.CameraIds)
            Assert.InRange(targets.Count(t => t.CameraId == id), expected - 5 * deviation, expected + 5 * deviation);
        TruncatedGaussianMoments v = Options.TranslationMetresPerSecond.Moments(), w = Options.RotationDegreesPerSecond.Moments();
        Assert.Equal(v.Mean, targets.Average(t => t.TranslationMetresPerSecond), 5 * Math.Sqrt(v.Variance / draws));
        Assert.Equal(w.Mean, targets.Average(t => t.RotationDegreesPerSecond), 5 * Math.Sqrt(w.Variance / draws));
        double covariance = targets.Average(t => (t.TranslationMetresPerSecond - v.Mean) * (t.RotationDegreesPerSecond - w.Mean));
        Assert.True(Math.Abs(covariance) < 5 * Math.Sqrt(v.Variance * w.Variance / draws), $"covariance {covariance}");
    }

    [Fact]
    public void Paths_with_a_bad_pose_are_passed_over_and_named()
    {
        TargetPathSource source = new([WithJump("torn"), Path("arc", CameraMove.ArcLeft)], Options);
        TargetPath[] targets = [.. Enumerable.Range(0, 20).Select(i => source.Draw(1, i, 0))];

        Assert.All(targets, t => Assert.Equal("arc", t.CameraId));
        Assert.Contains(targets, t => t.Rejected.Count == 0);
        RejectedPath rejected = targets.First(t => t.Rejected.Count > 0).Rejected[0];
        Assert.Equal(("torn", PathRejection.TranslationJump), (rejected.CameraId, rejected.Rule));
        Assert.Contains("longest step", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void When_every_path_is_rejected_the_reasons_are_listed()
    {
        TargetPathSource source = new([WithJump("torn")], Options with { MaximumAttempts = 3 });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => source.Draw(1, 0, 0));

        Assert.StartsWith("None of 3 target paths drawn could be used: torn: The longest step", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_stands_still_is_rejected_unless_it_may()
    {
        KeyValuePair<string, CameraTrajectory> still = new("still", TrajectoryPresets.Static(21));
        TargetPathSource source = new([still, Path("arc", CameraMove.ArcLeft)], Options);
        RejectedPath[] rejected = [.. Enumerable.Range(0, 20).SelectMany(i => source.Draw(1, i, 0).Rejected)];

        Assert.NotEmpty(rejected);
        Assert.All(rejected, r => Assert.Equal(("still", PathRejection.Static), (r.CameraId, r.Rule)));
        Assert.All(new TargetPathSource([still], Options with { RejectStatic = false }).Draw(1, 0, 0).Trajectory, p => Assert.Equal(SE3.Identity, p));
    }

    [Fact]
    public void Jumps_of_rotation_and_wraps_have_rules_of_their_own()
    {
        SE3[] poses = [.. TrajectoryPresets.Pan(21, 0.2)];
        for (int i = 11; i < poses.Length; i++) poses[i] = new(SO3.Exp(new(0, 1, 0)) * poses[i].Rotation, poses[i].Translation);
        SE3[] spin = [.. Enumerable.Range(0, 21).Select(i => new SE3(SO3.Exp(new(0.01 * i, 0.2 * i, 0)), new(0, 0, 0.1 * i)))];
        TargetPathOptions strict = Options with { Rescale = RescaleOptions.Paper with { WhenRotationWraps = WrapResponse.Reject } };

        Assert.Equal([PathRejection.RotationJump], Rules(new([new("turned", new CameraTrajectory(poses)), Path("arc", CameraMove.ArcLeft)], strict)));
        Assert.Equal([PathRejection.RotationWrap], Rules(new([new("spin", new CameraTrajectory(spin)), Path("arc", CameraMove.ArcLeft)], strict)));

        static IEnumerable<PathRejection> Rules(TargetPathSource source) => Enumerable.Range(0, 20).SelectMany(i => source.Draw(1, i, 0).Rejected).Select(r => r.Rule).Distinct();
    }

    [Fact]
    public void Metric_paths_can_be_used_as_they_are_and_others_cannot()
    {
        TargetPathOptions asRecorded = Options with { Speed = TargetSpeed.AsRecorded };
        TargetPath target = new TargetPathSource(new PresetPaths([CameraMove.ArcLeft], [2]), asRecorded).Draw(1, 0, 0);

        Assert.Equal(ReDirectorTrajectory.Make(CameraMove.ArcLeft, 21, 2), target.Trajectory);
        Assert.Equal((1.0, 1.0), (target.Rescale.TranslationFactor, target.Rescale.RotationFactor));
        Assert.Equal(16 * TrajectorySpeeds.Of(target.Trajectory).MaximumTranslationMetresPerFrame, target.TranslationMetresPerSecond, 1e-12);
        Assert.Contains("not known to be metric", Assert.Throws<InvalidOperationException>(() => new TargetPathSource([Path("arc", CameraMove.ArcLeft)], asRecorded).Draw(1, 0, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draw_for_a_video_takes_the_rate_of_the_video()
    {
        TargetPathSource source = new([Path("arc", CameraMove.ArcLeft)], Options);

        TargetPath at8 = source.Draw(1, 0, 0, new FrameRate(8)), at16 = source.Draw(1, 0, 0);

        Assert.Equal((new FrameRate(8), at16.TranslationMetresPerSecond), (at8.FrameRate, at8.TranslationMetresPerSecond));
        Assert.Equal(2, TrajectorySpeeds.Of(at8.Trajectory).MaximumTranslationMetresPerFrame / TrajectorySpeeds.Of(at16.Trajectory).MaximumTranslationMetresPerFrame, 1e-6);
        Assert.Contains("half a turn per frame", Assert.Throws<ArgumentException>(() => source.Draw(1, 0, 0, new FrameRate(1, 100))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Camera_files_are_read_and_an_unknown_camera_is_named()
    {
        ReCamMasterCameras.Write(_folder["cameras.json"], AllMoves().Select((p, i) => KeyValuePair.Create($"cam{i + 1:00}", p.Value)));

        TargetPathSource all = TargetPathSource.FromReCamMasterJson(_folder["cameras.json"], Options);
        TargetPathSource chosen = TargetPathSource.FromReCamMasterJson(_folder["cameras.json"], Options, ["cam05"]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => TargetPathSource.FromReCamMasterJson(_folder["cameras.json"], Options, ["cam05", "cam11", "left"]));

        Assert.Equal(10, all.CameraIds.Count);
        Assert.Equal("cam05", chosen.Draw(1, 0, 0).CameraId);
        Assert.True(chosen.Draw(1, 0, 0).Trajectory[20].Translation.Z > 0.1);
        Assert.StartsWith($"{_folder["cameras.json"]} has no camera cam11, left; it has cam01, cam02,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_cannot_be_used_at_all_are_refused()
    {
        KeyValuePair<string, CameraTrajectory> arc = Path("arc", CameraMove.ArcLeft);

        Assert.Contains("No target path", Assert.Throws<ArgumentException>(() => new TargetPathSource([], Options)).Message, StringComparison.Ordinal);
        Assert.Contains("arc is given 2 times", Assert.Throws<ArgumentException>(() => new TargetPathSource([arc, arc], Options)).Message, StringComparison.Ordinal);
        Assert.Contains("1 pose", Assert.Throws<ArgumentException>(() => new TargetPathSource([new("dot", new CameraTrajectory([SE3.Identity]))], Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_message_lists_every_bad_option()
    {
        TargetPathOptions bad = new()
        {
            FrameCount = 1,
            FrameRate = new FrameRate(16),
            TranslationMetresPerSecond = new(0.8, 0.3, -1, 2),
            RotationDegreesPerSecond = new(8, 4, 0, 5000),
            Rescale = new RescaleOptions { Epsilon = -1 },
            MaximumAttempts = 0,
        };

        ArgumentException error = Assert.Throws<ArgumentException>(() => bad.Validated());

        Assert.Equal("TargetPathOptions: FrameCount is 1, must be ≥ 2; TranslationMetresPerSecond is N(0.8, 0.3²) on [-1, 2], a speed cannot be negative; "
            + "RotationDegreesPerSecond is N(8, 4²) on [0, 5000], must stay below half a turn per frame (2880° per second); "
            + "MaximumAttempts is 0, must be in [1, 4096]; RescaleOptions: Epsilon is -1, must be in [0, 1).", error.Message);
        Assert.Contains("FrameRate is not given", Assert.Throws<ArgumentException>(() => new TargetPathOptions { FrameRate = default }.Validated()).Message, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, CameraTrajectory> Path(string id, CameraMove move) => new(id, ReCamMasterMoves.Path(move, 81));

    private static IEnumerable<KeyValuePair<string, CameraTrajectory>> AllMoves() => ReCamMasterMoves.All.Select(move => Path(move.ToString(), move));

    private static KeyValuePair<string, CameraTrajectory> WithJump(string id)
    {
        SE3[] poses = [.. ReCamMasterMoves.Path(CameraMove.ArcLeft, 21)];
        for (int i = 11; i < poses.Length; i++) poses[i] = new(poses[i].Rotation, poses[i].Translation + new Vector3d(5, 0, 0));
        return new(id, new CameraTrajectory(poses));
    }
}
