namespace GeoAlign.Train.Tests;

/// <summary>Runs whose videos and target paths come from a data configuration.</summary>
public class DataConfigurationTests
{
    [Fact]
    public void A_data_configuration_gives_videos_prompts_and_paths_and_a_run_goes_on_with_its_manifest()
    {
        using TrainProgram program = new();
        string data = Write(program, groups: 2);

        (int exit, _, string errors) = Start(program, "run", data, "1");
        (_, _, string resumed) = Start(program, "run", data, "2");

        Assert.True(exit == 0, errors);
        Assert.Contains("2 rollouts of walk.mp4@", errors, StringComparison.Ordinal);
        Assert.Contains("going on at iteration 2 of 2", resumed, StringComparison.Ordinal);
        string[] manifest = File.ReadAllLines(Path.Combine(program.RunFolder("run"), "manifest.jsonl"));
        Assert.Equal(4, manifest.Length);
        Assert.All(manifest, line => Assert.Contains("walk.mp4", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_configuration_is_another_run()
    {
        using TrainProgram program = new();
        Start(program, "run", Write(program, groups: 1), "1");

        (int exit, _, string errors) = Start(program, "run", Write(program, groups: 2), "2");

        Assert.Equal(1, exit);
        Assert.Contains("holds a run with other settings", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_configuration_says_is_not_said_again()
    {
        using TrainProgram program = new();

        (int exit, _, string errors) = TrainProgram.Run(["--data", Write(program, groups: 1), "--frames", "9"]);

        Assert.Equal(2, exit);
        Assert.Contains("--data says what --frames says", errors, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Errors) Start(TrainProgram program, string name, string data, string iterations) => TrainProgram.Run(
    [
        "--data", data, "--network", "tiny", "--steps", "4", "--window", "2", "--group", "2", "--threads", "1", "--iterations", iterations, "--runs", program.Runs, "--name", name,
    ]);

    private static string Write(TrainProgram program, int groups)
    {
        string videos = Directory.CreateDirectory(Path.Combine(program.Folder, "videos")).FullName;
        File.Copy(TrainProgram.Asset("walk.mp4"), Path.Combine(videos, "walk.mp4"), overwrite: true);
        return program.Write("data.json", $$"""
            {
              "seed": 1,
              "groups": {{groups}},
              "clip": { "frames": 5, "width": 32, "height": 32, "frameStride": 1, "windowStepFrames": 1, "whenUnreadable": "Redraw", "maximumAttempts": 4 },
              "videos": [ { "kind": "Folder", "path": "videos", "resolution": "480p" } ],
              "targets": [ { "kind": "Presets", "cameras": [], "moves": ["5", "9"], "speeds": [1], "frameStride": 1, "weight": 1 } ],
              "speed": { "mode": "AsRecorded", "maximumJumpRatio": 100, "maximumAttempts": 4 }
            }
            """);
    }
}
