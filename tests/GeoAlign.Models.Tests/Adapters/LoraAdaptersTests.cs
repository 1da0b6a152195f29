using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class LoraAdaptersTests
{
    private static readonly RedirectorConfig Config = RedirectorConfig.Tiny;
    private static readonly LoraOptions Options = new() { Rank = 3, Alpha = 6 };

    [Fact]
    public void A_fresh_adapter_changes_nothing_and_is_no_weight_of_the_network()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        double[] before = Velocity(network);
        int weights = network.named_parameters().Count();

        using LoraAdapters adapters = LoraAdapters.Attach(network, Options);

        Assert.Equal(before, Velocity(network));
        Assert.Equal(weights, network.named_parameters().Count());
        Assert.Equal((8, 2 * 4 * 3 * (28 + 28)), (adapters.Layers.Count, adapters.ParameterCount));
        Assert.Contains("blocks.1.self_attn.o", adapters.Layers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_moves_the_additions_only_and_merging_keeps_the_results(bool recompute)
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        double[] untrained = Velocity(network);
        Dictionary<string, double[]> before = Values(network);
        double[] trained;
        using (SupervisedTrainer trainer = new(network, new SupervisedOptions
        {
            Lora = Options, LearningRate = new CosineLearningRate { Peak = 1e-2 }, RecomputeActivations = recompute,
        }))
        {
            for (int i = 0; i < 3; i++) trainer.Step(TrainingSamples.Some(1, Config));
            trained = Velocity(network);
            Assert.Equal(1344, trainer.TrainedParameterCount);
            Assert.Contains("low-rank additions to 8 layers", trainer.Summary, StringComparison.Ordinal);
            Assert.NotEqual(untrained, trained);
            foreach ((string name, double[] values) in Values(network)) Assert.Equal(before[name], values);

            trainer.Adapters!.Merge();
            Assert.Throws<InvalidOperationException>(trainer.Adapters.Merge);
        }

        Near.Equal(trained, Velocity(network), 2e-5, what: "merged");      // x Wᵀ + s (x Aᵀ) Bᵀ and x (W + s B A)ᵀ, float32
        foreach ((string name, double[] values) in Values(network))
            Assert.Equal(!(WanKeys.IsSelfAttention(name) && name.EndsWith(".weight", StringComparison.Ordinal) && !name.Contains("norm", StringComparison.Ordinal)
                && !WanKeys.IsPhaseLayer(name)), before[name].SequenceEqual(values));
    }

    [Fact]
    public void The_addition_is_alpha_over_rank_times_B_times_A()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using LoraAdapters adapters = LoraAdapters.Attach(network, Options);
        Dictionary<string, Parameter> additions = adapters.Weights.ToDictionary(w => w.Name, w => w.Weight);
        Tensor down = additions["blocks.0.self_attn.q.lora_A.weight"], up = additions["blocks.0.self_attn.q.lora_B.weight"];
        up.fill_(0.25);
        Tensor weight = RedirectorFixture.Weights(network)["blocks.0.self_attn.q.weight"], before = weight.clone();
        double[] a = RedirectorFixture.Values(down);

        adapters.Merge();

        // Every row of B·A is 0.25 times the sum of A's rows; α/r = 2.
        double[] difference = RedirectorFixture.Values(weight - before);
        double[] expected = [.. Enumerable.Range(0, 28 * 28).Select(i => 2 * 0.25 * (a[i % 28] + a[28 + i % 28] + a[56 + i % 28]))];
        Near.Equal(expected, difference, 1e-6, what: "W' − W");
    }

    [Fact]
    public void Additions_are_saved_and_loaded_and_removed()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("lora.safetensors");
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1), other = RedirectorTransformer.CreateRandom(Config, seed: 1);
        double[] untrained = Velocity(network), trained;
        using (SupervisedTrainer trainer = new(network, new SupervisedOptions { Lora = Options }))
        {
            trainer.Step(TrainingSamples.Some(1, Config));
            trained = Velocity(network);
            trainer.Adapters!.Save(path);
        }

        Assert.Equal(untrained, Velocity(network));
        using LoraAdapters loaded = LoraAdapters.Attach(other, Options with { Seed = 9 });
        using IWeightSource source = WeightSources.Open(path);
        loaded.Load(source);
        Assert.Equal(trained, Velocity(other));
        using RedirectorTransformer third = RedirectorTransformer.CreateRandom(Config, seed: 1);
        using LoraAdapters wrong = LoraAdapters.Attach(third, Options with { Rank = 2 });
        Assert.Throws<WeightMismatchException>(() => wrong.Load(source));
    }

    [Fact]
    public void A_policy_trains_additions_saves_and_resumes()
    {
        using TemporaryFolder folder = new();
        FlowPolicyOptions options = new() { Lora = Options, KeepAverage = true };
        using RedirectorPolicy policy = new(RedirectorTransformer.CreateRandom(Config, seed: 1), options);
        using RedirectorPolicy resumed = new(RedirectorTransformer.CreateRandom(Config, seed: 1), options);
        using RedirectorCondition condition = policy.Network.Prepare((RedirectorInputs)TrainingSamples.One(0, Config).Inputs);
        float[] x = new float[policy.LatentSize(condition)];
        Array.Fill(x, 0.5f);

        policy.Backpropagate(condition, 0.5, 1, x, (v, g) => v.CopyTo(g));
        policy.ApplyUpdate(1e-2, 1);
        policy.MoveAverage(0.5);
        policy.Save(folder.Path);
        resumed.Load(folder.Path);

        Assert.True(File.Exists(folder.File("lora.safetensors")));
        Assert.Equal(Velocity(policy.Network), Velocity(resumed.Network));
        Assert.All(policy.TrainedWeights, name => Assert.Contains(".lora_", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Impossible_adapters_are_refused()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        using LoraAdapters adapters = LoraAdapters.Attach(network, Options);

        Assert.Throws<InvalidOperationException>(() => LoraAdapters.Attach(network, Options));
        Assert.Throws<ArgumentException>(() => LoraAdapters.Attach(network, Options with { Rank = 0 }));
        Assert.Throws<ArgumentException>(() => LoraAdapters.Attach(network, Options with { Targets = WeightSelection.Where("none", _ => false) }));
    }

    private static double[] Velocity(RedirectorTransformer network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        SupervisedSample sample = TrainingSamples.One(3, Config);
        return RedirectorFixture.Values(network.Velocity(
            tensor(sample.Target.ToArray(), [1, 16, 2, 4, 4]), [600], network.Encode([sample.Inputs]), sample.Inputs.Shape));
    }

    private static Dictionary<string, double[]> Values(RedirectorTransformer network) =>
        RedirectorFixture.Weights(network).ToDictionary(w => w.Key, w => RedirectorFixture.Values(w.Value));
}
