using System.Globalization;

namespace GeoAlign.Miniature;

/// <summary>Writes a pose network as an ONNX file of the contract pose-estimator/1.</summary>
internal static class PoseModelFile
{
    private const int Side = 16;

    // Rotations of the room's cameras are far from π; under θ² = 10⁻¹² the quaternion of the square-root form is exact to float32.
    private const float SmallestSquaredAngle = 1e-12f;

    /// <summary>
    /// The graph: input <c>images</c> [batch, frames, 3, 16, 16] in [−1, 1]; outputs <c>cam_quats</c> (x, y, z, w), <c>cam_trans</c> in metres,
    /// camera-to-world in the room's frame, and <c>frame_confidence</c> = −log damage, larger is better.
    /// </summary>
    public static OnnxGraph Graph(IFrameNetwork network, string name)
    {
        OnnxGraph graph = new(name);
        string images = graph.Input("images", "batch", "frames", 3, Side, Side);
        string output = network.Write(graph, graph.Reshape(images, -1, 3 * Side * Side));
        string pose = graph.Plus(graph.Times(graph.Slice(output, 1, 0, 6), graph.Constant(PoseCoordinates.Scale, 1, 6)), graph.Constant(PoseCoordinates.Centre, 1, 6));
        string confidence = graph.Times(graph.Slice(output, 1, 6, 7), -1);

        graph.Output(graph.ReshapeLike(Quaternion(graph, graph.Slice(pose, 1, 3, 6)), images, 2, 4), "cam_quats", "batch", "frames", 4);
        graph.Output(graph.ReshapeLike(graph.Slice(pose, 1, 0, 3), images, 2, 3), "cam_trans", "batch", "frames", 3);
        graph.Output(graph.ReshapeLike(confidence, images, 2), "frame_confidence", "batch", "frames");
        Describe(graph, name);
        return graph;
    }

    // q = (sin(θ/2)/θ · ω, cos(θ/2)). Solà, Deray, Atchuthan 2018, eq. 132.
    private static string Quaternion(OnnxGraph graph, string rotationVector)
    {
        string squared = graph.Sum(graph.Times(rotationVector, rotationVector), 1);
        string angle = graph.SquareRoot(graph.Plus(squared, graph.Constant([SmallestSquaredAngle])));
        string half = graph.Times(angle, 0.5f);
        string imaginary = graph.Times(rotationVector, graph.DividedBy(graph.Add("Sin", [half]), angle));
        return graph.Concatenate(1, imaginary, graph.Add("Cos", [half]));
    }

    private static void Describe(OnnxGraph graph, string name)
    {
        string side = Side.ToString(CultureInfo.InvariantCulture);
        graph.Metadata("geoalign.contract", "pose-estimator/1");
        graph.Metadata("geoalign.model", name);
        graph.Metadata("geoalign.image.height", side);
        graph.Metadata("geoalign.image.width", side);
        graph.Metadata("geoalign.image.patch", "1");
        graph.Metadata("geoalign.image.range", "-1,1");
        graph.Metadata("geoalign.image.resize", "none");
        graph.Metadata("geoalign.pose.format", "quat_xyzw");
        graph.Metadata("geoalign.pose.direction", "c2w");
        graph.Metadata("geoalign.pose.axes", "opencv");
        graph.Metadata("geoalign.pose.scale", "metric");
    }
}
