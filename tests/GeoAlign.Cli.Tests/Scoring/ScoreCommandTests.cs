using System.Text.Json;
using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Cli.Tests.Scoring;

public class ScoreCommandTests
{
    private static readonly string Clip = Asset("walk.mp4"), Paths = Asset("paths.json"), Model = Asset("pose.onnx");

    [Fact]
    public async Task A_video_is_scored_against_its_path_with_a_picture_and_a_page()
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Done("score", Clip, "--target", Paths, "--camera", "arc_right", "--frames", "9", "--pose-model", Model, "--threads", "1", "--perceptual",
            "--json", "--plot", folder.At("p.svg"), "--html", folder.At("p.html"));

        JsonElement video = JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0];
        Assert.Equal(9, video.GetProperty("frames").GetInt32());
        Assert.Equal(16, video.GetProperty("framesPerSecond").GetDouble());
        Assert.Equal("arc_right", video.GetProperty("target").GetString());
        Assert.Equal(["trans", "rot", "flicker", "sharpness", "exposure", "colour"], video.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("dimension").GetString()));
        double trans = video.GetProperty("scores")[0].GetProperty("value").GetDouble();
        Assert.True(trans < 0, $"an error is negated, not {trans}");
        Assert.True(video.GetProperty("path").GetProperty("pathLengthRatio").GetDouble() > 0);
        Assert.Contains("estimated", await File.ReadAllTextAsync(folder.At("p.svg")), StringComparison.Ordinal);
        Assert.Contains("data-block=paths", await File.ReadAllTextAsync(folder.At("p.html")), StringComparison.Ordinal);
        Assert.Contains("scoring", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Videos_of_a_folder_take_the_cameras_of_their_names_and_one_bad_video_stops_no_other()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("videos"));
        File.Copy(Clip, folder.At("videos", "rise.mp4"));
        folder.Write(Path.Combine("videos", "pan_right.mp4"), "no video");
        File.Copy(Clip, folder.At("videos", "unknown.mp4"));

        ToolRun run = await ToolRun.Of("score", folder.At("videos"), "--target", Paths, "--frames", "5", "--pose-model", Model, "--threads", "1", "--plot", folder.At("plots"));

        Assert.Equal(3, run.Code);
        Assert.Contains("2 videos have no score: pan_right, unknown", run.Error, StringComparison.Ordinal);
        Assert.Contains("scoring 3 of 3", run.Error, StringComparison.Ordinal);
        Assert.Contains("none is called 'unknown'", run.Output, StringComparison.Ordinal);
        Assert.Equal(["rise.svg"], Directory.GetFiles(folder.At("plots")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Without_a_network_pictures_are_measured()
    {
        ToolRun run = await ToolRun.Done("score", Clip, "--condition", Clip, "--json");

        JsonElement[] scores = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0].GetProperty("scores").EnumerateArray()];
        Assert.Equal(["flicker", "sharpness", "exposure", "colour"], scores.Select(s => s.GetProperty("dimension").GetString()));
        Assert.Equal(0, scores[3].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_folder_of_frames_needs_a_rate()
    {
        using ScratchFolder folder = new();
        byte[] pixels = [.. Enumerable.Range(0, 3 * 16 * 16 * 3).Select(i => (byte)(i * 7))];
        await WriteFrames(folder, new VideoClip(pixels, new FrameSize(16, 16), new FrameRate(8)));

        ToolRun without = await ToolRun.Of("score", folder.At("frames"));
        ToolRun with = await ToolRun.Done("score", folder.At("frames"), "--fps", "8", "--json");

        Assert.Equal(2, without.Code);
        Assert.Contains("--fps", without.Error, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(with.Output).RootElement.GetProperty("videos")[0].GetProperty("frames").GetInt32());
    }

    [Fact]
    public async Task A_path_of_another_length_than_its_video_is_never_cut_silently()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("t.kitti"), SamplePaths.Walk(12).Trajectory, TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Of("score", Clip, "--target", folder.At("t.kitti"), "--pose-model", Model, "--threads", "1");

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains("49 frames and its target 12 poses", run.Error, StringComparison.Ordinal);
        Assert.Contains("--frames 12", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_video_is_one_line()
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Of("score", folder.Write("a.mp4", "no video"));

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Equal(["scoring", "error:"], run.Error.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Poses_may_belong_to_every_fourth_frame()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("t.kitti"), SamplePaths.Walk(13).Trajectory, TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Done("score", Clip, "--target", folder.At("t.kitti"), "--target-every", "4", "--pose-model", Model, "--threads", "1", "--json", "--plot", folder.At("p.svg"));

        Assert.NotEqual(JsonValueKind.Null, JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0].GetProperty("scores")[0].GetProperty("value").ValueKind);
        double metresPerSecond = TrajectorySpeeds.Of(SamplePaths.Walk(13).Trajectory).MaximumTranslationMetresPerFrame * 16 / 4;
        Assert.Contains(FormattableString.Invariant($"at most {metresPerSecond:0.000} m/s"), await File.ReadAllTextAsync(folder.At("p.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_of_unknown_scale_is_refused()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("t.npy"), SamplePaths.Walk(9).Trajectory, TrajectoryFormat.Numpy);
        string[] arguments = ["score", Clip, "--frames", "9", "--target", folder.At("t.npy"), "--pose-model", Model, "--threads", "1"];

        ToolRun refused = await ToolRun.Of(arguments);
        await ToolRun.Done([.. arguments, "--metres-per-unit", "1"]);

        Assert.Equal(1, refused.Code);
        Assert.Contains("unknown scale", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pose_model_without_a_path_is_a_usage_error()
    {
        ToolRun run = await ToolRun.Of("score", Clip, "--pose-model", Model);

        Assert.Equal(2, run.Code);
        Assert.Contains("--target", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_estimator_may_see_fewer_frames()
    {
        ToolRun run = await ToolRun.Done("score", Clip, "--target", Paths, "--camera", "rise", "--frames", "9", "--pose-frames", "3", "--pose-model", Model, "--threads", "1", "--json");

        JsonElement video = JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0];
        Assert.NotEqual(JsonValueKind.Null, video.GetProperty("scores")[0].GetProperty("value").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, video.GetProperty("path").GetProperty("rotErrDegrees").ValueKind);
    }

    [Theory]
    [InlineData("no weights in it")]
    [InlineData("")]
    public async Task A_folder_without_weights_is_one_clear_line(string text)
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("model"));
        if (text.Length > 0) folder.Write("model/model.safetensors", text);

        ToolRun run = await ToolRun.Of("score", Clip, "--target", Paths, "--camera", "rise", "--pose-model", folder.At("model"));

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", run.Error, StringComparison.Ordinal);
        Assert.Contains("model", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--videoalign", "videoalign_prompt.json")]
    [InlineData("--hpsv3", "hpsv3_prompt.json")]
    public async Task A_learned_reward_without_its_prompt_file_says_how_to_make_it(string option, string file)
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("checkpoint"));

        ToolRun run = await ToolRun.Of("score", Clip, option, folder.At("checkpoint"));

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Contains("docs/rewards.md", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_anything_video_align_and_hpsv3_score_by_the_names_that_training_gives_them()
    {
        using ScratchFolder folder = new();
        GeoAlign.Train.Tests.RewardReleases releases = new(folder.At("released"));

        ToolRun run = await ToolRun.Done(["score", Clip, "--target", Paths, "--camera", "rise", "--frames", "5", "--pose-model", releases.MapAnything, "--threads", "1",
            .. releases.VideoAlign, .. releases.HpsV3, .. releases.Language, "--prompt", "a walk through a room", "--json"]);

        JsonElement[] scores = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0].GetProperty("scores").EnumerateArray()];
        Assert.Equal(["trans", "rot", "vis", "mot", "txt", "hps"], scores.Select(s => s.GetProperty("dimension").GetString()));
        Assert.All(scores, score => Assert.Equal(JsonValueKind.Number, score.GetProperty("value").ValueKind));
    }

    [Theory]
    [InlineData("nowhere", 2)]
    [InlineData("http://127.0.0.1:9/", 1)]
    public async Task A_scorer_that_cannot_be_reached_is_one_line(string address, int code)
    {
        ToolRun run = await ToolRun.Of("score", Clip, "--remote", address);

        Assert.Equal(code, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scorer_of_another_process_adds_its_dimensions()
    {
        using GeoAlign.Rewards.ScorerService service = new(new GeoAlign.Rewards.PerceptualReward(new() { Measures = [GeoAlign.Rewards.PerceptualMeasure.Sharpness] }), "test");
        using LocalScorer scorer = new(service);

        ToolRun run = await ToolRun.Done("score", Clip, "--frames", "3", "--remote", scorer.Address, "--json");

        JsonElement score = JsonDocument.Parse(run.Output).RootElement.GetProperty("videos")[0].GetProperty("scores")[0];
        Assert.Equal("sharpness", score.GetProperty("dimension").GetString());
        Assert.True(score.GetProperty("value").GetDouble() > 0);
    }

    [Theory]
    [InlineData("--target is what poses are compared with", "--target", "x.tum")]
    [InlineData("--camera is about the target's file", "--camera", "cam01")]
    [InlineData("--target-every is about the target's file", "--target-every", "4")]
    [InlineData("--plot draws the estimated path", "--plot", "p.svg")]
    [InlineData("--pose-frames is for the pose estimator", "--pose-frames", "4")]
    [InlineData("--device is for networks", "--device", "cpu")]
    [InlineData("--threads is for networks", "--threads", "1")]
    [InlineData("--prompt is for learned rewards", "--prompt", "a street")]
    [InlineData("--fps is the rate of folders of frames", "--fps", "8")]
    public async Task An_option_without_use_is_refused(string reason, params string[] option)
    {
        ToolRun run = await ToolRun.Of(["score", Clip, .. option]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_clip_that_nothing_looks_at_is_refused()
    {
        ToolRun run = await ToolRun.Of("score", Clip, "--condition", Clip, "--target", Paths, "--camera", "rise", "--pose-model", Model);

        Assert.Equal(2, run.Code);
        Assert.Contains("--condition is for the measure of colours: say --perceptual", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plots_that_cannot_be_written_are_refused_before_anything_is_scored()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("other"));
        File.Copy(Clip, folder.At("other", Path.GetFileName(Clip)));

        ToolRun kind = await ToolRun.Of("score", Clip, "--target", Paths, "--camera", "rise", "--pose-model", Model, "--plot", folder.At("p.jpg"));
        ToolRun twice = await ToolRun.Of("score", Clip, folder.At("other"), "--target", Paths, "--camera", "rise", "--pose-model", Model, "--plot", folder.At("plots"));

        Assert.Equal((2, 2), (kind.Code, twice.Code));
        Assert.Contains("use .svg, .png or .html", kind.Error, StringComparison.Ordinal);
        Assert.Contains("have one name", twice.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("scoring", kind.Error + twice.Error, StringComparison.Ordinal);
    }

    private static async Task WriteFrames(ScratchFolder folder, VideoClip clip)
    {
        await new VideoWriter().WriteMp4Async(clip, folder.At("clip.mp4"));
        Directory.CreateDirectory(folder.At("frames"));
        using System.Diagnostics.Process ffmpeg = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-i", folder.At("clip.mp4"), folder.At("frames", "%03d.png")]);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    private static string Asset(string name) => Repository.File("samples", "GeoAlign.Train", "assets", name);
}
