using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Metrics;

public class PathScoresTests
{
    private static readonly RetakeName Arc = new("v", CameraMove.ArcLeft, 1), Pan = new("v", CameraMove.PanRight, 1);

    [Fact]
    public void A_perfect_path_has_no_error_and_the_right_length()
    {
        CaseScores scores = Score(Arc, Changed(Arc, 81, p => p));

        Assert.InRange(scores[MetricCatalogue.RotErr]!.Value, 0, 1e-6);
        Assert.InRange(scores[MetricCatalogue.TransErr]!.Value, 0, 1e-9);
        Assert.InRange(scores[MetricCatalogue.Translation]!.Value, 0, 1e-9);
        Assert.Equal(1, scores[MetricCatalogue.PathRatio]!.Value, 1e-9);
        Assert.Equal(1, scores[MetricCatalogue.ScaleDrift]!.Value, 1e-9);
        Assert.Equal(0, scores[MetricCatalogue.RotErrPublished]!.Value, 0.011);           // what float32 makes of identical paths
        Assert.Equal("the target moves", scores.Missing[MetricCatalogue.Parasitic]);
    }

    [Fact]
    public void The_right_shape_at_a_third_of_the_distance_shows_in_the_metric_figures_only()
    {
        CaseScores scores = Score(Arc, Changed(Arc, 81, p => p with { Translation = 0.3 * p.Translation }));

        Assert.InRange(scores[MetricCatalogue.TransErr]!.Value, 0, 1e-9);
        Assert.InRange(scores[MetricCatalogue.CameraTranslationRelative]!.Value, 0, 1e-6);
        Assert.Equal(0.3, scores[MetricCatalogue.PathRatio]!.Value, 1e-9);
        Assert.Equal(1 / 0.3, scores[MetricCatalogue.ScaleToTarget]!.Value, 1e-9);
        CameraTrajectory target = PathScores.Target(Arc, 81, RetimedMotion.SameSpeed);
        Assert.Equal(0.7 * target.Average(p => p.Translation.Length), scores[MetricCatalogue.Translation]!.Value, 1e-9);
    }

    [Fact]
    public void Trans_err_is_zero_by_construction_where_the_target_only_turns_and_the_parasitic_translation_shows_what_it_hides()
    {
        CaseScores scores = Score(Pan, Changed(Pan, 81, (p, i) => p with { Translation = new(0.01 * i, 0, 0) }));

        Assert.Equal(0, scores[MetricCatalogue.TransErr]);
        Assert.Equal("the target only turns: TransErr is 0 by construction", scores.Missing[MetricCatalogue.TransErrMoving]);
        Assert.Equal(0.8, scores[MetricCatalogue.Parasitic]!.Value, 1e-9);
        Assert.Equal("the target does not move", scores.Missing[MetricCatalogue.PathRatio]);
        Assert.Contains("no extent", scores.Missing[MetricCatalogue.CamMcAbsolute], StringComparison.Ordinal);
    }

    [Fact]
    public void World_to_camera_poses_do_not_pass_for_camera_to_world()
    {
        CaseScores scores = Score(Arc, Changed(Arc, 81, p => p.Inverse()));

        Assert.True(scores[MetricCatalogue.RotErr] > 5);
        Assert.True(scores[MetricCatalogue.Translation] > 1);
    }

    [Fact]
    public void Poses_are_compared_with_the_target_of_their_own_frames_when_frames_are_missing()
    {
        EstimatedPath full = Changed(Arc, 81, p => p);
        int[] kept = [.. Enumerable.Range(3, 78).Where(f => f is not (20 or 21 or 50))];
        CameraTrajectory path = full.Trajectory();

        CaseScores right = Score(Arc, EstimatedPath.Of(new CameraTrajectory([.. kept.Select(f => path[f])]), kept, 81, isMetric: true));
        CaseScores shifted = Score(Arc, EstimatedPath.Of(new CameraTrajectory([.. kept.Select(f => path[f])]), [.. Enumerable.Range(0, 75)], 81, isMetric: true));

        Assert.InRange(right[MetricCatalogue.Translation]!.Value, 0, 1e-9);
        Assert.InRange(right[MetricCatalogue.RotErr]!.Value, 0, 1e-6);
        Assert.True(shifted[MetricCatalogue.RotErr] > 0.01);
    }

    [Fact]
    public void The_target_has_the_speed_of_the_name_and_the_length_of_the_video()
    {
        RetakeName fast = Arc with { Speed = 2 };

        Assert.InRange(Score(fast, Changed(fast, 49, p => p))[MetricCatalogue.Translation]!.Value, 0, 1e-9);
        Assert.Equal(0.5, Score(fast, Changed(Arc, 49, p => p))[MetricCatalogue.PathRatio]!.Value, 1e-6);
        Assert.Equal(80.0 / 16, PathLength(RetimedMotion.SameTotal) / PathLength(RetimedMotion.SameSpeed), 0.05);

        static double PathLength(RetimedMotion motion) => TrajectorySpeeds.Of(PathScores.Target(new("v", CameraMove.ZoomIn, 1), 17, motion)).PathLengthMetres;
    }

    [Fact]
    public void Figures_in_metres_are_missing_with_a_reason_when_the_estimator_has_no_scale()
    {
        CameraTrajectory path = Changed(Arc, 81, p => p).Trajectory();

        CaseScores scores = Score(Arc, EstimatedPath.Of(path, [.. Enumerable.Range(0, 81)], 81, isMetric: false));

        foreach (string key in new[] { MetricCatalogue.Translation, MetricCatalogue.PathRatio, MetricCatalogue.CameraTranslation, MetricCatalogue.CamMcAbsolute })
            Assert.Equal("the estimated path is not in metres", scores.Missing[key]);
        Assert.NotNull(scores[MetricCatalogue.TransErr]);
    }

    // Paths of any length, and cameras that stand still, flip, are mirrored, run wild or are far away: a number that is finite, or a reason.
    [Theory]
    [InlineData("target")]
    [InlineData("still")]
    [InlineData("half turns")]
    [InlineData("mirrored")]
    [InlineData("on a line")]
    [InlineData("random")]
    [InlineData("far away")]
    [InlineData("enormous")]
    public void Every_figure_of_the_catalogue_is_there_or_has_a_reason(string kind)
    {
        string[] camera = [.. MetricCatalogue.All.Where(m => m.Family is MetricFamily.ReDirector or MetricFamily.Metric or MetricFamily.CameraControl).Select(m => m.Key).Order(StringComparer.Ordinal)];
        Random random = new(5);
        foreach (CameraMove move in ReCamMasterMoves.All)
        {
            foreach (int frames in new[] { 2, 3, 4, 5, 49, 81, 97 })
            {
                RetakeName name = new("v", move, 1);
                CaseScores scores = Score(name, Changed(name, frames, (p, i) => kind switch
                {
                    "still" => SE3.Identity,
                    "half turns" => p with { Rotation = p.Rotation * SO3.Exp(new(0, i % 2 * Math.PI, 0)) },
                    "mirrored" => p with { Translation = new(-p.Translation.X, p.Translation.Y, p.Translation.Z) },
                    "on a line" => p with { Translation = new(0.1 * i, 0, 0) },
                    "random" => SE3.Exp(new(Any(3), Any(3))),
                    "far away" => p with { Translation = p.Translation + new Vector3d(1e7, -1e7, 1e7) },
                    "enormous" => p with { Translation = 1e30 * i * new Vector3d(1, 2, 3) },
                    _ => p,
                }));
                Assert.Equal(camera, scores.Values.Keys.Concat(scores.Missing.Keys).Order(StringComparer.Ordinal));
                Assert.All(scores.Missing.Values, reason => Assert.NotEqual("", reason));
                Assert.All(scores.Values.Values, value => Assert.True(double.IsFinite(value)));
                Assert.InRange(scores[MetricCatalogue.RotErr]!.Value, 0, 180);
                bool isStill = kind == "still" || (MoveText.OnlyTurns(move) && (kind is "target" or "half turns" or "mirrored" or "far away"));
                if (isStill) Assert.Contains("does not move", scores.Missing[MetricCatalogue.TransErr], StringComparison.Ordinal);
                else Assert.InRange(scores[MetricCatalogue.TransErr]!.Value, 0, 1);
                if (kind == "half turns" && frames == 2) Assert.Equal(180, scores[MetricCatalogue.RotErr]!.Value, 1e-9);
                if (kind == "mirrored" && frames == 81 && move == CameraMove.TranslateUp) Assert.InRange(scores[MetricCatalogue.TransErr]!.Value, 0, 1e-9);
            }
        }

        Vector3d Any(double size) => new(size * (random.NextDouble() - 0.5), size * (random.NextDouble() - 0.5), size * (random.NextDouble() - 0.5));
    }

    [Theory]
    [InlineData("{\"frameCount\":3,\"frames\":[0,1],\"poses\":[0,0,0,1,0,0,0],\"isMetric\":true}")]
    [InlineData("{\"frameCount\":1,\"frames\":[1],\"poses\":[0,0,0,1,0,0,0]}")]
    [InlineData("{\"frameCount\":3,\"frames\":[-1],\"poses\":[0,0,0,1,0,0,0]}")]
    [InlineData("{\"frameCount\":3,\"frames\":[1,0],\"poses\":[0,0,0,1,0,0,0,0,0,0,1,0,0,0]}")]
    [InlineData("{\"frameCount\":3,\"frames\":[1],\"poses\":[0,0,0,1,0,0,0],\"intrinsics\":[1]}")]
    [InlineData("{\"frameCount\":3}")]
    [InlineData("{\"frameCount\":3,\"frames\":null}")]
    [InlineData("{}")]
    public void A_kept_path_whose_lists_do_not_fit_is_refused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<EstimatedPath>(json, EvaluationJson.Compact));

    [Fact]
    public void A_path_survives_the_cache_to_the_last_bits()
    {
        EstimatedPath path = Changed(Arc, 21, p => p);

        EstimatedPath back = System.Text.Json.JsonSerializer.Deserialize<EstimatedPath>(System.Text.Json.JsonSerializer.Serialize(path, EvaluationJson.Compact), EvaluationJson.Compact)!;

        Assert.Equal(path.Poses, back.Poses);
        Assert.Equal(path.Frames, back.Frames);
        Assert.True(back is { Succeeded: true, IsMetric: true, FrameCount: 21 });
    }

    private static CaseScores Score(RetakeName name, EstimatedPath path)
    {
        CaseScores scores = new();
        PathScores.AddTo(scores, path, name, RetimedMotion.SameSpeed);
        return scores;
    }

    private static EstimatedPath Changed(RetakeName name, int frames, Func<SE3, SE3> change) => Changed(name, frames, (pose, _) => change(pose));

    // The target in another world, changed pose by pose.
    private static EstimatedPath Changed(RetakeName name, int frames, Func<SE3, int, SE3> change)
    {
        SE3 world = SE3.Exp(new(new(3, -2, 1), new(0.4, 1.1, -0.3)));
        CameraTrajectory target = PathScores.Target(name, frames, RetimedMotion.SameSpeed);
        return EstimatedPath.Of(new CameraTrajectory([.. target.Select((p, i) => world * change(p, i))]), [.. Enumerable.Range(0, frames)], frames, isMetric: true);
    }
}
