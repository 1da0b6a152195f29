using GeoAlign.Rewards;
using GeoAlign.Rewards.Tests.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class PoseNetworkTests
{
    private static readonly string Onnx = Repository.Fixture("mapanything", "pose_tiny_conf.onnx");

    [Fact]
    public async Task An_onnx_file_gives_what_its_own_estimator_gives()
    {
        using PoseNetwork network = PoseNetwork.Open(Onnx, new PoseNetworkOptions { Threads = 1 });
        using OnnxPoseEstimator own = new(Onnx);

        Assert.True(network.IsOnnx && network.IsMetric);
        Assert.Equal("pose_tiny_conf.onnx", network.Name);
        Assert.Matches("^pose_tiny_conf\\.onnx [0-9a-f]{64}$", network.Identity);
        Assert.Equal((await own.EstimateAsync([Video()]))[0].Estimate!.Trajectory[2], (await network.EstimateAsync([Video()]))[0].Estimate!.Trajectory[2]);
    }

    [Theory]
    [InlineData("release")]
    [InlineData("release/model.safetensors")]
    public async Task Weights_of_map_anything_are_its_estimator_from_a_folder_and_from_a_file(string path)
    {
        using TemporaryFolder folder = new();
        TinyMapAnything.Write(folder.File("release"));
        using PoseNetwork network = PoseNetwork.Open(folder.File(path));
        using MapAnythingPoseEstimator own = MapAnythingPoseEstimator.Load(folder.File(path));

        Assert.False(network.IsOnnx);
        Assert.Equal("MapAnything, " + Path.GetFileName(path), network.Name);
        Assert.Equal(own.Identity, network.Identity);
        Assert.Equal((await own.EstimateAsync([Video()]))[0].Estimate!.Trajectory[2], (await network.EstimateAsync([Video()]))[0].Estimate!.Trajectory[2]);
    }

    [Fact]
    public void Its_weights_move_with_the_stages_and_an_onnx_network_stays()
    {
        using TemporaryFolder folder = new();
        TinyMapAnything.Write(folder.File("release"));
        using PoseNetwork weights = PoseNetwork.Open(folder.File("release")), onnx = PoseNetwork.Open(Onnx);
        DeviceStages stages = new(offload: true);

        foreach (PoseNetwork network in new[] { weights, onnx })
        {
            stages.Add(network, WorkStage.Reward);
            Assert.True(stages.Run(WorkStage.Reward, () => network.EstimateAsync([Video()]).AsTask().GetAwaiter().GetResult()[0].Succeeded));
        }
    }

    [Fact]
    public void The_type_changes_the_identity_and_float32_is_the_type_on_the_processor()
    {
        using TemporaryFolder folder = new();
        TinyMapAnything.Write(folder.File("release"));

        string[] identities = [.. new ScalarType?[] { null, ScalarType.Float32, ScalarType.BFloat16 }.Select(type =>
        {
            using PoseNetwork network = PoseNetwork.Open(folder.File("release"), new PoseNetworkOptions { Type = type });
            return network.Identity;
        })];

        Assert.Equal(identities[0], identities[1]);
        Assert.NotEqual(identities[1], identities[2]);
    }

    [Fact]
    public void Weights_beside_an_onnx_file_and_the_guards_change_the_identity()
    {
        using TemporaryFolder folder = new();
        OnnxGraph graph = new OnnxGraph().Metadata("geoalign.contract", "pose-estimator/1");
        string mean = graph.Unsqueeze(graph.Mean(graph.Input("images", OnnxGraph.Float32, -1, -1, 3, 4, 6), 2, 3, 4), -1);
        graph.Output("cam_quats", graph.Add(graph.Multiply(mean, graph.Constant([4], 0, 0, 0, 0)), graph.Constant([4], 0, 0, 0, 1)), 3);
        graph.Output("cam_trans", graph.Multiply(mean, graph.ExternalConstant([3], "model.weights")), 3);
        graph.Save(folder.File("model.onnx"));

        string Identity(float first, PoseNetworkOptions? options = null)
        {
            File.WriteAllBytes(folder.File("model.weights"), [.. new[] { first, 2f, 3f }.SelectMany(BitConverter.GetBytes)]);
            using PoseNetwork network = PoseNetwork.Open(folder.File("model.onnx"), options);
            return network.Identity;
        }

        Assert.Equal(Identity(1), Identity(1, new PoseNetworkOptions { Guards = new PoseGuards() }));
        Assert.NotEqual(Identity(1), Identity(4));
        Assert.NotEqual(Identity(1), Identity(1, new PoseNetworkOptions { Guards = new PoseGuards { MaxTranslationMetresPerView = 1 } }));
        Assert.Equal(["model.weights"], OnnxSideFiles.Of(folder.File("model.onnx")));
        Assert.Empty(OnnxSideFiles.Of(Onnx));
    }

    [Fact]
    public void Weights_beside_a_model_are_found_in_nested_graphs_too()
    {
        using TemporaryFolder folder = new();
        ProtoMessage tensor = new ProtoMessage().Number(1, 3).Message(13, new ProtoMessage().Text(2, "deep/w.bin").Text(1, "location")).Message(13, new ProtoMessage().Text(1, "offset").Text(2, "0"));
        ProtoMessage branch = new ProtoMessage().Message(1, new ProtoMessage().Message(5, new ProtoMessage().Message(5, tensor)));
        ProtoMessage graph = new ProtoMessage().Message(1, new ProtoMessage().Text(4, "If").Message(5, new ProtoMessage().Message(6, branch)));
        byte[] model = new ProtoMessage().Number(1, 8).Message(7, graph).ToArray();
        File.WriteAllBytes(folder.File("nested.onnx"), model);
        File.WriteAllBytes(folder.File("cut.onnx"), model[..^4]);

        Assert.Equal(["deep/w.bin"], OnnxSideFiles.Of(folder.File("nested.onnx")));
        Assert.Contains("cut.onnx", Assert.Throws<InvalidDataException>(() => OnnxSideFiles.Of(folder.File("cut.onnx"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_pose_model_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("empty"));
        File.WriteAllText(folder.File("notes.txt"), "no network");
        File.WriteAllText(folder.File("broken.onnx"), "no network");

        Assert.Contains("There is no pose model", Assert.Throws<FileNotFoundException>(() => PoseNetwork.Open(folder.File("missing.onnx"))).Message, StringComparison.Ordinal);
        Assert.Contains("no .safetensors file", Assert.Throws<FileNotFoundException>(() => PoseNetwork.Open(folder.File("empty"))).Message, StringComparison.Ordinal);
        Assert.Contains("notes.txt: this is no pose model", Assert.Throws<PoseModelException>(() => PoseNetwork.Open(folder.File("notes.txt"))).Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.File("broken.onnx"), Assert.Throws<PoseModelException>(() => PoseNetwork.Open(folder.File("broken.onnx"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PoseNetwork.Open(Onnx, new PoseNetworkOptions { Threads = -1 }));
    }

    private static VideoFrames Video()
    {
        byte[] pixels = new byte[3 * 24 * 40 * 3];
        new Random(1).NextBytes(pixels);
        return new VideoFrames(pixels, 40, 24, 3, 16);
    }
}
