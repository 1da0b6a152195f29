namespace GeoAlign.Geometry.Tests;

public class MEt3RTests
{
    [Theory]
    [InlineData("sq")]
    [InlineData("wide")]
    public void The_score_of_a_pair_is_the_golden_one(string pair)
    {
        MEt3RResult result = Score(pair, ConsistencyCases.View(pair, 0), ConsistencyCases.View(pair, 1));

        FixtureTensors golden = ConsistencyCases.Golden;
        Near.Equal(golden[pair + ".focal_ndc"].Values, [result.FocalNdc.X, result.FocalNdc.Y], ConsistencyCases.Tolerance, what: "focal");
        Near.Equal(golden[pair + ".overlap_mask"].Values, Array.ConvertAll(result.Overlap.ToArray(), o => o ? 1.0 : 0), 0, what: "overlap");
        Near.Equal(golden[pair + ".score_map"].Values, result.Dissimilarity.Span, ConsistencyCases.Tolerance, what: "map");
        Near.Equal(golden[pair + ".met3r"].Values, [result.Score!.Value], ConsistencyCases.Tolerance, what: "score");
        Assert.Equal((int)golden[pair + ".overlap_mask"].Values.Sum(), result.OverlapPixels);
    }

    [Theory]
    [InlineData("sq")]
    [InlineData("wide")]
    public void Drawn_features_are_the_golden_ones(string pair)
    {
        (int width, int height, int channels) = ConsistencyCases.SizeOf(pair);
        ReadOnlySpan<double> focal = ConsistencyCases.Golden[pair + ".focal_ndc"].Values;
        double[] blended = new double[channels];
        for (int image = 0; image < 2; image++)
        {
            PointMapView<double> view = ConsistencyCases.View(pair, image);
            PointSplatter splatter = new(width, height, ConsistencyCases.Radius(pair));
            foreach ((int i, Vector3d p) in view.Points.ToArray().Index()) splatter.Add(i, -focal[0] * p.X / p.Z, -focal[1] * p.Y / p.Z, p.Z);

            for (int pixel = 0; pixel < width * height; pixel++)
            {
                if (!splatter.TryBlend(pixel, view.Features.Span, blended)) Array.Fill(blended, -10000);
                Near.Equal(ConsistencyCases.Golden[pair + ".rendered"].Row(image).Slice(pixel * channels, channels), blended, ConsistencyCases.Tolerance, what: $"image {image}, pixel {pixel}");
            }
        }
    }

    [Fact]
    public void An_image_agrees_with_itself()
    {
        PointMapView<double> view = ConsistencyCases.View("sq", 0);

        Assert.Equal(0, Score("sq", view, view).Score!.Value, 1e-4);                     // the 1e-5 beside each norm
    }

    [Fact]
    public void Float_features_give_the_score_of_the_same_numbers_in_double()
    {
        float[] first = ConsistencyCases.Golden["sq.features"].Floats()[..(16 * 16 * 6)], second = ConsistencyCases.Golden["sq.features"].Floats()[(16 * 16 * 6)..];
        PointMapView<double> a = ConsistencyCases.View("sq", 0), b = ConsistencyCases.View("sq", 1);

        double single = MEt3R.Score<float>(new(a.Points, a.Confidences, first), new(b.Points, b.Confidences, second), 16, 16, ConsistencyCases.Radius("sq")).Score!.Value;
        double twice = Score("sq", a with { Features = Array.ConvertAll(first, f => (double)f) }, b with { Features = Array.ConvertAll(second, f => (double)f) }).Score!.Value;

        Assert.Equal(twice, single, 1e-15);
    }

    [Fact]
    public void Images_that_share_no_pixel_have_no_score_instead_of_the_best_one()
    {
        PointMapView<double> view = ConsistencyCases.View("sq", 0);
        PointMapView<double> behind = view with { Points = Array.ConvertAll(view.Points.ToArray(), p => new Vector3d(p.X, p.Y, -100)) };
        double[] trust = [.. Enumerable.Repeat(1e9, 256)];                               // the focal length comes from the first

        MEt3RResult result = Score("sq", view with { Confidences = trust }, behind);

        Assert.Null(result.Score);
        Assert.Equal(0, result.OverlapPixels);
    }

    [Fact]
    public void Sizes_that_do_not_fit_and_numbers_that_are_not_finite_are_refused()
    {
        PointMapView<double> good = ConsistencyCases.View("sq", 0);
        double[] features = good.Features.ToArray();
        features[7] = double.NaN;

        Assert.Throws<ArgumentException>(() => MEt3R.Score(good, good, 15, 16));
        Assert.Throws<ArgumentException>(() => Score("sq", good, good with { Features = features }));
        Assert.Throws<ArgumentException>(() => Score("sq", good, good with { Features = good.Features[..(256 * 5)] }));
        Assert.Throws<ArgumentException>(() => Score("sq", good, good with { Confidences = new double[256] }));
    }

    private static MEt3RResult Score(string pair, PointMapView<double> first, PointMapView<double> second)
    {
        (int width, int height, _) = ConsistencyCases.SizeOf(pair);
        return MEt3R.Score(first, second, width, height, ConsistencyCases.Radius(pair));
    }
}
