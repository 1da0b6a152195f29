namespace GeoAlign.Geometry.Tests;

public class DynMEt3RTests
{
    private static readonly double Radius = ConsistencyCases.Radius("dyn");

    [Fact]
    public void Every_second_frame_is_drawn_and_the_others_are_compared()
    {
        Assert.Equal(ConsistencyCases.Golden["dyn.src"].Integers(), DynMEt3R.SourceFrames(7).Select(i => (long)i));
        Assert.Equal([0], DynMEt3R.SourceFrames(1));
        Assert.Equal([0, 1], DynMEt3R.SourceFrames(2));
        Assert.Equal([0, 1, 3, 5, 7], DynMEt3R.SourceFrames(8));
        Assert.Equal(Enumerable.Range(0, 41).Select(i => 2 * i), DynMEt3R.SourceFrames(81));
    }

    [Fact]
    public void Points_of_the_world_are_the_golden_ones()
    {
        foreach ((int i, DepthView<double> view) in ConsistencyCases.Video().Index())
        {
            double[] points = [.. Enumerable.Range(0, view.Pixels).Select(view.PointOf).SelectMany(p => new[] { p.X, p.Y, p.Z })];
            Near.Equal(ConsistencyCases.Golden["dyn.points_world"].Row(i), points, ConsistencyCases.Tolerance, what: $"points of frame {i}");
        }
    }

    [Fact]
    public void Features_drawn_into_the_targets_are_the_golden_ones()
    {
        DepthView<double>[] video = ConsistencyCases.Video();
        List<Vector3d> points = [];
        List<double> features = [];
        foreach (DepthView<double> source in DynMEt3R.SourceFrames(video.Length).Select(i => video[i]))
        {
            for (int pixel = 0; pixel < source.Pixels; pixel++)
            {
                if (source.IsDynamic.Span[pixel]) continue;
                points.Add(source.PointOf(pixel));
                features.AddRange(source.Features.Span.Slice(5 * pixel, 5));
            }
        }

        PointSplatter splatter = new(14, 14, Radius);
        double[] all = [.. features], blended = new double[5];
        foreach ((int row, long target) in ConsistencyCases.Golden["dyn.tgt"].Integers().Index())
        {
            splatter.Clear();
            SE3 worldToCamera = video[target].CameraToWorld.Inverse();
            for (int i = 0; i < points.Count; i++) splatter.Add(i, worldToCamera * points[i], video[target].Camera);

            for (int pixel = 0; pixel < 14 * 14; pixel++)
            {
                if (!splatter.TryBlend<double>(pixel, all, blended)) Array.Fill(blended, -10000);
                Near.Equal(ConsistencyCases.Golden["dyn.rendered"].Row(row).Slice(5 * pixel, 5), blended, ConsistencyCases.Tolerance, what: $"target {target}, pixel {pixel}");
            }
        }
    }

    [Fact]
    public void The_score_of_the_video_is_the_golden_one() =>
        Assert.Equal(ConsistencyCases.Golden["dyn.score"].Scalar, ConsistencyCases.ScoreOf(ConsistencyCases.Video(), Radius), ConsistencyCases.Tolerance);

    [Fact]
    public void World_to_camera_poses_in_place_of_camera_to_world_change_the_score()
    {
        DepthView<double>[] swapped = [.. ConsistencyCases.Video().Select(v => v with { CameraToWorld = v.CameraToWorld.Inverse() })];

        Assert.True(Math.Abs(ConsistencyCases.ScoreOf(swapped, Radius) - ConsistencyCases.Golden["dyn.score"].Scalar) > 1e-3);
    }

    [Fact]
    public void A_target_that_no_point_covers_is_compared_with_a_constant_negative_feature()
    {
        DepthView<double> source = ConsistencyCases.Video()[0];
        DepthView<double> away = source with { CameraToWorld = new SE3(SO3.Exp(new(0, Math.PI, 0)), Vector3d.Zero) };

        double score = DynMEt3R.Score([source with { CameraToWorld = SE3.Identity }], [away], Radius)!.Value;

        double sum = 0;
        int count = 0;
        for (int pixel = 0; pixel < source.Pixels; pixel++)
        {
            if (source.IsDynamic.Span[pixel]) continue;
            double[] f = source.Features.Span.Slice(5 * pixel, 5).ToArray();
            sum -= f.Sum() / (Math.Sqrt(5) * Math.Sqrt(f.Sum(x => x * x)));
            count++;
        }

        Assert.Equal(sum / count, score, 1e-12);
    }

    // The sky: a point at infinity is drawn nowhere. In a source that is what a moving pixel does.
    [Fact]
    public void A_depth_of_infinity_gives_no_point()
    {
        DepthView<double>[] sky = ConsistencyCases.Video(), masked = ConsistencyCases.Video();
        double[] depth = sky[2].DepthMetres.ToArray();
        bool[] moving = masked[2].IsDynamic.ToArray();
        for (int pixel = 0; pixel < 60; pixel++) (depth[pixel], moving[pixel]) = (double.PositiveInfinity, true);
        sky[2] = sky[2] with { DepthMetres = depth };
        masked[2] = masked[2] with { IsDynamic = moving };

        double score = ConsistencyCases.ScoreOf(sky, Radius);

        Assert.Equal(ConsistencyCases.ScoreOf(masked, Radius), score);
        Assert.NotEqual(ConsistencyCases.Golden["dyn.score"].Scalar, score, 1e-6);
    }

    [Fact]
    public void A_video_in_which_everything_moves_has_no_score()
    {
        DepthView<double>[] moving = [.. ConsistencyCases.Video().Select(v => v with { IsDynamic = Enumerable.Repeat(true, v.Pixels).ToArray() })];

        Assert.Null(DynMEt3R.Score([moving[0], moving[2]], [moving[1]], Radius));
        Assert.Null(DynMEt3R.Score<double>([moving[0]], [], Radius));
    }

    [Fact]
    public void Frames_of_other_sizes_and_depths_that_are_no_number_are_refused()
    {
        DepthView<double> good = ConsistencyCases.Video()[0];
        double[] depth = good.DepthMetres.ToArray();
        depth[3] = double.NaN;

        double[] behind = good.DepthMetres.ToArray();
        behind[0] = double.NegativeInfinity;

        Assert.Throws<ArgumentException>(() => DynMEt3R.Score<double>([], [good]));
        Assert.Throws<ArgumentException>(() => DynMEt3R.Score([good with { DepthMetres = behind }], [good]));
        Assert.Throws<ArgumentException>(() => DynMEt3R.Score([good], [good with { DepthMetres = depth }]));
        Assert.Throws<ArgumentException>(() => DynMEt3R.Score([good], [good with { Camera = good.Camera.Resized(7, 28) }]));
        Assert.Throws<ArgumentException>(() => DynMEt3R.Score([good], [good with { Features = good.Features[..^14] }]));
    }
}
