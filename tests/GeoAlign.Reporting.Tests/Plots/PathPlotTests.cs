using System.Globalization;
using System.Xml.Linq;
using GeoAlign.Geometry;
using GeoAlign.Reporting.Tests.Browser;

namespace GeoAlign.Reporting.Tests.Plots;

public class PathPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // One metre to the right, then two metres forward, then half a metre up (y points down).
    private static readonly CameraTrajectory Corner = new([At(0, 0, 0), At(1, 0, 0), At(1, 0, 2), At(1, -0.5, 2)]);

    [Fact]
    public void From_above_right_is_x_and_up_is_forward()
    {
        (double X, double Y)[] p = Line(Draw(new(new CameraPath("p", Corner))), "From above");

        Assert.True(p[1].X > p[0].X && Same(p[1].Y, p[0].Y), "x points to the right");
        Assert.True(Same(p[2].X, p[1].X) && p[2].Y < p[1].Y, "z points up, where pixels count downward");
        Assert.True(Same(p[3].X, p[2].X) && Same(p[3].Y, p[2].Y), "height is not seen from above");
    }

    [Fact]
    public void From_the_side_right_is_forward_and_up_is_up()
    {
        (double X, double Y)[] p = Line(Draw(new(new CameraPath("p", Corner))), "From the side");

        Assert.True(Same(p[1].X, p[0].X) && Same(p[1].Y, p[0].Y), "a step to the right is not seen from the side");
        Assert.True(p[2].X > p[1].X && Same(p[2].Y, p[1].Y), "z points to the right");
        Assert.True(Same(p[3].X, p[2].X) && p[3].Y < p[2].Y, "−y points up");
    }

    [Fact]
    public void Both_views_have_one_scale_and_the_bar_tells_it()
    {
        XElement plot = Draw(new(new CameraPath("p", Corner)));
        (double X, double Y)[] top = Line(plot, "From above"), side = Line(plot, "From the side");
        double pixelsPerMetre = top[1].X - top[0].X;

        Near.Equal([2 * pixelsPerMetre], [top[1].Y - top[2].Y], 0.03, 0, "two metres forward, from above");
        Near.Equal([2 * pixelsPerMetre], [side[2].X - side[1].X], 0.03, 0, "two metres forward, from the side");
        Near.Equal([0.5 * pixelsPerMetre], [side[2].Y - side[3].Y], 0.03, 0, "half a metre up");
        foreach (XElement view in plot.Elements(Svg + "g").Where(g => g.Attribute("data-view") is not null))
        {
            string bar = view.Elements(Svg + "path").Single(e => e.Attribute("class")!.Value.Contains("scale-bar", StringComparison.Ordinal)).Attribute("d")!.Value;
            double pixels = double.Parse(bar.Split('H')[1].Split('V')[0], CultureInfo.InvariantCulture) - double.Parse(bar[1..].Split(' ')[0], CultureInfo.InvariantCulture);
            string label = view.Elements(Svg + "text").Single(e => e.Attribute("class")?.Value == "ink label").Value;

            Assert.EndsWith(" m", label, StringComparison.Ordinal);
            Near.Equal([pixels], [double.Parse(label[..^2], CultureInfo.InvariantCulture) * pixelsPerMetre], 0.05, 0, "length of the scale bar");
        }
    }

    [Fact]
    public void A_frustum_opens_where_the_camera_looks()
    {
        SE3 looksRight = new(SO3.Exp(new(0, Math.PI / 2, 0)), Vector3d.Zero);        // a turn to the right about y, which points down
        XElement plot = Draw(new(new CameraPath("p", new([looksRight]))) { FrustumsPerPath = 1 });

        double[] n = Numbers(View(plot, "From above").Elements(Svg + "path").Single(e => e.Attribute("class")!.Value.StartsWith("frustum", StringComparison.Ordinal)).Attribute("d")!.Value);

        Assert.True(n[2] > n[0] + 10, "the corners lie to the right of the apex");
        Near.Equal([2 * n[1]], [n[3] + n[5]], 0.05, 0, "and evenly to both sides");
    }

    [Fact]
    public void Speeds_are_per_frame_until_a_rate_or_time_stamps_are_known()
    {
        CameraTrajectory stamped = new(Corner.CameraToWorld, [0, 0.5, 1, 1.5]);

        Assert.Contains("at most 2 m/frame", Draw(new(new CameraPath("p", Corner))).Value, StringComparison.Ordinal);
        Assert.Contains("at most 20 m/s", Draw(new(new CameraPath("p", Corner)) { FramesPerSecond = 10 }).Value, StringComparison.Ordinal);
        Assert.Contains("at most 4 m/s", Draw(new(new CameraPath("p", stamped))).Value, StringComparison.Ordinal);
        Assert.Contains("at most 4 m/s", Draw(new(new CameraPath("p", stamped)) { FramesPerSecond = 10 }).Value, StringComparison.Ordinal);
        Assert.Contains("at most 2 m/frame", Draw(new(new CameraPath("p", stamped), new CameraPath("q", Corner))).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Turns_are_told_in_degrees()
    {
        CameraTrajectory turning = new([SE3.Identity, new(SO3.Exp(new(0, Math.PI / 18, 0)), Vector3d.Zero)]);

        Assert.Contains("and 10°/frame", Draw(new(new CameraPath("p", turning))).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_without_metres_are_called_units()
    {
        string text = Draw(new(new CameraPath("p", Corner)) { IsMetric = false }).Value;

        Assert.Contains("3.50 units long", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" m/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_paths_give_the_same_text() =>
        Assert.Equal(new PathPlot(new CameraPath("p", Corner)) { Title = "t" }.ToSvg(), new PathPlot(new CameraPath("p", new(Corner.CameraToWorld))) { Title = "t" }.ToSvg());

    [Fact]
    public void Names_are_data_and_not_markup()
    {
        XElement plot = Draw(new(new CameraPath("a<b>&\"\u0001'", Corner)) { Title = "<script>alert(1)</script>" });

        Assert.Contains("a<b>&\"\ufffd'", plot.Value, StringComparison.Ordinal);
        Assert.Empty(plot.Descendants(Svg + "script"));
    }

    [Fact]
    public void A_long_name_loses_its_middle()
    {
        string text = Draw(new(new CameraPath(new string('a', 100) + "end", Corner))).Value;

        Assert.Contains("a…a", text, StringComparison.Ordinal);
        Assert.Contains("aend", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_beyond_the_palette_are_dashed()
    {
        XElement plot = Draw(new([.. Enumerable.Range(0, 7).Select(i => new CameraPath($"p{i}", Corner))]));

        XElement[] lines = [.. View(plot, "From above").Elements(Svg + "path").Where(e => e.Attribute("class")!.Value.StartsWith("path", StringComparison.Ordinal))];
        Assert.Equal(lines[0].Attribute("class")!.Value, lines[6].Attribute("class")!.Value);
        Assert.Null(lines[0].Attribute("stroke-dasharray"));
        Assert.NotNull(lines[6].Attribute("stroke-dasharray"));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-12)]
    [InlineData(1e-5)]
    [InlineData(1e6)]
    public void Any_extent_gives_finite_coordinates(double length)
    {
        string svg = new PathPlot(new CameraPath("p", new([At(0, 0, 0), At(length, 0, 0)]))).ToSvg();

        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.InRange(svg.Length, 1000, 40_000);
    }

    [Fact]
    public void A_camera_at_rest_does_not_fill_the_speed_axis_with_rounding()
    {
        string svg = Draw(new(new CameraPath("p", new([At(0, 0, 0), At(1e-15, 0, 0)])))).Value;

        Assert.Contains("0.0010", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_pose_has_no_speed() => Assert.Contains("a single pose has no speed", Draw(new(new CameraPath("p", new([SE3.Identity])))).Value, StringComparison.Ordinal);

    [Fact]
    public void Dark_colours_are_chosen_by_the_reader_or_fixed()
    {
        string Svg(PlotColours colours) => new PathPlot(new CameraPath("p", Corner)) { Colours = colours }.ToSvg();

        Assert.Contains("prefers-color-scheme:dark", Svg(PlotColours.AsReader), StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", Svg(PlotColours.Dark), StringComparison.Ordinal);
        Assert.Contains(".page{fill:#14171c}", Svg(PlotColours.Dark), StringComparison.Ordinal);
        Assert.DoesNotContain("#14171c", Svg(PlotColours.Light), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_settings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PathPlot().ToSvg());
        Assert.Throws<ArgumentException>(() => new PathPlot(new CameraPath("p", Corner)) { FramesPerSecond = double.NaN }.ToSvg());
        Assert.Throws<ArgumentException>(() => new PathPlot(new CameraPath("p", Corner)) { HorizontalFieldOfViewDegrees = 180 }.ToSvg());
        Assert.Throws<ArgumentException>(() => new PathPlot(new CameraPath("p", Corner)) { AspectRatio = 0 }.ToSvg());
    }

    [ChromiumFact]
    public async Task A_png_is_as_wide_as_the_plot_times_the_pixel_ratio()
    {
        string folder = Directory.CreateTempSubdirectory("geoalign-plot-test-").FullName, picture = Path.Combine(folder, "p.png");
        try
        {
            await new PathPlot(new CameraPath("p", Corner)) { WidthPixels = 640 }.WritePngAsync(picture);

            byte[] png = await File.ReadAllBytesAsync(picture);
            Assert.Equal([0, 0, 1280 >> 8, 1280 & 255], png[16..20]);
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SE3 At(double x, double y, double z) => new(SO3.Identity, new(x, y, z));

    private static bool Same(double a, double b) => Math.Abs(a - b) <= 0.011;

    private static XElement Draw(PathPlot plot) => XDocument.Parse(plot.ToSvg()).Root!;

    private static XElement View(XElement plot, string name) => plot.Elements(Svg + "g").Single(g => g.Attribute("data-view")?.Value == name);

    private static (double X, double Y)[] Line(XElement plot, string view)
    {
        double[] n = Numbers(View(plot, view).Elements(Svg + "path").First(e => e.Attribute("class")!.Value.StartsWith("path", StringComparison.Ordinal)).Attribute("d")!.Value);
        return [.. n.Chunk(2).Select(p => (p[0], p[1]))];
    }

    private static double[] Numbers(string d) =>
        [.. d.Split(['M', 'L', 'Z', ' '], StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}
