using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class AveragedWeightsTests
{
    private const string Name = "blocks.1.self_attn.k.weight", AverageFile = "self_attention_average.safetensors";

    [Fact]
    public void The_average_starts_at_the_first_weights_and_follows_its_formula()
    {
        using RedirectorPolicy policy = Tiny();
        using RedirectorCondition condition = Condition(policy);
        double[] expected = Weight(policy);

        foreach (double decay in new[] { 0.1, 0.75, 0.9 })
        {
            Step(policy, condition);
            policy.MoveAverage(decay);
            double[] weight = Weight(policy);
            for (int i = 0; i < expected.Length; i++) expected[i] += (1 - decay) * (weight[i] - expected[i]);
        }

        Assert.NotEqual(expected, Weight(policy));
        using AveragedWeightsInUse average = policy.UseAverage();
        Near.Equal(expected, Weight(policy), 1e-7, what: "average");
    }

    [Fact]
    public void Using_the_average_changes_velocities_and_putting_the_weights_back_undoes_it_bit_for_bit()
    {
        using RedirectorPolicy policy = Tiny(), twin = Tiny();
        using RedirectorCondition condition = Condition(policy), twinCondition = Condition(twin);
        Step(policy, condition);
        Step(twin, twinCondition);
        policy.MoveAverage(0.5);
        twin.MoveAverage(0.5);
        float[] trained = Velocities(policy, condition), averaged;

        AveragedWeightsInUse average = policy.UseAverage();
        averaged = Velocities(policy, condition);
        average.Dispose();
        average.Dispose();

        Assert.NotEqual(trained, averaged);
        Assert.Equal(trained, Velocities(policy, condition));
        using (policy.UseAverage()) Assert.Equal(averaged, Velocities(policy, condition));
        Step(policy, condition);
        Step(twin, twinCondition);
        Assert.Equal(Weight(twin), Weight(policy));
    }

    [Fact]
    public void A_saved_average_is_restored_bit_for_bit_and_goes_on()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy straight = Tiny(), resumed = Tiny();
        using RedirectorCondition condition = Condition(straight), sameCondition = Condition(resumed);
        Learn(straight, condition, 2);
        straight.Save(folder.Path);
        Learn(straight, condition, 2);

        Learn(resumed, sameCondition, 1);                                       // a different past, which loading must wipe out
        resumed.Load(folder.Path);
        Learn(resumed, sameCondition, 2);

        Assert.Equal(Weight(straight), Weight(resumed));
        using AveragedWeightsInUse first = straight.UseAverage(), second = resumed.UseAverage();
        Assert.All(straight.TrainedWeights, name => Assert.Equal(Weight(straight, name), Weight(resumed, name)));
    }

    [Fact]
    public void The_file_of_the_average_is_a_checkpoint_that_a_network_can_load()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy policy = Tiny();
        using RedirectorCondition condition = Condition(policy);
        Learn(policy, condition, 2);
        policy.Save(folder.Path);

        using RedirectorTransformer network = Network();
        using SafetensorsFile file = SafetensorsFile.Open(folder.File(AverageFile));
        foreach ((string name, Parameter weight) in network.named_parameters())
            if (file.Entries.ContainsKey(name)) ModuleWeights.Copy(file, file.Entry(name), weight);

        Assert.Equal(policy.TrainedWeights.Order(StringComparer.Ordinal), file.Entries.Keys.Order(StringComparer.Ordinal));
        using AveragedWeightsInUse average = policy.UseAverage();
        Assert.Equal(Weight(policy), RedirectorFixture.Values(RedirectorFixture.Weights(network)[Name]));
    }

    [Fact]
    public void A_run_saved_without_an_average_is_refused_and_nothing_changes()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy without = new(Network()), with = Tiny();
        using RedirectorCondition condition = Condition(without);
        Step(without, condition);
        without.Save(folder.Path);
        double[] before = Weight(with);

        FileNotFoundException refusal = Assert.Throws<FileNotFoundException>(() => with.Load(folder.Path));

        Assert.Contains("without an average", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weight(with));
        Assert.False(File.Exists(folder.File(AverageFile)));
    }

    [Fact]
    public void A_saved_average_is_passed_over_where_none_is_kept()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy with = Tiny(), without = new(Network());
        using RedirectorCondition condition = Condition(with);
        Learn(with, condition, 2);
        with.Save(folder.Path);

        without.Load(folder.Path);

        Assert.Equal(Weight(with), Weight(without));
    }

    [Fact]
    public void With_the_average_in_use_nothing_learns_saves_or_loads()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy policy = Tiny();
        using RedirectorCondition condition = Condition(policy);
        using AveragedWeightsInUse average = policy.UseAverage();

        foreach (Action forbidden in (Action[])[() => policy.ApplyUpdate(1e-3, 1), () => policy.MoveAverage(0.5), () => policy.Save(folder.Path), () => policy.Load(folder.Path),
            () => policy.UseAverage(), () => Step(policy, condition)])
            Assert.Contains("in use", Assert.Throws<InvalidOperationException>(forbidden).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Without_an_average_nothing_moves_and_the_option_is_named()
    {
        using RedirectorPolicy policy = new(Network());

        Assert.False(policy.KeepsAverage);
        Assert.Contains("KeepAverage", Assert.Throws<InvalidOperationException>(() => policy.MoveAverage(0.5)).Message, StringComparison.Ordinal);
        Assert.Contains("KeepAverage", Assert.Throws<InvalidOperationException>(() => policy.UseAverage()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.MoveAverage(1));
    }

    [Fact]
    public void Averages_leave_no_tensor_behind()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        long kept;
        using (RedirectorPolicy policy = Tiny())
        {
            kept = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            policy.MoveAverage(0.5);
            using (policy.UseAverage())
            {
            }

            Assert.Equal(kept, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.True(kept > before);
    }

    private static RedirectorTransformer Network() => RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 4);

    private static RedirectorPolicy Tiny() => new(Network(), new FlowPolicyOptions { KeepAverage = true });

    private static RedirectorCondition Condition(RedirectorPolicy policy)
    {
        RedirectorInputs golden = RedirectorFixture.Inputs;
        return policy.Network.Prepare(golden with { Text = golden.Text! with { Count = 5, Values = golden.Text!.Values[..100] }, NegativeText = null, Image = null });
    }

    private static void Learn(RedirectorPolicy policy, RedirectorCondition condition, int updates)
    {
        for (int i = 0; i < updates; i++)
        {
            Step(policy, condition);
            policy.MoveAverage(0.6);
        }
    }

    private static void Step(RedirectorPolicy policy, RedirectorCondition condition)
    {
        policy.ZeroGradients();
        policy.Backpropagate(condition, 0.8, 1, RedirectorFixture.Golden["in.latents"].Floats(), (v, gradient) =>
        {
            for (int i = 0; i < v.Length; i++) gradient[i] = v[i] + MathF.Cos(i);
        });
        policy.ApplyUpdate(1e-2, 1 / Math.Max(1, policy.GradientNorm()));
    }

    private static float[] Velocities(RedirectorPolicy policy, RedirectorCondition condition)
    {
        float[] latents = RedirectorFixture.Golden["in.latents"].Floats(), velocities = new float[latents.Length];
        policy.PredictVelocity(condition, 0.5, 1, latents, velocities);
        return velocities;
    }

    private static double[] Weight(RedirectorPolicy policy, string name = Name) => RedirectorFixture.Values(RedirectorFixture.Weights(policy.Network)[name]);
}
