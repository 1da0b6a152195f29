using GeoAlign.Geometry;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Miniature.Tests.Estimators;

public class FrameNetworkTests
{
    private const int Frames = 5;

    [Fact]
    public void The_pose_network_computes_the_same_in_both_runtimes() => Agrees(() => new PoseNetwork(Basis(), 40, 2));

    [Fact]
    public void The_judge_computes_the_same_in_both_runtimes() => Agrees(() => new JudgeNetwork());

    [Fact]
    public void The_projection_computes_the_same_in_both_runtimes() => Agrees(() => new ProjectionNetwork(Basis(), 40, 2));

    [Fact]
    public void A_pose_file_gives_the_poses_of_the_six_numbers()
    {
        torch.manual_seed(3);
        using PoseNetwork network = new(Basis(), 40, 2);
        network.RoundToStored();
        using FramePool pool = Pool();
        using TemporaryFile file = new("pose.onnx");
        using (OnnxGraph graph = PoseModelFile.Graph(network, "test")) graph.Save(file.Path);
        float[] pictures = TensorValues.Of(pool.Plain.narrow(0, 0, Frames));
        float[] output = TensorValues.Of(network.forward(TensorValues.From(pictures, Frames, 768)));

        using OnnxPoseModel model = OnnxPoseModel.Open(file.Path, new() { Session = new() { IntraOpThreads = 1 } });
        PoseModelOutput raw = model.Run(pictures, 1, Frames, new(16, 16));
        NetworkPose[] poses = new PoseModelDecoder(model.Conventions, new()).CameraToWorld(raw, 0);

        Assert.True(model.HasBatchAxis);
        for (int i = 0; i < Frames; i++)
        {
            SE3 expected = PoseCoordinates.Read(output.AsSpan(7 * i, 6));
            Assert.True(Vector3d.Distance(expected.Translation, poses[i].Pose.Translation) < 1e-5);
            Assert.True(SO3.GeodesicDistance(expected.Rotation, poses[i].Pose.Rotation) < 1e-5);
            Assert.Equal(-output[7 * i + 6], raw.FrameConfidence.Span[i], 1e-4);
        }
    }

    [Fact]
    public void A_quality_file_gives_minus_the_distance_to_the_projection()
    {
        torch.manual_seed(4);
        using ProjectionNetwork network = new(Basis(), 40, 2);
        network.RoundToStored();
        using FramePool pool = Pool();
        float[] pictures = TensorValues.Of(pool.Plain.narrow(0, 0, Frames));
        float[] projected = TensorValues.Of(network.forward(TensorValues.From(pictures, Frames, 768)));
        using OnnxGraph graph = QualityModelFile.Graph(network, "test");

        (float[] scores, long[] shape) = OnnxRun.Of(graph, QualityModelFile.Output, (QualityModelFile.Input, pictures, [Frames, 3, 16, 16]));

        Assert.Equal([Frames], shape);
        for (int i = 0; i < Frames; i++)
        {
            double sum = 0;
            for (int p = 0; p < 768; p++) sum += Math.Pow(pictures[768 * i + p] - projected[768 * i + p], 2);
            Assert.Equal(-Math.Sqrt(sum / 768), scores[i], 1e-5);
        }
    }

    private static void Agrees<TNetwork>(Func<TNetwork> create) where TNetwork : torch.nn.Module, IFrameNetwork
    {
        torch.manual_seed(2);
        using TNetwork network = create();
        network.RoundToStored();
        using FramePool pool = Pool();
        using FrameCorruption corruption = new(new(), 1);
        using FrameBatch batch = corruption.Draw(pool, Frames);
        double[] expected = Array.ConvertAll(TensorValues.Of(network.forward(batch.Pictures)), x => (double)x);
        using OnnxGraph graph = new("test");
        graph.Output(network.Write(graph, graph.Input("pictures", "n", 768)), "y", "n", expected.Length / Frames);

        (float[] actual, _) = OnnxRun.Of(graph, "y", ("pictures", TensorValues.Of(batch.Pictures), [Frames, 768]));

        Near.Equal(expected, actual, 1e-5, 1e-5);
    }

    private static FramePool Pool() => FramePool.Render(new(Room.FromSeed(1)), new() { Clips = 20 });

    private static PictureBasis Basis()
    {
        using FramePool pool = Pool();
        return PictureBasis.Fit(pool.Plain, 24, 0.05);
    }
}
