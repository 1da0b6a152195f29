using GeoAlign.Geometry;
using GeoAlign.Testing;

namespace GeoAlign.Sampling.Tests.Targets;

public sealed class OmniWorldPathsTests : IDisposable
{
    private static readonly string Formats = Path.GetDirectoryName(Path.GetDirectoryName(Repository.Fixture("geometry", "formats", "omniworld", "b0000000000a", "split_info.json"))!)!;
    private static readonly string Scene = Path.Combine(Formats, "b0000000000a");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_of_frames_stay_inside_one_split_and_every_run_occurs()
    {
        OmniWorldPaths paths = new(Scene);
        RecordedTrajectory[] splits = [OmniWorldFormat.Read(Scene, 0), OmniWorldFormat.Read(Scene, 1)];
        HashSet<(string, int)> seen = [];

        for (int i = 0; i < 120; i++)
        {
            RawPath path = paths.Draw(new PathKey(1, i, 0), 4);

            seen.Add((path.Id, path.StartFrame!.Value));
            CameraTrajectory shot = splits[path.Id[^1] - '0'].Trajectory;
            Assert.Equal(Enumerable.Range(path.StartFrame.Value, 4).Select(k => shot[k]), path.Trajectory);
            Assert.False(path.IsMetric);
        }

        Assert.Equal([("b0000000000a#0", 0), ("b0000000000a#0", 1), ("b0000000000a#1", 0)], seen.Order());     // 5 and 4 frames
    }

    [Fact]
    public void Poses_are_camera_to_world()
    {
        FixtureTensors expected = FixtureTensors.Load("geometry", "formats", "expected.safetensors");
        RawPath path = new OmniWorldPaths(Scene).Draw(new PathKey(1, 0, 0), 5);

        double[] matrix = new double[12];
        for (int i = 0; i < 5; i++)
        {
            path.Trajectory[i].CopyToRowMajor3x4(matrix);
            Near.Equal(expected["omniworld.split0.c2w"].Row(i)[..12], matrix, 1e-8, what: $"pose {i}");
        }
    }

    [Fact]
    public void Short_splits_are_named_and_never_drawn()
    {
        OmniWorldPaths paths = new(Scene);

        Assert.Equal(["b0000000000a#1"], paths.TooShortFor(5).Select(s => s.Id));
        for (int i = 0; i < 20; i++) Assert.Equal("b0000000000a#0", paths.Draw(new PathKey(1, i, 0), 5).Id);
        Assert.Contains("the longest, b0000000000a#0, has 5", Assert.Throws<InvalidOperationException>(() => paths.Draw(new PathKey(1, 0, 0), 6)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 2, 4], new OmniWorldPaths(Scene, frameStride: 2).Draw(new PathKey(1, 0, 0), 3) is { StartFrame: 0 } p
            ? p.Trajectory.Select(pose => OmniWorldFormat.Read(Scene, 0).Trajectory.ToList().IndexOf(pose)) : []);
    }

    [Fact]
    public void Broken_scenes_fail_with_their_file_or_are_rejected_and_counted()
    {
        foreach (string scene in new[] { "bad_nan", "bad_zero_quat", "bad_len_mismatch", "bad_missing_focals", "bad_no_split_file" })
        {
            TrajectoryFormatException error = Assert.Throws<TrajectoryFormatException>(() => new OmniWorldPaths(Path.Combine(Formats, scene)).Draw(new PathKey(1, 0, 0), 3));
            Assert.StartsWith(Path.Combine(Formats, scene, "camera", "split_"), error.Message, StringComparison.Ordinal);
        }

        Copy("b0000000000a", "bad_nan");
        TargetPathSource source = new(new OmniWorldPaths(_folder.Path), new TargetPathOptions { FrameCount = 3, RejectUnreadable = true, Rescale = new() { MaximumJumpRatio = double.PositiveInfinity } });
        List<RejectedPath> rejected = [.. Enumerable.Range(0, 20).SelectMany(i => source.Draw(1, i, 0).Rejected)];

        Assert.NotEmpty(rejected);
        Assert.All(rejected, r => Assert.Equal(PathRejection.Unreadable, r.Rule));
        Assert.All(rejected, r => Assert.Contains("bad_nan", r.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Scenes_are_named_by_their_place_and_a_folder_without_any_is_refused()
    {
        Copy("b0000000000a", "valid_unnormalised_quats_list_cxcy");

        Assert.Equal(["b0000000000a#0", "b0000000000a#1"], new OmniWorldPaths(_folder.Path).Ids.Take(2));
        Assert.Contains("holds no OmniWorld scene", Assert.Throws<TrajectoryFormatException>(() => new OmniWorldPaths(Path.Combine(Scene, "camera"))).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => new OmniWorldPaths(_folder["absent"]));
    }

    private void Copy(params string[] scenes)
    {
        foreach (string file in scenes.SelectMany(s => Directory.EnumerateFiles(Path.Combine(Formats, s), "*", SearchOption.AllDirectories)))
        {
            string to = _folder[Path.GetRelativePath(Formats, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
