using GeoAlign.Evaluate.Tests.Networks;
using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Evaluate.Tests.Artefacts;

public class DynamicSceneTests
{
    private const string Name = "v_camera_1_speed_1.0";
    private static readonly CameraTrajectory Path3 = new([SE3.Identity, new(SO3.Exp(new(0, 0.05, 0)), new(0.02, 0.01, 0)), new(SO3.Exp(new(0, 0.1, 0)), new(0.05, 0, 0.02))]);
    private static readonly NormalisedIntrinsics[] Intrinsics = [.. Enumerable.Repeat(new NormalisedIntrinsics(1, 1, 0.5, 0.5), 3)];

    // The same numbers once from networks and once from files: half of the picture is nearer, a third of it moves.
    [Theory]
    [InlineData(224, 224)]
    [InlineData(56, 28)]                                       // ViPE saw another size: whole blocks of pixels take one number
    public void Artefacts_stand_in_for_the_networks_of_depth_and_motion(int width, int height)
    {
        using TemporaryFolder files = new();
        VideoFrames video = VBenchFiguresTests.Ramp(3);
        string poses = SceneOnDisk.Write(files, "vipe", Name, Path3, width, height, (f, x, _) => 2 * x < width ? 1.5 + 0.25 * f : 2, (_, _, y) => (byte)(4 * y < height ? 3 : 0));
        FakeNetwork depth = Sides((frame, x, _) => x < 112 ? 1.5f + 0.25f * frame : 2), moving = Sides((_, _, y) => y < 56 ? 1 : 0);

        double fromNetworks = Score(new(EstimatedPath.Of(Path3, [0, 1, 2], 3, isMetric: true), Intrinsics, new NetworkFrameMap(depth, "depth"), new NetworkFrameMap(moving, "moving")));
        double fromFiles = Score(DynamicScene.Read(new SceneFiles(poses), null, 3));

        Assert.Equal(fromNetworks, fromFiles, 12);

        double Score(DynamicScene scene)
        {
            using (scene) return ConsistencyFigures.Dynamic(FakeNetwork.Pixels(), scene, video, CancellationToken.None)!.Value;
        }
    }

    [Fact]
    public void Poses_name_the_frames_that_are_compared()
    {
        using TemporaryFolder files = new();
        string poses = SceneOnDisk.Write(files, "vipe", Name, Path3, 8, 8, (f, _, _) => 1 + f, (f, _, _) => (byte)f, frames: [1, 2, 5]);

        using DynamicScene scene = DynamicScene.Read(new SceneFiles(poses), null, 6);
        PlanarImage small = new(new(8, 8), new float[192]);

        Assert.Equal([1, 2, 5], scene.Path.Frames);
        Assert.Equal((6, 2), (scene.Depth.Of(5, small, default)[9], scene.Moving.Of(2, small, default)[9]));
        Assert.Throws<InvalidDataException>(() => scene.Depth.Of(0, small, default));
        Assert.Throws<InvalidDataException>(() => DynamicScene.Read(new SceneFiles(poses), null, 5));          // frame 5 of 5
    }

    [Fact]
    public void Files_that_do_not_fit_each_other_are_refused_by_name()
    {
        using TemporaryFolder files = new();
        string poses = SceneOnDisk.Write(files, "vipe", Name, Path3, 8, 8, (_, _, _) => 2, (_, _, _) => 0);
        SceneOnDisk.Write(files, "other", Name, Path3, 8, 6, (_, _, _) => 2, (_, _, _) => 0);
        string bare = SceneOnDisk.Write(files, "bare", Name, Path3, 8, 8, (_, _, _) => 2, (_, _, _) => 0, hasIntrinsics: false);

        File.Copy(files.At("other", "mask", Name + ".zip"), files.At("vipe", "mask", Name + ".zip"), overwrite: true);

        Assert.Contains("8 × 6 pixels, the depths have 8 × 8", Refusal(poses), StringComparison.Ordinal);
        Assert.Contains("no intrinsics", Refusal(bare), StringComparison.Ordinal);
        Assert.Contains("no picture", Refusal(bare, SceneOnDisk.Zip(files.At("bare", "depth", Name + ".zip"), [])), StringComparison.Ordinal);

        static string Refusal(string poses, string _ = "") => Assert.Throws<InvalidDataException>(() => DynamicScene.Read(new SceneFiles(poses), null, 3)).Message;
    }

    [Theory]
    [InlineData("out/pose/v.npz", true)]
    [InlineData("out/v.npz", false)]
    [InlineData("out/pose/v.txt", false)]
    [InlineData(null, false)]
    public void Only_poses_in_the_folder_of_ViPE_have_artefacts_beside_them(string? poses, bool has)
    {
        SceneFiles? scene = SceneFiles.Of(poses);

        Assert.Equal(has, scene is not null);
        if (scene is not null) Assert.EndsWith(Path.Combine("out", "depth", "v.zip"), scene.Depth, StringComparison.Ordinal);
    }

    // Counts its runs: the frames come in the order sources 0, 2, target 1.
    private static FakeNetwork Sides(Func<int, int, int, float> value)
    {
        int[] order = [0, 2, 1];
        int run = 0;
        return new(_ =>
        {
            int frame = order[run++];
            return new NetworkTensor([.. Enumerable.Range(0, 224 * 224).Select(i => value(frame, i % 224, i / 224))], [1, 1, 224, 224]);
        });
    }
}
