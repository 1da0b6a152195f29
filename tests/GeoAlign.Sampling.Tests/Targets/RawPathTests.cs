using GeoAlign.Geometry;

namespace GeoAlign.Sampling.Tests.Targets;

public sealed class RawPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Presets_are_ReDirectors_paths_of_every_move_and_speed()
    {
        PresetPaths presets = new([CameraMove.ArcLeft, CameraMove.PanRight], [1, 1.5]);
        HashSet<string> seen = [];

        for (int i = 0; i < 60; i++)
        {
            RawPath path = presets.Draw(new PathKey(1, i, 0), 17);

            seen.Add(path.Id);
            Assert.True(path.IsMetric);
            if (path.Id == "ArcLeft×1.5") Assert.Equal(ReDirectorTrajectory.Make(CameraMove.ArcLeft, 17, 1.5), path.Trajectory);
        }

        Assert.Equal(presets.Ids.Order(), seen.Order());
        Assert.Equal(10, new PresetPaths().Ids.Count);
        Assert.Throws<ArgumentException>(() => new PresetPaths(speeds: [0]));
        Assert.Throws<ArgumentException>(() => new PresetPaths([CameraMove.ArcLeft, CameraMove.ArcLeft]));
    }

    [Theory]
    [InlineData("9"), InlineData("cam09"), InlineData("ArcLeft"), InlineData("arc-left"), InlineData("Arc Left"), InlineData("arc_left")]
    public void Moves_are_read_by_number_camera_or_name(string text) => Assert.Equal(CameraMove.ArcLeft, PresetPaths.ParseMove(text));

    [Theory, InlineData("0"), InlineData("11"), InlineData("cam"), InlineData("arc"), InlineData("")]
    public void A_move_that_does_not_exist_is_refused_with_the_ten(string text) =>
        Assert.Contains("1 PanRight, 2 PanLeft", Assert.Throws<FormatException>(() => PresetPaths.ParseMove(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Splines_are_smooth_start_at_the_identity_and_stay_inside_their_bounds()
    {
        SplinePathOptions options = new() { ControlPoses = 30, SidewaysBoundMetres = 1.2, ForwardBoundMetres = 1.5, HeightBoundMetres = 0.1 };
        SplinePaths splines = new(options);

        for (int i = 0; i < 40; i++)
        {
            CameraTrajectory path = splines.Draw(new PathKey(3, i, 1), 400).Trajectory;

            Assert.Equal(SE3.Identity, path[0]);
            Assert.All(path, p => Assert.True(Math.Abs(p.Translation.X) <= 1.2 && Math.Abs(p.Translation.Z) <= 1.5 && Math.Abs(p.Translation.Y) <= 0.1, $"{p.Translation}"));
            // Curvature of a cubic B-spline is bounded: no step differs from its neighbour by more than a small share of the longest one.
            TrajectorySpeeds speeds = TrajectorySpeeds.Of(path);
            for (int k = 2; k < path.Count; k++)
            {
                Vector3d bend = path[k].Translation - 2 * path[k - 1].Translation + path[k - 2].Translation;
                Assert.True(bend.Length < 0.25 * speeds.MaximumTranslationMetresPerFrame, $"path {i}, frame {k}: {bend}");
            }
        }
    }

    [Fact]
    public void A_spline_walks_forward_looks_about_level_and_depends_on_its_whole_key()
    {
        SplinePaths splines = new();
        CameraTrajectory[] paths = [.. Enumerable.Range(0, 50).Select(i => splines.Draw(new PathKey(3, i, 0), 81).Trajectory)];

        Assert.True(paths.Average(p => p[20].Translation.Z) > 0.4);            // +z is ahead
        double tilt = paths.SelectMany(p => p).Max(p => Math.Abs((p.Rotation * new Vector3d(0, 0, 1)).Y));
        Assert.InRange(tilt, 0.02, Math.Sin(double.DegreesToRadians(30)));
        CameraTrajectory one = splines.Draw(new PathKey(3, 7, 2), 81).Trajectory;
        Assert.Equal(one, splines.Draw(new PathKey(3, 7, 2), 81).Trajectory);
        foreach (PathKey other in new PathKey[] { new(4, 7, 2), new(3, 8, 2), new(3, 7, 3), new(3, 7, 2, 1) }) Assert.NotEqual(one[80], splines.Draw(other, 81).Trajectory[80]);
    }

    [Fact]
    public void One_message_lists_every_bad_option_of_a_spline()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SplinePaths(new() { ControlPoses = 1, StepMetres = double.NaN, MaximumTurnDegrees = -1 }));

        Assert.Contains("ControlPoses is 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("StepMetres is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumTurnDegrees is -1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_trajectories_of_several_formats_becomes_paths_of_their_own()
    {
        Directory.CreateDirectory(_folder["deep/scene"]);
        TrajectoryFile.Write(_folder["b10.txt"], ReCamMasterMoves.Path(CameraMove.ZoomIn, 9), TrajectoryFormat.Kitti);
        TrajectoryFile.Write(_folder["b9.txt"], ReCamMasterMoves.Path(CameraMove.PanLeft, 9), TrajectoryFormat.Kitti);
        ReCamMasterCameras.Write(_folder["deep/cameras.json"], [new("cam01", ReCamMasterMoves.Path(CameraMove.ArcLeft, 9)), new("cam02", ReCamMasterMoves.Path(CameraMove.ArcRight, 9))]);
        OmniWorldFormat.Write(_folder["deep/scene"], [new RecordedTrajectory(ReCamMasterMoves.Path(CameraMove.ZoomOut, 9), false, [.. Enumerable.Repeat(new RecordedIntrinsics(500, 500, 320, 240), 9)])]);
        File.WriteAllText(_folder["readme.md"], "not a trajectory");

        RecordedPaths paths = RecordedPaths.FromFiles(_folder.Path);

        Assert.Equal(["b9.txt", "b10.txt", "deep/cameras.json#cam01", "deep/cameras.json#cam02", "deep/scene#0"], paths.Ids);
        Assert.Equal(["b9.txt"], RecordedPaths.FromFiles(_folder["b9.txt"]).Ids);
        Assert.Throws<FileNotFoundException>(() => RecordedPaths.FromFiles(_folder["absent"]));
    }

    [Fact]
    public void A_broken_trajectory_in_a_folder_is_refused_by_file_and_line()
    {
        File.WriteAllText(_folder["poses.txt"], "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0 0 1 0 0 0 0 1\n");
        Directory.CreateDirectory(_folder["empty"]);

        Assert.StartsWith($"{_folder["poses.txt"]}:2: ", Assert.Throws<TrajectoryFormatException>(() => RecordedPaths.FromFiles(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("holds no trajectory", Assert.Throws<TrajectoryFormatException>(() => RecordedPaths.FromFiles(_folder["empty"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixture_draws_its_sources_by_weight()
    {
        PathMixture mixture = new((new SplinePaths(), 3), (new PresetPaths([CameraMove.ZoomIn]), 1));
        const int draws = 2000;

        int splines = Enumerable.Range(0, draws).Count(i => mixture.Draw(new PathKey(2, i, 0), 5).Id == "spline");

        Assert.InRange(splines, 0.75 * draws - 5 * Math.Sqrt(draws * 0.75 * 0.25), 0.75 * draws + 5 * Math.Sqrt(draws * 0.75 * 0.25));
        Assert.Equal(["spline", "ZoomIn×1"], mixture.Ids);
        Assert.Throws<ArgumentException>(() => new PathMixture((new SplinePaths(), 0)));
        Assert.Throws<ArgumentException>(() => new PathMixture());
    }
}
