using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Paths;

public class VipePathsTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task The_program_is_called_once_and_its_poses_are_read_by_their_frame_numbers()
    {
        using TemporaryFolder files = new();
        VipeFormat.Write(files.At("ready.npz"), new RecordedTrajectory(new([SE3.Identity, SE3.Identity]), hasMetricScale: true, frameNumbers: [1, 3]));
        string program = Program(files, $"""
            echo "$@" >> {files.At("calls.txt")}
            mkdir -p "$4/pose"
            cp {files.At("ready.npz")} "$4/pose/v_camera_1_speed_1.0.npz"
            """);
        using VipePaths vipe = new(program, "only_pose", files.At("vipe"), jobs: 1, _ => Hash);

        EstimatedPath path = await vipe.EstimateAsync("/videos/v_camera_1_speed_1.0.mp4", new VideoFacts(5, 8, 8), CancellationToken.None);

        Assert.Equal([1, 3], path.Frames);
        Assert.Equal(5, path.FrameCount);
        string call = Assert.Single(await File.ReadAllLinesAsync(files.At("calls.txt")));
        Assert.Matches("^infer /videos/v_camera_1_speed_1.0.mp4 --output .*vipe.* --pipeline only_pose$", call);
        Assert.EndsWith(Path.Combine("pose", "v_camera_1_speed_1.0.npz"), vipe.SceneOf(Hash)?.Poses, StringComparison.Ordinal);
        Assert.Null(vipe.SceneOf("1" + Hash));
    }

    [Fact]
    public async Task A_folder_of_frames_is_passed_as_one()
    {
        using TemporaryFolder files = new();
        string frames = files.Folder("v_camera_1_speed_1.0");
        string program = Program(files, $"""echo "$@" > {files.At("calls.txt")}""");
        using VipePaths vipe = new(program, "default", files.At("vipe"), jobs: 1, _ => Hash);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => vipe.EstimateAsync(frames, new VideoFacts(5, 8, 8), CancellationToken.None));

        Assert.Contains("wrote no", error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"infer --image-dir {frames} --output", await File.ReadAllTextAsync(files.At("calls.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_tells_what_the_program_said()
    {
        using TemporaryFolder files = new();
        using VipePaths vipe = new(Program(files, "echo CUDA out of memory >&2; exit 3"), "default", files.At("vipe"), jobs: 1, _ => Hash);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => vipe.EstimateAsync("/videos/v.mp4", new VideoFacts(5, 8, 8), CancellationToken.None));

        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("CUDA out of memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_installed_is_named_before_anything_runs()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => PathSources.Open(new EvaluateOptions { Vipe = "no-such-vipe" }, new EvaluationCache("cache")));

        Assert.Contains("'no-such-vipe' was not found", error.Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => PathSources.Open(new EvaluateOptions { Vipe = "vipe", PoseModel = "p.onnx" }, new EvaluationCache("cache")));
    }

    private static string Program(TemporaryFolder files, string script)
    {
        string path = files.Write("#!/bin/sh\n" + script + "\n", "vipe-program");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
