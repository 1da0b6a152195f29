using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Onnx;

/// <summary>
/// A pose model whose answer is known: frame f of scene b has the rotation of <see cref="Poses"/>[f] and its translation plus m·(1, 2, 3),
/// m being the mean of the frame's input numbers. Every convention of the contract can be varied.
/// </summary>
internal sealed record PoseModelFile
{
    public SE3[] Poses { get; init; } = [];

    /// <summary>B, V, H, W of the input; negative is free.</summary>
    public (int Scenes, int Frames, int Height, int Width) Shape { get; init; } = (-1, -1, 4, 6);

    public bool HasBatchAxis { get; init; } = true;

    public int Type { get; init; } = OnnxGraph.Float32;

    public string InputName { get; init; } = "images";

    public string Format { get; init; } = "quat_xyzw";

    public string MatrixName { get; init; } = "camera_poses";

    /// <summary>Factor on the stored translations; and the output metric_scaling_factor, when not null.</summary>
    public float? Scale { get; init; }

    /// <summary>Numbers of the output frame_confidence, one per frame, when not null.</summary>
    public float[]? FrameConfidence { get; init; }

    /// <summary>Metadata; the contract itself is added unless <see cref="HasContract"/> is false.</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    public bool HasContract { get; init; } = true;

    /// <summary>Changes the graph after the regular outputs: the mean per frame is given.</summary>
    public Action<OnnxGraph, string>? Extra { get; init; }

    public void Save(string path)
    {
        OnnxGraph graph = new();
        (int b, int v, int h, int w) = Shape;
        string images = graph.Input(InputName, Type, HasBatchAxis ? [b, v, 3, h, w] : [v, 3, h, w]);
        string numbers = Type == OnnxGraph.Float32 ? images : graph.Cast(images, OnnxGraph.Float32);
        int lead = HasBatchAxis ? 2 : 1;
        string mean = graph.Mean(numbers, lead, lead + 1, lead + 2);

        if (Format.StartsWith("quat", StringComparison.Ordinal))
        {
            string column = graph.Unsqueeze(mean, -1);
            float[] quaternions = [.. Poses.SelectMany(p => Format == "quat_wxyz"
                ? new[] { p.Rotation.W, p.Rotation.X, p.Rotation.Y, p.Rotation.Z }
                : [p.Rotation.X, p.Rotation.Y, p.Rotation.Z, p.Rotation.W]).Select(x => (float)x)];
            float[] translations = [.. Poses.SelectMany(p => new[] { p.Translation.X, p.Translation.Y, p.Translation.Z }).Select(x => (float)x)];
            Output(graph, "cam_quats", graph.Add(graph.Multiply(column, graph.Constant([4], 0, 0, 0, 0)), graph.Constant([Poses.Length, 4], quaternions)), lead + 1);
            Output(graph, "cam_trans", graph.Add(graph.Multiply(column, graph.Constant([3], 1, 2, 3)), graph.Constant([Poses.Length, 3], translations)), lead + 1);
        }
        else
        {
            int rows = Format == "matrix_4x4" ? 4 : 3;
            string block = graph.Unsqueeze(mean, -1, -2);
            float[] matrices = [.. Poses.SelectMany(p => Rows(p, rows)).Select(x => (float)x)];
            float[] direction = new float[4 * rows];
            (direction[3], direction[7], direction[11]) = (1, 2, 3);
            Output(graph, MatrixName, graph.Add(graph.Multiply(block, graph.Constant([rows, 4], direction)), graph.Constant([Poses.Length, rows, 4], matrices)), lead + 2);
        }

        if (Scale is { } scale)
        {
            string perScene = graph.Unsqueeze(graph.Mean(mean, lead - 1), -1);
            Output(graph, "metric_scaling_factor", graph.Add(graph.Multiply(perScene, graph.Constant([1], 0)), graph.Constant([1], scale)), lead);
        }

        if (FrameConfidence is { } confidence)
            Output(graph, "frame_confidence", graph.Add(graph.Multiply(mean, graph.Constant([1], 0)), graph.Constant([confidence.Length], confidence)), lead);

        Extra?.Invoke(graph, mean);
        if (HasContract) graph.Metadata("geoalign.contract", "pose-estimator/1").Metadata("geoalign.pose.format", Format);
        foreach ((string key, string value) in Metadata) graph.Metadata(key, value);
        graph.Save(path);
    }

    private void Output(OnnxGraph graph, string name, string value, int rank) =>
        graph.Output(name, Type == OnnxGraph.Float32 ? value : graph.Cast(value, Type), rank, Type);

    private static double[] Rows(SE3 pose, int rows)
    {
        double[] values = new double[4 * rows];
        pose.CopyToRowMajor3x4(values);
        if (rows == 4) values[15] = 1;
        return values;
    }
}
