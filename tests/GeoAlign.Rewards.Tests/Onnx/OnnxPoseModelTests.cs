using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Onnx;

/// <summary>Files that break the contract, and calls that do not fit a file: each is named.</summary>
public sealed class OnnxPoseModelTests : IDisposable
{
    private static readonly SE3[] TwoPoses = [SE3.Identity, SE3.Identity];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_that_is_not_there_is_named() => Refused(_folder.File("none.onnx"), "no such file");

    [Fact]
    public void File_that_is_no_model_is_named()
    {
        File.WriteAllText(_folder.File("text.onnx"), "not a model");

        Refused(_folder.File("text.onnx"), "cannot open");
    }

    [Fact]
    public void Input_of_another_name_is_named() =>
        Refused(new PoseModelFile { Poses = TwoPoses, InputName = "pixels" }, "no input 'images'", "pixels");

    [Fact]
    public void Second_input_is_refused() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Extra = (g, _) => g.Output("x", g.Input("intrinsics", OnnxGraph.Float32, 3), 1) }, "intrinsics");

    [Fact]
    public void Input_without_batch_axis_is_refused_under_the_contract() =>
        Refused(new PoseModelFile { Poses = TwoPoses, HasBatchAxis = false }, "input 'images'", "rank 4", "explicit conventions");

    [Fact]
    public void Size_that_contradicts_the_metadata_is_refused() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Metadata = { ["geoalign.image.width"] = "8" } }, "6 pixels wide", "8");

    [Fact]
    public void One_free_side_is_refused() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Shape = (-1, -1, 4, -1) }, "fixed height and a free width");

    [Fact]
    public void Two_pose_outputs_are_refused() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Extra = (g, mean) => g.Output("extrinsics", mean, 2) }, "cam_quats and extrinsics");

    [Fact]
    public void Model_without_pose_output_is_refused()
    {
        OnnxGraph graph = new OnnxGraph().Metadata("geoalign.contract", "pose-estimator/1");
        graph.Output("depth", graph.Input("images", OnnxGraph.Float32, -1, -1, 3, 4, 6), 5);
        graph.Save(_folder.File("m.onnx"));

        Refused(_folder.File("m.onnx"), "no pose output", "depth");
    }

    [Fact]
    public void Quaternions_without_translations_are_refused()
    {
        OnnxGraph graph = new OnnxGraph().Metadata("geoalign.contract", "pose-estimator/1");
        graph.Output("cam_quats", graph.Mean(graph.Input("images", OnnxGraph.Float32, -1, -1, 3, 4, 6), 3), 4);
        graph.Save(_folder.File("m.onnx"));

        Refused(_folder.File("m.onnx"), "'cam_quats' without 'cam_trans'");
    }

    [Fact]
    public void Stated_format_must_fit_the_output() =>
        Refused(new PoseModelFile { Poses = TwoPoses, HasContract = false, Metadata = { ["geoalign.contract"] = "pose-estimator/1", ["geoalign.pose.format"] = "matrix_3x4" } }, "Matrix3x4", "cam_quats");

    [Fact]
    public void Factored_scale_needs_its_output() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Metadata = { ["geoalign.pose.scale"] = "factored" } }, "metric_scaling_factor");

    [Fact]
    public void Output_of_another_type_is_refused() =>
        Refused(new PoseModelFile { Poses = TwoPoses, Extra = (g, mean) => g.Output("conf", g.Cast(mean, OnnxGraph.Int64), 2, OnnxGraph.Int64) }, "output 'conf'", "Int64");

    [Fact]
    public void Explicit_conventions_beside_those_of_the_file_are_refused()
    {
        new PoseModelFile { Poses = TwoPoses }.Save(_folder.File("m.onnx"));

        PoseModelException error = Assert.Throws<PoseModelException>(() => OnnxPoseModel.Open(_folder.File("m.onnx"), new() { Conventions = new() }));
        Assert.Contains("must be null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_execution_provider_names_those_there_are()
    {
        new PoseModelFile { Poses = TwoPoses }.Save(_folder.File("m.onnx"));

        ArgumentException error = Assert.Throws<ArgumentException>(() => OnnxPoseModel.Open(_folder.File("m.onnx"), new() { Session = new() { ExecutionProvider = "Abacus" } }));
        Assert.Contains("'Abacus'", error.Message, StringComparison.Ordinal);
        Assert.Contains("CPU", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_takes_threads_and_the_long_name_of_a_provider()
    {
        new PoseModelFile { Poses = TwoPoses }.Save(_folder.File("m.onnx"));

        using OnnxPoseModel model = OnnxPoseModel.Open(_folder.File("m.onnx"), new() { Session = new() { ExecutionProvider = "CPUExecutionProvider", IntraOpThreads = 2, InterOpThreads = 2 } });

        Assert.Equal(2, model.Run(new float[2 * 72], 1, 2, new(6, 4)).Frames);
    }

    [Fact]
    public void Shape_of_an_output_must_follow_the_frames()
    {
        // Two fixed poses for a free number of frames: three frames do not fit, and ONNX Runtime says so.
        new PoseModelFile { Poses = TwoPoses }.Save(_folder.File("m.onnx"));
        new PoseModelFile { Poses = TwoPoses, Extra = (g, mean) => g.Output("conf", g.Slice(mean, 1, 0, 1), 2) }.Save(_folder.File("short.onnx"));
        using OnnxPoseModel model = OnnxPoseModel.Open(_folder.File("m.onnx")), shorter = OnnxPoseModel.Open(_folder.File("short.onnx"));

        PoseModelException failed = Assert.Throws<PoseModelException>(() => model.Run(new float[3 * 72], 1, 3, new(6, 4)));
        PoseModelException wrong = Assert.Throws<PoseModelException>(() => shorter.Run(new float[2 * 72], 1, 2, new(6, 4)));

        Assert.StartsWith(_folder.File("m.onnx"), failed.Message, StringComparison.Ordinal);
        Assert.Contains("output 'conf' has the shape [1, 1], expected [1, 2, 4, 6]", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Images_must_be_finite(float value)
    {
        new PoseModelFile { Poses = TwoPoses }.Save(_folder.File("m.onnx"));
        using OnnxPoseModel model = OnnxPoseModel.Open(_folder.File("m.onnx"));
        float[] images = new float[144];
        images[70] = value;

        Assert.Contains("Number 70", Assert.Throws<ArgumentException>(() => model.Run(images, 1, 2, new(6, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_do_not_fit_the_file_are_refused()
    {
        new PoseModelFile { Poses = TwoPoses, Shape = (2, 2, 4, 6) }.Save(_folder.File("fixed.onnx"));
        new PoseModelFile { Poses = TwoPoses, Metadata = { ["geoalign.frames.min"] = "2", ["geoalign.frames.max"] = "3" } }.Save(_folder.File("bounded.onnx"));
        using OnnxPoseModel model = OnnxPoseModel.Open(_folder.File("fixed.onnx")), bounded = OnnxPoseModel.Open(_folder.File("bounded.onnx"));

        Assert.Equal((2, 2, new ImageSize(6, 4)), (model.FixedScenes, model.FixedFrames, model.FixedSize));
        ArgumentRefused(() => model.Run(new float[144], 1, 2, new(6, 4)), "1 scenes", "takes 2");
        ArgumentRefused(() => model.Run(new float[72 * 6], 2, 3, new(6, 4)), "3 frames", "takes 2");
        ArgumentRefused(() => model.Run(new float[288], 2, 2, new(4, 6)), "4×6", "takes 6×4");
        ArgumentRefused(() => model.Run(new float[287], 2, 2, new(6, 4)), "287 numbers, expected 288");
        ArgumentRefused(() => bounded.Run(new float[72], 1, 1, new(6, 4)), "at least 2");
        ArgumentRefused(() => bounded.Run(new float[288], 1, 4, new(6, 4)), "at most 3");
    }

    private void Refused(PoseModelFile model, params string[] parts)
    {
        model.Save(_folder.File("m.onnx"));
        Refused(_folder.File("m.onnx"), parts);
    }

    private static void Refused(string path, params string[] parts)
    {
        PoseModelException error = Assert.Throws<PoseModelException>(() => OnnxPoseModel.Open(path));

        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static void ArgumentRefused(Action call, params string[] parts)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(call);

        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
