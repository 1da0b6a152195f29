namespace GeoAlign.Miniature;

/// <summary>The operators that the estimators use, one line each.</summary>
internal static class OnnxOperators
{
    public static string Plus(this OnnxGraph graph, string left, string right) => graph.Add("Add", [left, right]);

    public static string Minus(this OnnxGraph graph, string left, string right) => graph.Add("Sub", [left, right]);

    public static string Times(this OnnxGraph graph, string left, string right) => graph.Add("Mul", [left, right]);

    public static string Times(this OnnxGraph graph, string left, float right) => graph.Times(left, graph.Constant([right]));

    public static string DividedBy(this OnnxGraph graph, string left, string right) => graph.Add("Div", [left, right]);

    public static string Relu(this OnnxGraph graph, string x) => graph.Add("Relu", [x]);

    /// <summary>x · sigmoid(x). Elfwing et al. 2017; the name is Ramachandran's swish.</summary>
    public static string Silu(this OnnxGraph graph, string x) => graph.Times(x, graph.Add("Sigmoid", [x]));

    /// <summary>x/2 · (1 + erf(x/√2)). Hendrycks and Gimpel 2016, the exact form.</summary>
    public static string Gelu(this OnnxGraph graph, string x)
    {
        string erf = graph.Add("Erf", [graph.Times(x, 0.70710678118654752f)]);
        return graph.Times(graph.Times(x, graph.Plus(erf, graph.Constant([1f]))), 0.5f);
    }

    /// <summary>x Wᵀ + b for x of N×in, W of out×in.</summary>
    public static string Linear(this OnnxGraph graph, string x, string weight, string bias) => graph.Add("Gemm", [x, weight, bias], OnnxAttribute.Integer("transB", 1));

    /// <summary>Convolution of N×C×H×W with equal padding on all sides.</summary>
    public static string Convolution(this OnnxGraph graph, string x, string weight, string bias, long stride, long padding) => graph.Add(
        "Conv", [x, weight, bias], OnnxAttribute.Integers("strides", stride, stride), OnnxAttribute.Integers("pads", padding, padding, padding, padding));

    public static string Reshape(this OnnxGraph graph, string x, params ReadOnlySpan<long> shape) => graph.Add("Reshape", [x, graph.Integers(shape)]);

    /// <summary>Reshapes to the first axes of another value and some axes more.</summary>
    public static string ReshapeLike(this OnnxGraph graph, string x, string other, int leadingAxes, params ReadOnlySpan<long> rest)
    {
        string leading = graph.Slice(graph.Add("Shape", [other]), axis: 0, 0, leadingAxes);
        return graph.Add("Reshape", [x, rest.IsEmpty ? leading : graph.Concatenate(0, leading, graph.Integers(rest))]);
    }

    public static string Concatenate(this OnnxGraph graph, int axis, params ReadOnlySpan<string> parts) => graph.Add("Concat", parts, OnnxAttribute.Integer("axis", axis));

    /// <summary>Elements [start, end) of an axis.</summary>
    public static string Slice(this OnnxGraph graph, string x, int axis, long start, long end) =>
        graph.Add("Slice", [x, graph.Integers(start), graph.Integers(end), graph.Integers(axis)]);

    /// <summary>Mean over one axis, which stays with size 1.</summary>
    public static string Mean(this OnnxGraph graph, string x, int axis) => graph.Add("ReduceMean", [x], OnnxAttribute.Integers("axes", axis), OnnxAttribute.Integer("keepdims", 1));

    /// <summary>Sum over one axis, which stays with size 1.</summary>
    public static string Sum(this OnnxGraph graph, string x, int axis) =>
        graph.Add("ReduceSum", [x, graph.Integers(axis)], OnnxAttribute.Integer("keepdims", 1));

    public static string SquareRoot(this OnnxGraph graph, string x) => graph.Add("Sqrt", [x]);
}
