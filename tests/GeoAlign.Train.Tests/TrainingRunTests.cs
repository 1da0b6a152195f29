using System.Text.Json;

namespace GeoAlign.Train.Tests;

public class TrainingRunTests
{
    private static readonly string[] Produced = ["config.json", "log.jsonl", "condition.mp4", "before.mp4", "after.mp4", "comparison.mp4", "self_attention.safetensors", "network.safetensors", "camera_paths.json", "report.html"];

    [Fact]
    public void A_run_goes_from_a_video_to_an_updated_model_and_a_report()
    {
        using TrainProgram program = new();

        (int exit, string output, string errors) = program.Start("whole", ["--iterations", "2"]);

        Assert.True(exit == 0, errors);
        Assert.All(Produced, name => Assert.True(new FileInfo(Path.Combine(program.RunFolder("whole"), name)).Length > 0, name));
        Assert.Equal(Path.Combine(program.RunFolder("whole"), "report.html"), output.TrimEnd());
        Assert.Empty(Directory.EnumerateFiles(program.RunFolder("whole"), "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_log_has_a_line_per_iteration_with_rewards_per_dimension_and_a_ratio_of_one_before_the_first_update()
    {
        using TrainProgram program = new();

        program.Start("log", ["--iterations", "3"]);

        JsonElement[] lines = [.. File.ReadLines(Path.Combine(program.RunFolder("log"), "log.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal([0, 1, 2], lines.Select(l => l.GetProperty("iteration").GetInt32()));
        Assert.All(lines, line =>
        {
            Assert.Equal(["trans", "rot"], line.GetProperty("rewards").EnumerateArray().Select(r => r.GetProperty("dimension").GetString()));
            Assert.All(line.GetProperty("rewards").EnumerateArray(), r => Assert.True(r.GetProperty("mean").GetDouble() < 0));
            Assert.InRange(line.GetProperty("updates")[0].GetProperty("maxRatioDeviation").GetDouble(), 0, 1e-6);
            Assert.True(line.GetProperty("updates")[0].GetProperty("gradientNorm").GetDouble() > 0);
        });
    }

    [Fact]
    public void A_run_that_is_stopped_and_started_again_ends_with_the_same_weights_to_the_bit()
    {
        using TrainProgram program = new();
        program.Start("straight", ["--iterations", "4"]);

        program.Start("stopped", ["--iterations", "2"]);
        (int exit, _, string messages) = program.Start("stopped", ["--iterations", "4"]);

        Assert.Equal(0, exit);
        Assert.Contains("going on at iteration 3 of 4", messages, StringComparison.Ordinal);
        Assert.Equal(Weights("straight"), Weights("stopped"));

        byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(program.RunFolder(name), "self_attention.safetensors"));
    }

    [Fact]
    public void Training_changes_the_weights()
    {
        using TrainProgram program = new();
        program.Start("one", ["--iterations", "1"]);
        program.Start("two", ["--iterations", "2"]);

        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(program.RunFolder("one"), "self_attention.safetensors")),
            File.ReadAllBytes(Path.Combine(program.RunFolder("two"), "self_attention.safetensors")));
    }

    [Fact]
    public void A_run_can_start_from_the_weights_of_another()
    {
        using TrainProgram program = new();
        (_, _, string untrained) = program.Start("first", ["--iterations", "1"]);

        (int exit, _, string errors) = program.Start("second", ["--iterations", "1", "--weights", Path.Combine(program.RunFolder("first"), "network.safetensors")]);

        Assert.True(exit == 0, errors);
        Assert.Contains("The network is untrained", untrained, StringComparison.Ordinal);
        Assert.DoesNotContain("The network is untrained", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_does_not_go_on_under_other_settings()
    {
        using TrainProgram program = new();
        program.Start("settled", ["--iterations", "1"]);

        (int exit, _, string errors) = program.Start("settled", ["--iterations", "2", "--seed", "7"]);

        Assert.Equal(1, exit);
        Assert.Contains("seed is 7, was 1", errors, StringComparison.Ordinal);
    }
}
