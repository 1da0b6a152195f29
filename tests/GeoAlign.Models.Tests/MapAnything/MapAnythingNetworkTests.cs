using GeoAlign.Geometry;
using GeoAlign.Rewards;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class MapAnythingNetworkTests
{
    private const double Tolerance = 1e-4;      // that of the golden files: absolute, and relative too for lengths

    public static TheoryData<string> Cases => ["v11_tiny_case1", "v11_tiny_case2", "v11_tiny_case3", "v1_tiny_case1"];

    [Theory, MemberData(nameof(Cases))]
    public void Every_intermediate_meets_its_golden_value(string name)
    {
        FixtureTensors golden = MapAnythingFixture.Golden(name);
        using MapAnythingNetwork network = MapAnythingFixture.Load(MapAnythingFixture.ReleaseOf(name));
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = [];
        FixtureTensor images = golden["in.images"];
        Tensor input = tensor(images.Values, [.. images.Shape.Select(n => (long)n)], dtype: ScalarType.Float32);

        network.Forward(input, dense: true, (what, x) => seen[what] = RedirectorFixture.Values(x), default);

        string[] expected = [.. golden.Names.Where(n => n.StartsWith("mid.", StringComparison.Ordinal))];
        Assert.True(expected.Length > 10, "the golden file has its intermediates");
        foreach (string mid in expected) Near.Equal(golden[mid].Values, seen[mid["mid.".Length..]], Tolerance, what: mid);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Poses_scale_and_maps_meet_their_golden_values(string name)
    {
        FixtureTensors golden = MapAnythingFixture.Golden(name);
        using MapAnythingNetwork network = MapAnythingFixture.Load(MapAnythingFixture.ReleaseOf(name));

        MapAnythingPrediction found = Run(network, golden, MapAnythingMaps.All);

        Near.Equal(golden["out.cam_quats"].Values, found.QuaternionsXyzw.Span, Tolerance, what: "quaternions");
        Near.Equal(golden["out.cam_trans"].Values, found.TranslationsMetres.Span, Tolerance, Tolerance, "translations");
        Near.Equal(golden["out.metric_scaling_factor"].Values, found.MetricScale.Span, Tolerance, Tolerance, "scale");
        Near.Equal(golden["dense.conf"].Values, found.Confidence.Span, Tolerance, Tolerance, "confidence");
        Near.Equal(golden["dense.non_ambiguous_mask_logits"].Values, found.ValidLogits.Span, Tolerance, Tolerance, "mask");
        Near.Equal(golden["dense.ray_directions"].Values, found.Rays.Span, Tolerance, what: "rays");
        Near.Equal(golden["dense.depth_along_ray"].Values, found.DepthMetres.Span, Tolerance, Tolerance, "depth");
        for (int view = 0; view < found.Scenes * found.Frames; view++)
        {
            Near.Equal(Slice(golden["dense.pts3d"], view, found), found.WorldPoints(view), Tolerance, Tolerance, $"points of view {view}");
            (double fx, double fy, double cx, double cy) = RayIntrinsics.Fit(found.RaysOf(view), found.Size);
            Near.Equal(golden["dense.intrinsics"].Values.AsSpan(9 * view, 9), (ReadOnlySpan<double>)[fx, 0, cx, 0, fy, cy, 0, 0, 1], 1e-2, 1e-2, $"intrinsics of view {view}");
        }

        static ReadOnlySpan<double> Slice(FixtureTensor points, int view, MapAnythingPrediction of)
        {
            int size = points.Values.Length / (of.Scenes * of.Frames);
            return points.Values.AsSpan(view * size, size);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Quaternions_and_translations_are_the_golden_camera_to_world_matrices(string name)
    {
        FixtureTensors golden = MapAnythingFixture.Golden(name);
        using MapAnythingNetwork network = MapAnythingFixture.Load(MapAnythingFixture.ReleaseOf(name), dense: false);

        MapAnythingPrediction found = Run(network, golden, MapAnythingMaps.None);

        double[] expected = golden["out.camera_poses"].Values;
        for (int view = 0; view < found.Scenes * found.Frames; view++)
        {
            float[] q = found.QuaternionsXyzw.Span.Slice(4 * view, 4).ToArray(), t = found.TranslationsMetres.Span.Slice(3 * view, 3).ToArray();
            Matrix3d r = SO3.FromQuaternionWxyz(q[3], q[0], q[1], q[2]).ToMatrix();
            Near.Equal(
                expected.AsSpan(16 * view, 16),
                (ReadOnlySpan<double>)[r.M00, r.M01, r.M02, t[0], r.M10, r.M11, r.M12, t[1], r.M20, r.M21, r.M22, t[2], 0, 0, 0, 1],
                Tolerance, Tolerance, $"view {view}");
        }
    }

    [Theory]
    [InlineData("v11")]
    [InlineData("v1")]
    public void Poses_are_the_same_without_the_dense_head_and_in_any_pieces_of_attention(string release)
    {
        FixtureTensors golden = MapAnythingFixture.Golden(release + "_tiny_case1");
        using MapAnythingNetwork whole = MapAnythingFixture.Load(release), small = MapAnythingFixture.Load(release, dense: false);
        small.MaxAttentionScores = 200;      // some queries of one view at a time

        MapAnythingPrediction expected = Run(whole, golden, MapAnythingMaps.All), found = Run(small, golden, MapAnythingMaps.None);

        Near.Equal(Doubles(expected.TranslationsMetres), found.TranslationsMetres.Span, 1e-5, 1e-5);
        Near.Equal(Doubles(expected.QuaternionsXyzw), found.QuaternionsXyzw.Span, 1e-5);
        Assert.True(found.Confidence.IsEmpty && found.Rays.IsEmpty && found.DepthMetres.IsEmpty && found.ValidLogits.IsEmpty);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-5)]
    [InlineData(ScalarType.BFloat16, 0.03)]       // 8 bits of mantissa in every product of the transformers; measured: 0.0075 in quaternions
    public void Other_types_of_matrix_products_come_near_the_golden_poses(ScalarType type, double tolerance)
    {
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case1");
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11", type);

        MapAnythingPrediction found = Run(network, golden, MapAnythingMaps.None);

        Near.Equal(golden["out.cam_quats"].Values, found.QuaternionsXyzw.Span, tolerance, what: "quaternions");
        Near.Equal(golden["out.cam_trans"].Values, found.TranslationsMetres.Span, tolerance, tolerance, "translations");
    }

    [Fact]
    public void In_bfloat16_only_matrix_products_of_the_transformers_are()
    {
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11", ScalarType.BFloat16);

        foreach ((string name, TorchSharp.Modules.Parameter weight) in network.named_parameters())
        {
            bool product = name.Contains(".attn.", StringComparison.Ordinal) || name.Contains(".mlp.w", StringComparison.Ordinal)
                || name.Contains("patch_embed", StringComparison.Ordinal);
            Assert.Equal(product ? ScalarType.BFloat16 : ScalarType.Float32, weight.dtype);
        }
    }

    [Fact]
    public void Views_other_than_the_reference_are_a_set()
    {
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case1");
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11", dense: false);
        float[] images = golden["in.images"].Floats();
        int[] order = [0, 3, 1, 4, 2];
        float[] permuted = [.. order.SelectMany(view => images[(view * 720)..((view + 1) * 720)])];

        MapAnythingPrediction straight = network.Run(images, 1, 5, new(20, 12)), mixed = network.Run(permuted, 1, 5, new(20, 12));
        MapAnythingPrediction otherReference = network.Run([.. images[720..1440], .. images[..720], .. images[1440..]], 1, 5, new(20, 12));

        for (int i = 0; i < 5; i++)
        {
            Near.Equal(Doubles(straight.TranslationsMetres[(3 * order[i])..(3 * order[i] + 3)]), mixed.TranslationsMetres.Span.Slice(3 * i, 3), 1e-5, 1e-5);
            Near.Equal(Doubles(straight.QuaternionsXyzw[(4 * order[i])..(4 * order[i] + 4)]), mixed.QuaternionsXyzw.Span.Slice(4 * i, 4), 1e-5);
        }

        Assert.True(Math.Abs(straight.TranslationsMetres.Span[3] - otherReference.TranslationsMetres.Span[0]) > 1e-3, "the first view is told from the others");
    }

    [Fact]
    public void Scenes_of_a_batch_do_not_see_one_another()
    {
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case2");
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11");
        float[] images = golden["in.images"].Floats();
        int scene = images.Length / 2;

        MapAnythingPrediction both = network.Run(images, 2, 2, new(20, 20), MapAnythingMaps.Confidence);
        MapAnythingPrediction second = network.Run(images.AsSpan(scene), 1, 2, new(20, 20), MapAnythingMaps.Confidence);

        Near.Equal(Doubles(second.TranslationsMetres), both.TranslationsMetres.Span[6..], 1e-5, 1e-5);
        Near.Equal(Doubles(second.MetricScale), both.MetricScale.Span[1..], 1e-5, 1e-5);
        Near.Equal(Doubles(second.Confidence), both.Confidence.Span[800..], 1e-5, 1e-5);
    }

    [Fact]
    public void Number_that_is_not_finite_spoils_its_own_scene_only()
    {
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case2");
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11", dense: false);
        float[] images = golden["in.images"].Floats();
        images[images.Length / 4 + 17] = float.NaN;       // view 1 of scene 0

        MapAnythingPrediction found = network.Run(images, 2, 2, new(20, 20));

        Assert.All(found.TranslationsMetres[..6].ToArray(), x => Assert.True(float.IsNaN(x)));
        Assert.True(float.IsNaN(found.MetricScale.Span[0]));
        Near.Equal(golden["out.cam_trans"].Values.AsSpan(6), found.TranslationsMetres.Span[6..], Tolerance, Tolerance);
        Near.Equal(golden["out.metric_scaling_factor"].Values.AsSpan(1), found.MetricScale.Span[1..], Tolerance, Tolerance);
    }

    [Fact]
    public void More_views_than_pass_the_encoder_together_change_nothing()
    {
        FixtureTensors golden = MapAnythingFixture.Golden("v11_tiny_case1");
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11");
        float[] images = golden["in.images"].Floats();
        float[] four = [.. images, .. images, .. images, .. images];       // 20 views: two pieces, with a border inside a scene

        MapAnythingPrediction found = network.Run(four, 4, 5, new(20, 12), MapAnythingMaps.All);

        for (int scene = 0; scene < 4; scene++)
        {
            Near.Equal(golden["out.cam_trans"].Values, found.TranslationsMetres.Span.Slice(15 * scene, 15), Tolerance, Tolerance);
            Near.Equal(golden["dense.depth_along_ray"].Values, found.DepthMetres.Span.Slice(1200 * scene, 1200), Tolerance, Tolerance);
        }
    }

    [Fact]
    public void Wrong_use_is_refused_before_native_code_sees_it()
    {
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11", dense: false);

        Assert.Contains("whole patches of 4", Assert.Throws<ArgumentException>(() => network.Run(new float[3 * 22 * 12], 1, 1, new(22, 12))).Message, StringComparison.Ordinal);
        Assert.Contains("expected 1440", Assert.Throws<ArgumentException>(() => network.Run(new float[7], 1, 2, new(20, 12))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Run([], 0, 2, new(20, 12)));
        Assert.Contains("dense head", Assert.Throws<InvalidOperationException>(() => network.Run(new float[720], 1, 1, new(20, 12), MapAnythingMaps.All)).Message, StringComparison.Ordinal);
        Assert.Contains("MapAnythingMaps.All", Assert.Throws<InvalidOperationException>(() => network.Run(new float[720], 1, 1, new(20, 12)).WorldPoints(0)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => network.Run(new float[720], 1, 1, new(20, 12), cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public void Running_leaves_no_tensor_behind()
    {
        using MapAnythingNetwork network = MapAnythingFixture.Load("v11");
        float[] images = MapAnythingFixture.Golden("v11_tiny_case1")["in.images"].Floats();
        network.Run(images, 1, 5, new(20, 12), MapAnythingMaps.All);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (int i = 0; i < 3; i++) network.Run(images, 1, 5, new(20, 12), MapAnythingMaps.All);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static MapAnythingPrediction Run(MapAnythingNetwork network, FixtureTensors golden, MapAnythingMaps maps)
    {
        FixtureTensor images = golden["in.images"];
        return network.Run(images.Floats(), images.Shape[0], images.Shape[1], new ImageSize(images.Shape[4], images.Shape[3]), maps);
    }

    private static double[] Doubles(ReadOnlyMemory<float> values) => Array.ConvertAll(values.ToArray(), v => (double)v);
}
