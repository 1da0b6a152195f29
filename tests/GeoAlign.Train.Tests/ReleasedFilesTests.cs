using GeoAlign.Models;

namespace GeoAlign.Train.Tests;

/// <summary>The program with weight files in the released layouts, at tiny sizes.</summary>
public class ReleasedFilesTests
{
    [Fact]
    public void Training_on_released_files_stops_and_goes_on_and_offloading_changes_no_bit()
    {
        using TrainProgram program = new();
        string[] files = ["--checkpoints", ReleasedFolder.Write(Path.Combine(program.Folder, "released")), "--network", "tiny", "--prompt", "a dog walks on the street"];

        (int exit, string output, string errors) = program.Start("straight", [.. files, "--iterations", "2"]);
        program.Start("stopped", [.. files, "--iterations", "1", "--offload"]);
        (_, _, string resumed) = program.Start("stopped", [.. files, "--iterations", "2", "--offload"]);

        Assert.True(exit == 0, errors);
        Assert.Contains("self-attention layers whole", errors, StringComparison.Ordinal);
        Assert.Contains("7,504 numbers in 24 tensors are trained", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("The network is untrained", errors, StringComparison.Ordinal);
        Assert.Contains("going on at iteration 2 of 2", resumed, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(program.RunFolder("straight"), "self_attention.safetensors")), File.ReadAllBytes(Path.Combine(program.RunFolder("stopped"), "self_attention.safetensors")));
    }

    [Fact]
    public void Prompt_phases_guidance_precision_and_tiles_are_real_switches()
    {
        using TrainProgram program = new();
        string folder = ReleasedFolder.Write(Path.Combine(program.Folder, "released"));
        string video = Path.Combine(program.Folder, "walk.mp4");
        File.Copy(TrainProgram.Asset("walk.mp4"), video);
        program.Write("walk.txt", "the cat\n");

        (int exit, string output, string errors) = program.Start("switched",
        [
            "--checkpoints", folder, "--video", video, "--iterations", "1", "--without-phases", "--recompute", "true", "--precision", "bf16", "--tiled",
            "--guidance", "2", "--negative-prompt", "",
        ]);

        Assert.True(exit == 0, errors);
        Assert.Contains("self-attention layers without camera phases", errors, StringComparison.Ordinal);
        using IWeightSource trained = WeightSources.Open(Path.Combine(program.RunFolder("switched"), "network.safetensors"));
        Assert.Equal(WeightType.F32, trained.Entries["blocks.0.self_attn.q.weight"].Type);
        Assert.Equal(WeightType.BF16, trained.Entries["blocks.0.ffn.0.weight"].Type);
        using IWeightSource step = WeightSources.Open(Path.Combine(folder, "step20000.safetensors"));
        foreach ((string key, WeightEntry entry) in step.Entries)
            Assert.Equal(RedirectorKeys.IsPhaseLayer(key), step.ReadSingles(key).AsSpan().SequenceEqual(trained.ReadSingles(key)));
    }

    [Fact]
    public void Generate_writes_a_video_and_the_weights_of_a_run_change_it()
    {
        using TrainProgram program = new();
        string folder = ReleasedFolder.Write(Path.Combine(program.Folder, "released")), path = program.Write("still.tum", Still(5));
        using (RedirectorTransformer other = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 9))
            other.Save(Path.Combine(program.Folder, "trained.safetensors"), selfAttentionOnly: true);
        string[] common =
        [
            "generate", "--checkpoints", folder, "--network", "tiny", "--video", TrainProgram.Asset("walk.mp4"), "--frames", "5", "--size", "32x32", "--steps", "3",
            "--prompt", "a dog", "--negative-prompt", "the rain", "--move", "arcLeft", "--source-path", path, "--threads", "1",
        ];

        (int exit, string output, string errors) = TrainProgram.Run([.. common, "--offload", "--output", Path.Combine(program.Folder, "base.mp4")]);
        TrainProgram.Run([.. common, "--output", Path.Combine(program.Folder, "again.mp4")]);
        TrainProgram.Run([.. common, "--trained", Path.Combine(program.Folder, "trained.safetensors"), "--output", Path.Combine(program.Folder, "trained.mp4")]);

        Assert.True(exit == 0, errors);
        Assert.Contains("rollout 3/3", errors, StringComparison.Ordinal);
        Assert.Equal(Bytes("base.mp4"), Bytes("again.mp4"));
        Assert.NotEqual(Bytes("base.mp4"), Bytes("trained.mp4"));

        byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(program.Folder, name));
    }

    [Fact]
    public void Generate_works_with_the_small_network_of_a_run_and_a_path_of_another_length()
    {
        using TrainProgram program = new();
        string output = Path.Combine(program.Folder, "moved.mp4");

        (int exit, _, string errors) = TrainProgram.Run(
        [
            "generate", "--network", "tiny", "--video", TrainProgram.Asset("walk.mp4"), "--frames", "5", "--size", "32x32", "--steps", "2", "--threads", "1",
            "--path", TrainProgram.Asset("paths.json"), "--camera", "dolly_in", "--pose-model", TrainProgram.Asset("pose.onnx"), "--output", output,
        ]);

        Assert.True(exit == 0, errors);
        Assert.Contains("paths.json has 49 poses; the whole path was resampled to 5 frames", errors, StringComparison.Ordinal);
        Assert.True(new FileInfo(output).Length > 0);
    }

    [Fact]
    public void Generate_makes_all_moves_and_speeds_of_several_videos_and_goes_on_where_it_was_stopped()
    {
        using TrainProgram program = new();
        string videos = Directory.CreateDirectory(Path.Combine(program.Folder, "videos")).FullName, output = Path.Combine(program.Folder, "retakes");
        foreach (string name in new[] { "one.mp4", "two.mp4" }) File.Copy(TrainProgram.Asset("walk.mp4"), Path.Combine(videos, name));
        string[] arguments =
        [
            "generate", "--network", "tiny", "--video", videos, "--frames", "5", "--size", "32x32", "--steps", "1", "--threads", "1",
            "--move", "panLeft", "arcRight", "--speed", "1", "1.5", "--pose-model", TrainProgram.Asset("pose.onnx"), "--output", output,
        ];

        (int exit, _, string errors) = TrainProgram.Run(arguments);

        Assert.True(exit == 0, errors);
        Assert.Contains("8 of 8: two_camera_10_speed_1.5.mp4", errors, StringComparison.Ordinal);
        Assert.Equal(
            from video in new[] { "one", "two" } from move in new[] { 10, 2 } from speed in new[] { "1.0", "1.5" } select $"{video}_camera_{move}_speed_{speed}.mp4",
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        byte[] turned = File.ReadAllBytes(Path.Combine(output, "one_camera_2_speed_1.0.mp4"));
        Assert.NotEqual(turned, File.ReadAllBytes(Path.Combine(output, "one_camera_10_speed_1.0.mp4")));

        File.Delete(Path.Combine(output, "one_camera_2_speed_1.0.mp4"));
        (exit, _, errors) = TrainProgram.Run(arguments);

        Assert.True(exit == 0, errors);
        Assert.Contains("7 of 8 videos are there already", errors, StringComparison.Ordinal);
        Assert.Equal(turned, File.ReadAllBytes(Path.Combine(output, "one_camera_2_speed_1.0.mp4")));
    }

    public static TheoryData<int, string[], string[]> Mistakes => new()
    {
        { 1, ["--checkpoints", "EMPTY"], ["diffusion_pytorch_model.safetensors is missing: the diffusion transformer", "Wan2.1_VAE.pth is missing", "spiece.model is missing"] },
        { 1, ["--checkpoints", "/nowhere"], ["/nowhere is missing"] },
        { 2, ["--prompt", "a dog", "--network", "tiny"], ["--prompt is given, but no network that could read it"] },
        { 2, ["--guidance", "3", "--network", "tiny"], ["--negative-prompt"] },
        { 1, ["--vae", "/nowhere/vae.pth", "--network", "tiny"], ["/nowhere/vae.pth is missing: the video autoencoder"] },
        { 1, ["--step-weights", "/nowhere/step.safetensors", "--network", "tiny"], ["lies over a base network", "--weights"] },
        { 1, ["--hpsv3", "/nowhere/HPSv3.safetensors", "--network", "tiny"], ["There is no file or folder '/nowhere/HPSv3.safetensors'"] },
        { 1, ["--pose-model", "/nowhere/model.safetensors", "--network", "tiny"], ["There is no pose model '/nowhere/model.safetensors'"] },
        { 2, ["--remote", "nowhere", "--network", "tiny"], ["--remote is 'nowhere'", "http://"] },
        { 1, ["--remote", "http://127.0.0.1:9/", "--network", "tiny"], ["http://127.0.0.1:9/"] },
        { 2, ["--reward-weight", "vis=2", "--network", "tiny"], ["--reward-weight names vis; the rewards are trans, rot"] },
        { 2, ["--reward-weight", "trans=0", "rot=0", "--network", "tiny"], ["gives trans, rot the weight 0"] },
        { 2, ["--reward-weight", "trans", "--network", "tiny"], ["NAME=NUMBER"] },
        { 2, ["generate", "--video", "WALK", "--network", "tiny", "--size", "32x32", "--frames", "5"], ["--path or --move"] },
        { 1, ["generate", "--video", "WALK", "--network", "tiny", "--size", "32x32", "--frames", "5", "--move", "panLeft"], ["--source-path", "--pose-model"] },
        { 2, ["generate", "--video", "WALK", "--network", "tiny", "--size", "32x32", "--frames", "5", "--all-moves", "--output", "all.mp4"], ["10 videos to write", "name a folder"] },
        { 2, ["generate", "--video", "WALK", "--network", "tiny", "--size", "32x32", "--frames", "5", "--path", "p.tum", "--speed", "2"], ["has no --speed"] },
        { 1, ["generate", "--video", "WALK", "--network", "tiny", "--size", "32x32", "--frames", "6", "--move", "panLeft"], ["4k + 1"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_line_that_says_what_to_do(int expectedExit, string[] arguments, string[] expected)
    {
        using TrainProgram program = new();
        string[] given = [.. arguments.Select(a => a == "EMPTY" ? Directory.CreateDirectory(Path.Combine(program.Folder, "empty")).FullName : a == "WALK" ? TrainProgram.Asset("walk.mp4") : a)];

        (int exit, string errors) = await TrainProgram.RunHereAsync(arguments[0] == "generate" ? given : [.. given, "--size", "32x32", "--frames", "5", "--runs", program.Runs]);

        Assert.Equal(expectedExit, exit);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.Runs), "a refused run left a folder behind");
    }

    private static string Still(int frames) => string.Concat(Enumerable.Range(0, frames).Select(i => $"{i} 0 0 0 0 0 0 1\n"));
}
