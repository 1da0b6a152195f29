using Microsoft.ML.OnnxRuntime;

namespace GeoAlign.Miniature.Tests.Estimators;

public class OnnxGraphTests
{
    private static readonly float[] X = [-2, -0.5f, 0, 0.25f, 1, 3];

    private delegate string Operation(OnnxGraph graph, string x);

    [Fact]
    public void Operators_give_what_their_formulas_say()
    {
        Check((g, x) => g.Relu(x), v => Math.Max(v, 0));
        Check((g, x) => g.Silu(x), v => v / (1 + Math.Exp(-v)));
        Check((g, x) => g.Plus(x, g.Constant([2f])), v => v + 2);
        Check((g, x) => g.Minus(x, g.Constant([2f])), v => v - 2);
        Check((g, x) => g.Times(x, 3), v => 3 * v);
        Check((g, x) => g.DividedBy(x, g.Constant([4f])), v => v / 4);
        Check((g, x) => g.SquareRoot(g.Times(x, x)), Math.Abs);
        Check((g, x) => g.Reshape(g.Reshape(x, 3, 2), 1, 6), v => v);
    }

    [Fact]
    public void Gelu_is_the_exact_one()
    {
        (float[] values, _) = Run((g, x) => g.Gelu(x));

        // x · Φ(x) from tables of the normal distribution.
        Near.Equal([-2 * 0.0227501319, -0.5 * 0.3085375387, 0, 0.25 * 0.5987063257, 0.8413447461, 3 * 0.9986501020], values, 1e-6);
    }

    [Fact]
    public void Sums_and_means_run_over_the_named_axis()
    {
        (float[] sums, long[] shape) = Run((g, x) => g.Sum(g.Reshape(x, 2, 3), 1), 2, 1);
        (float[] means, _) = Run((g, x) => g.Mean(g.Reshape(x, 2, 3), 0), 1, 3);

        Near.Equal([-2.5, 4.25], sums, 1e-6);
        Near.Equal([-0.875, 0.25, 1.5], means, 1e-6);
        Assert.Equal([2, 1], shape);
    }

    [Fact]
    public void Slices_and_concatenation_move_numbers_only()
    {
        (float[] values, _) = Run((g, x) => g.Concatenate(1, g.Slice(x, 1, 4, 6), g.Slice(x, 1, 0, 2)), 1, 4);

        Assert.Equal([1, 3, -2, -0.5f], values);
    }

    [Fact]
    public void A_linear_layer_multiplies_by_the_transposed_weight()
    {
        (float[] values, _) = Run((g, x) => g.Linear(g.Reshape(x, 3, 2), g.Constant([1, 2, 3, 4, 5, 6], 3, 2), g.Constant([10, 20, 30], 3)), 3, 3);

        Near.Equal([-3 + 10, -8 + 20, -13 + 30, 0.5 + 10, 1 + 20, 1.5 + 30, 7 + 10, 15 + 20, 23 + 30], values, 1e-5);
    }

    [Fact]
    public void Reshape_like_follows_the_free_axes_of_a_run()
    {
        using OnnxGraph graph = new("test");
        string images = graph.Input("images", "batch", "frames", 4);
        graph.Output(graph.ReshapeLike(graph.Slice(graph.Reshape(images, -1, 4), 1, 0, 2), images, 2, 2), "y", "batch", "frames", 2);

        (float[] values, long[] shape) = OnnxRun.Of(graph, "y", ("images", [.. Enumerable.Range(0, 24).Select(i => (float)i)], [2, 3, 4]));

        Assert.Equal([2, 3, 2], shape);
        Assert.Equal([0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21], values);
    }

    [Fact]
    public void A_half_constant_holds_rounded_numbers()
    {
        using OnnxGraph graph = new("test");
        graph.Output(graph.Plus(graph.Input("x", 1, 2), graph.HalfConstant([1 / 3f, 65504], 1, 2)), "y", 1, 2);

        (float[] values, _) = OnnxRun.Of(graph, "y", ("x", [0, 0], [1, 2]));

        Assert.Equal([(float)(Half)(1 / 3f), 65504], values);
    }

    [Fact]
    public void Metadata_comes_back_as_it_was_written()
    {
        using OnnxGraph graph = new("the name");
        graph.Output(graph.Input("x", 1), "y", 1);
        graph.Metadata("geoalign.model", "größer");

        using InferenceSession session = new(graph.ToArray());

        Assert.Equal("größer", session.ModelMetadata.CustomMetadataMap["geoalign.model"]);
        Assert.Equal("the name", session.ModelMetadata.GraphName);
    }

    [Fact]
    public void A_constant_of_the_wrong_size_is_refused()
    {
        using OnnxGraph graph = new("test");

        ArgumentException error = Assert.Throws<ArgumentException>(() => graph.Constant([1, 2, 3], 2, 2));

        Assert.Contains("3 numbers for the shape [2, 2]", error.Message, StringComparison.Ordinal);
    }

    private static void Check(Operation operation, Func<double, double> formula)
    {
        (float[] values, _) = Run(operation);
        Near.Equal([.. X.Select(v => formula(v))], values, 1e-6);
    }

    private static (float[] Values, long[] Shape) Run(Operation operation, int rows = 1, int columns = 6)
    {
        using OnnxGraph graph = new("test");
        graph.Output(operation(graph, graph.Input("x", 1, 6)), "y", rows, columns);
        return OnnxRun.Of(graph, "y", ("x", X, [1, 6]));
    }
}
