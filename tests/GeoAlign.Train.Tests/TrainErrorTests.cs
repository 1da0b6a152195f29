namespace GeoAlign.Train.Tests;

/// <summary>What a user can do wrong: one line that names the thing and what to do, an exit code, and nothing left behind.</summary>
public class TrainErrorTests
{
    [Fact]
    public void A_missing_video_is_named() =>
        Refused(["--video", "no-such-clip.mp4"], "no-such-clip.mp4", "there is no such file or folder");

    [Fact]
    public void An_unreadable_video_is_named()
    {
        using TrainProgram program = new();
        string file = program.Write("broken.mp4", "this is no video");

        Refused(["--video", file], "broken.mp4");
    }

    [Fact]
    public void A_video_that_is_too_short_says_how_many_frames_it_has_and_how_many_are_needed() =>
        Refused(["--frames", "81"], "walk.mp4", "49 frames found, 81 needed");

    [Fact]
    public void A_folder_of_frames_without_a_rate_asks_for_one()
    {
        using TrainProgram program = new();
        string frames = Directory.CreateDirectory(Path.Combine(program.Folder, "frames")).FullName;
        File.WriteAllBytes(Path.Combine(frames, "00000.png"), []);

        Refused(["--video", frames], "frames", "--fps");
    }

    [Fact]
    public void A_frame_count_that_is_not_4k_plus_1_is_refused() => Refused(["--frames", "16"], "16", "4k + 1");

    [Fact]
    public void An_unknown_camera_is_refused_with_the_cameras_there_are() =>
        Refused(["--camera", "cam99"], "paths.json", "cam99", "pan_right", "dolly_in");

    [Fact]
    public void A_broken_row_in_a_path_file_is_named_by_file_and_line()
    {
        using TrainProgram program = new();
        string[] lines = File.ReadAllLines(TrainProgram.Asset("paths.json"));
        int line = Array.FindIndex(lines, l => l.Contains('[', StringComparison.Ordinal));
        lines[line] = lines[line].Replace("] [", "] nonsense [", StringComparison.Ordinal);
        string file = program.Write("bent.json", string.Join('\n', lines));

        Refused(["--paths", file], $"bent.json:{line + 1}:", "expected");
    }

    [Fact]
    public void A_weight_file_of_another_shape_names_the_tensor()
    {
        using TrainProgram program = new();
        program.Start("source", ["--iterations", "1"]);
        string weights = Path.Combine(program.RunFolder("source"), "self_attention.safetensors");

        Refused(["--weights", weights, "--network", "miniature"], "self_attention.safetensors", "blocks.0.self_attn.q.weight", "[28, 28]", "[96, 96]");
    }

    [Fact]
    public void A_file_that_is_no_pose_model_is_named() => Refused(["--pose-model", TrainProgram.Asset("paths.json")], "paths.json");

    [Fact]
    public void An_execution_provider_that_is_not_there_is_named_with_those_that_are() =>
        Refused(["--execution-provider", "Nowhere"], "no execution provider 'Nowhere'", "CPU");

    [Fact]
    public void Without_ffmpeg_the_message_says_what_to_install() =>
        Refused([], [("GEOALIGN_FFMPEG", "/nowhere/ffmpeg")], "ffmpeg", "apt");

    [Fact]
    public void Without_libtorch_the_message_says_what_to_run() =>
        Refused([], [("GEOALIGN_TORCH_LIBRARY", "/nowhere/libGeoAlignTorch.so")], "/nowhere/libGeoAlignTorch.so", "setup.sh");

    [Fact]
    public void Several_bad_settings_come_in_one_message() =>
        Refused(["--group", "1", "--learning-rate", "-1"], "GroupSize is 1", "LearningRate is -1");

    [Fact]
    public async Task A_generated_video_that_is_there_is_kept_without_force()
    {
        using TrainProgram program = new();
        string made = program.Write("made.mp4", "earlier");

        (int exit, string errors) = await TrainProgram.RunHereAsync(["generate", "--video", TrainProgram.Asset("walk.mp4"), "--move", "PanRight", "--output", made]);

        Assert.Equal(2, exit);
        Assert.Contains("made.mp4' exists: say --force to replace it", errors, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(made));
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_in_a_line()
    {
        if (TorchSharp.torch.cuda.is_available()) Refused(["--device", "cuda:99"], "'cuda:99'", "there ");
        else Refused(["--device", "cuda"], "'cuda'", "use cpu");
    }

    private static void Refused(string[] arguments, params string[] expected) => Refused(arguments, [], expected);

    private static void Refused(string[] arguments, (string, string)[] environment, params string[] expected)
    {
        using TrainProgram program = new();

        (int exit, _, string errors) = program.Start("refused", arguments, environment);

        Assert.Equal(1, exit);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.RunFolder("refused")), "a refused run left a folder behind");
    }
}
