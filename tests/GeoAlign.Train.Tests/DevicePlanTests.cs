namespace GeoAlign.Train.Tests;

public class DevicePlanTests
{
    private static readonly TrainSettings Released = new()
    {
        Videos = [], Paths = "", Rewards = new RewardFiles { PoseModel = "" }, Network = NetworkSize.Release, Precision = NumberType.Bf16, Device = "cuda",
        RecomputesActivations = true, Frames = 81, Width = 832, Height = 480, GroupSize = 8, Conditions = 1,
    };

    [Fact]
    public void The_plan_of_the_released_network_needs_no_file_and_names_the_stages()
    {
        string text = string.Join('\n', DevicePlan.Lines(Released, deviceGibibytes: null));

        Assert.All(new[] { "encode", "rollout", "decode", "update", "optimiser", "autoencoder" }, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.DoesNotContain("fit", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_too_small_gets_advice_and_a_large_one_does_not()
    {
        string small = string.Join('\n', DevicePlan.Lines(Released, deviceGibibytes: 8)), large = string.Join('\n', DevicePlan.Lines(Released, deviceGibibytes: 4000));

        Assert.Contains("It does not fit in 8 GiB.", small, StringComparison.Ordinal);
        Assert.Contains("It fits in 4000 GiB.", large, StringComparison.Ordinal);
        Assert.True(small.Split('\n').Length > large.Split('\n').Length);
    }

    [Fact]
    public void Settings_reach_the_plan()
    {
        string Plan(TrainSettings settings) => string.Join('\n', DevicePlan.Lines(settings, null));

        Assert.All(
            new[] { Released with { Offload = true }, Released with { Precision = NumberType.Fp32 }, Released with { Frames = 41 }, Released with { Tiled = true }, Released with { TrainsPhases = false }, Released with { RecomputesActivations = false } },
            changed => Assert.NotEqual(Plan(Released), Plan(changed)));
    }
}
