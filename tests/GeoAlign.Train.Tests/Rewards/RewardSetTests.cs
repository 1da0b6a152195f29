using System.Text.Json;
using GeoAlign.Cli.Tests.Scoring;

namespace GeoAlign.Train.Tests;

/// <summary>The paper's whole set of rewards, through networks opened from files in the released layouts at tiny sizes.</summary>
public class RewardSetTests
{
    private static readonly string[] Prompt = ["--prompt", "a walk through a room", "--learning-rate", "0.001"];

    [Fact]
    public void A_run_with_all_five_rewards_stops_and_goes_on_and_offloading_changes_no_bit()
    {
        using TrainProgram program = new();
        RewardReleases releases = new(Path.Combine(program.Folder, "released"));
        string[] arguments =
        [
            "--pose-model", releases.MapAnything, .. releases.VideoAlign, .. releases.HpsV3, .. releases.Language, .. Prompt,
            "--reward-weight", "vis=0.5", "mot=0.25", "--reward-weight", "hps=2",
        ];

        (int exit, _, string errors) = program.Start("straight", [.. arguments, "--iterations", "2"]);
        program.Start("stopped", [.. arguments, "--iterations", "1", "--offload"]);
        (_, _, string resumed) = program.Start("stopped", [.. arguments, "--iterations", "2", "--offload"]);

        Assert.True(exit == 0, errors);
        Assert.Contains("rewards trans, rot, vis, mot, hps, poses by mapanything:", errors, StringComparison.Ordinal);
        Assert.Contains("going on at iteration 2 of 2", resumed, StringComparison.Ordinal);
        Assert.Equal(Weights(program, "straight"), Weights(program, "stopped"));
        foreach (string run in new[] { "straight", "stopped" })
        {
            JsonElement[] lines = [.. File.ReadLines(Path.Combine(program.RunFolder(run), "log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.Equal(["trans", "rot", "vis", "mot", "hps"], line.GetProperty("rewards").EnumerateArray().Select(Dimension)));
            Assert.All(lines.SelectMany(line => line.GetProperty("rewards").EnumerateArray()), reward =>
            {
                Assert.Equal(0, reward.GetProperty("missing").GetInt32());
                Assert.True(double.IsFinite(reward.GetProperty("mean").GetDouble()));
                Assert.True(reward.GetProperty("std").GetDouble() > 0, Dimension(reward) + " is the same for every rollout");
            });
        }
    }

    [Fact]
    public void A_reward_of_weight_zero_teaches_nothing_and_one_of_another_weight_does()
    {
        using TrainProgram program = new();
        RewardReleases releases = new(Path.Combine(program.Folder, "released"));
        string[] common = [.. releases.HpsV3, .. releases.Language, .. Prompt, "--iterations", "1"];

        (int exit, _, string errors) = program.Start("without", common);
        program.Start("silent", [.. common, .. releases.VideoAlign, "--reward-weight", "vis=0", "mot=0"]);
        program.Start("heard", [.. common, .. releases.VideoAlign, "--reward-weight", "vis=0"]);

        Assert.True(exit == 0, errors);
        Assert.Equal(Weights(program, "without"), Weights(program, "silent"));
        Assert.NotEqual(Weights(program, "without"), Weights(program, "heard"));
    }

    [Fact]
    public void A_scorer_of_another_process_is_a_reward_with_a_weight_and_needs_no_prompt()
    {
        using TrainProgram program = new();
        using LocalScorer scorer = new(new Rewards.ScorerService(new Rewards.PerceptualReward(new() { Measures = [Rewards.PerceptualMeasure.Sharpness, Rewards.PerceptualMeasure.Colour] }), "test"));

        (int exit, _, string errors) = program.Start("remote", ["--remote", scorer.Address, "--reward-weight", "sharpness=3", "--iterations", "1"]);

        Assert.True(exit == 0, errors);
        Assert.Contains("rewards trans, rot, sharpness, colour", errors, StringComparison.Ordinal);
        JsonElement line = JsonDocument.Parse(File.ReadLines(Path.Combine(program.RunFolder("remote"), "log.jsonl")).Single()).RootElement;
        Assert.True(line.GetProperty("rewards").EnumerateArray().Single(r => Dimension(r) == "sharpness").GetProperty("mean").GetDouble() > 0);
        Assert.All(line.GetProperty("rewards").EnumerateArray(), reward => Assert.Equal(0, reward.GetProperty("missing").GetInt32()));      // colour: that of the condition clip is sent along
    }

    private static string Dimension(JsonElement reward) => reward.GetProperty("dimension").GetString()!;

    private static byte[] Weights(TrainProgram program, string run) => File.ReadAllBytes(Path.Combine(program.RunFolder(run), "self_attention.safetensors"));
}
