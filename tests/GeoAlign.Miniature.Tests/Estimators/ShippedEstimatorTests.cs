using GeoAlign.Geometry;
using GeoAlign.Randomness;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature.Tests.Estimators;

public class ShippedEstimatorTests
{
    private const int Clips = 20;

    [Theory]
    [InlineData("reward.onnx", 0, 0.05, 1.2)]
    [InlineData("reward.onnx", 0.05, 0.05, 1.2)]
    [InlineData("judge.onnx", 0, 0.05, 1.2)]
    public async Task A_pose_network_reads_held_out_clips(string file, double noise, double metres, double degrees)
    {
        (double translation, double rotation) = await Error(file, noise);

        Assert.InRange(translation, 0, metres);
        Assert.InRange(double.RadiansToDegrees(rotation), 0, degrees);
    }

    // Mean error over the generated frames of clips from held-out starts along held-out paths, through the reward's own path: bytes, file, re-anchoring.
    private static async Task<(double Metres, double Radians)> Error(string file, double noise)
    {
        RoomRenderer renderer = new(Room.FromSeed(1));
        VideoFrames[] videos = new VideoFrames[Clips];
        CameraTrajectory[] truth = new CameraTrajectory[Clips];
        for (int i = 0; i < Clips; i++)
        {
            MiniatureCase drawn = MiniatureWorld.Draw(1, MiniatureSet.HeldOutRandom, i);
            truth[i] = drawn.Flaw.Applied(drawn.Requested);
            videos[i] = Render(renderer, drawn.StartCameraToWorld, truth[i], noise, i);
        }

        using OnnxPoseEstimator estimator = new(Path(file), new() { Model = new() { Session = new() { IntraOpThreads = 1 } }, MaxVideosPerRun = Clips });
        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync(videos);
        double metres = 0, radians = 0;
        for (int i = 0; i < Clips; i++)
        {
            CameraTrajectory estimate = results[i].Estimate!.Trajectory;
            for (int k = 1; k < estimate.Count; k++)
            {
                metres += Vector3d.Distance(estimate[k].Translation, truth[i][k].Translation);
                radians += SO3.GeodesicDistance(estimate[k].Rotation, truth[i][k].Rotation);
            }
        }

        return (metres / (Clips * MiniatureWorld.GeneratedFrames), radians / (Clips * MiniatureWorld.GeneratedFrames));
    }

    private static string Path(string file) => Repository.File("samples", "GeoAlign.Miniature", "assets", file);

    private static VideoFrames Render(RoomRenderer renderer, in SE3 start, CameraTrajectory path, double noise, int clip)
    {
        float[] picture = new float[renderer.FrameLength];
        float[] normals = new float[picture.Length];
        byte[] bytes = new byte[path.Count * picture.Length];
        for (int k = 0; k < path.Count; k++)
        {
            renderer.RenderPlanar(start * path[k], picture);
            if (k > 0)
            {
                new CounterRandom(1, RandomPurpose.SyntheticScene, clip, 3000, k).Normals(normals);
                for (int i = 0; i < picture.Length; i++) picture[i] += (float)noise * normals[i];
            }

            FramePixels.ToRgb24(picture, bytes.AsSpan(k * picture.Length, picture.Length));
        }

        return new(bytes, renderer.WidthPixels, renderer.HeightPixels, path.Count, 8);
    }
}
