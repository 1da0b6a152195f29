using GeoAlign.Grpo;
using GeoAlign.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class SupervisedTrainerTests
{
    private static readonly RedirectorConfig Config = RedirectorConfig.Tiny;

    [Theory]
    [InlineData(true, "329,840,640 numbers in 360 tensors", "self-attention layers whole")]
    [InlineData(false, "283,392,000 numbers in 300 tensors", "without camera phases")]
    public void The_log_line_says_how_many_numbers_of_the_released_network_are_trained(bool phases, string count, string which)
    {
        using RedirectorTransformer network = new(RedirectorConfig.Release, META, ScalarType.BFloat16);
        using SupervisedTrainer trainer = new(network, new SupervisedOptions { Selection = WeightSelection.SelfAttention(phases) });

        Assert.StartsWith(count, trainer.Summary, StringComparison.Ordinal);
        Assert.Contains(which, trainer.Summary, StringComparison.Ordinal);
        Assert.EndsWith("the network has 1,662,761,792.", trainer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_kept_in_a_coarse_type_are_not_trained()
    {
        using RedirectorTransformer network = new(RedirectorConfig.Tiny, META, ScalarType.BFloat16);

        string message = Assert.Throws<ArgumentException>(() => new SupervisedTrainer(network, new SupervisedOptions { Selection = WeightSelection.All })).Message;

        Assert.Contains("patch_embedding.weight is kept in BFloat16", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_selection_is_refused()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);

        Assert.Throws<ArgumentException>(() => new SupervisedTrainer(network, new SupervisedOptions { Selection = WeightSelection.Where("nothing", _ => false) }));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public void Gradients_of_all_weights_do_not_depend_on_passes_or_recomputation(bool recompute, int samplesPerPass)
    {
        SupervisedSample[] samples = TrainingSamples.Some(3, Config);
        Dictionary<string, double[]> expected = Gradients(new SupervisedOptions(), out double loss);

        Dictionary<string, double[]> found =
            Gradients(new SupervisedOptions { SamplesPerPass = samplesPerPass, RecomputeActivations = recompute }, out double sameLoss);

        Assert.Equal(loss, sameLoss, 1e-6 * loss);
        foreach ((string name, double[] gradient) in expected)
        {
            Assert.Contains(gradient, g => g != 0);
            // float32 sums in another order, over some 10³ terms
            Near.Equal(gradient, found[name], 2e-6 * Math.Max(1, gradient.Max(Math.Abs)), what: name);
        }

        Dictionary<string, double[]> Gradients(SupervisedOptions options, out double value)
        {
            using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32);
            using SupervisedTrainer trainer = new(network, options with { Selection = WeightSelection.All });
            (value, _) = trainer.AccumulateGradients(samples);
            using DisposeScope scope = NewDisposeScope();
            return RedirectorFixture.Weights(network).ToDictionary(w => w.Key, w => RedirectorFixture.Values(w.Value.grad!));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_finite_differences(bool recompute)
    {
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float64);
        using SupervisedTrainer trainer = new(network, new SupervisedOptions
        {
            Selection = WeightSelection.All, SamplesPerPass = 2, RecomputeActivations = recompute, Seed = 4,
        });
        FlowMatchingTable table = new();
        SupervisedSample[] samples = TrainingSamples.Some(2, Config);
        trainer.AccumulateGradients(samples);

        Random random = new(1);
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            long at = random.NextInt64(weight.numel());
            double expected = (Loss(weight, at, 1e-5) - Loss(weight, at, -1e-5)) / 2e-5;
            double found = RedirectorFixture.Values(weight.grad!)[at];
            // The trainer takes velocities as float32, and the largest gradients are some 10; measured: 5e-6.
            Near.Equal([expected], [found], 1e-5, 1e-5, what: $"{name}[{at}]");
        }

        double Loss(Parameter weight, long at, double change)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Tensor element = weight.view(-1).narrow(0, at, 1), before = element.clone();
            element.copy_(before + change);
            double loss = samples.Index().Sum(s => LossOf(s.Item, s.Index)) / samples.Length;
            element.copy_(before);
            return loss;
        }

        // From the definitions, in double precision.
        double LossOf(SupervisedSample sample, int index)
        {
            using DisposeScope scope = NewDisposeScope();
            TrainingTime time = table.At(
                new CounterRandom(4, RandomPurpose.TrainingTime, group: index).Integer(table.Count), roundTimestepToBFloat16: true);
            float[] noise = new float[sample.Target.Length];
            new CounterRandom(4, RandomPurpose.TrainingNoise, group: index).Normals(noise);
            Tensor data = tensor(sample.Target.ToArray()).to(ScalarType.Float64), epsilon = tensor(noise).to(ScalarType.Float64);
            Tensor noisy = ((1 - time.Sigma) * data + time.Sigma * epsilon).to(ScalarType.Float32).to(ScalarType.Float64).view(1, 16, 2, 4, 4);
            Tensor velocity = network.Velocity(noisy, [time.Timestep], network.Encode([sample.Inputs]), sample.Inputs.Shape);
            return time.Weight * (velocity.view(-1) - (epsilon - data)).square().mean().ToDouble();
        }
    }

    [Fact]
    public void The_loss_of_a_trained_sample_falls()
    {
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32);
        using SupervisedTrainer trainer = new(network, new SupervisedOptions
        {
            Selection = WeightSelection.All, LearningRate = new CosineLearningRate { Peak = 3e-3, WarmUpUpdates = 5, TotalUpdates = 60 },
            Weighting = LossWeighting.Uniform, MaximumGradientNorm = 1, SamplesPerPass = 2,
        });
        SupervisedSample[] samples = TrainingSamples.Some(2, Config);
        double before = trainer.Evaluate(samples, draw: 1000).UnweightedLoss;

        for (int i = 0; i < 60; i++) trainer.Step(samples);

        double after = trainer.Evaluate(samples, draw: 1000).UnweightedLoss;
        Assert.True(after < 0.7 * before, $"{before} before, {after} after");
        Assert.Equal(60, trainer.Updates);
    }

    [Fact]
    public void Frozen_weights_stay_bit_for_bit()
    {
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32);
        Dictionary<string, double[]> before = RedirectorFixture.Weights(network).ToDictionary(w => w.Key, w => RedirectorFixture.Values(w.Value));
        using SupervisedTrainer trainer = new(network, new SupervisedOptions { Selection = WeightSelection.SelfAttention(withPhaseLayers: false) });

        trainer.Step(TrainingSamples.Some(1, Config));

        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            bool trained = RedirectorKeys.IsSelfAttention(name) && !RedirectorKeys.IsPhaseLayer(name);
            Assert.Equal(!trained, before[name].SequenceEqual(RedirectorFixture.Values(weight)));
        }
    }

    [Fact]
    public void A_run_that_was_interrupted_ends_with_the_same_weights()
    {
        using TemporaryFolder folder = new();
        SupervisedOptions options = new() { Seed = 7, Ema = new EmaOptions(0.9, 2), SamplesPerPass = 2 };
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32), resumedNetwork = TrainedNetwork(ScalarType.Float32);
        SupervisedSample[] samples = TrainingSamples.Some(3, Config);
        using SupervisedTrainer trainer = new(network, options);
        for (int i = 0; i < 3; i++) trainer.Step(samples);
        trainer.Save(folder.Path);
        for (int i = 0; i < 3; i++) trainer.Step(samples);

        using SupervisedTrainer resumed = new(resumedNetwork, options);
        resumed.Load(folder.Path);
        Assert.Equal(3, resumed.Updates);
        for (int i = 0; i < 3; i++) resumed.Step(samples);

        AssertEqualWeights();
        using (trainer.UseAverage())
        {
            using (resumed.UseAverage()) AssertEqualWeights();
            Assert.Throws<InvalidOperationException>(() => trainer.Step(samples));
        }

        void AssertEqualWeights()
        {
            foreach ((string name, Parameter weight) in network.named_parameters())
                Assert.Equal(RedirectorFixture.Values(weight), RedirectorFixture.Values(RedirectorFixture.Weights(resumedNetwork)[name]));
        }
    }

    [Fact]
    public void Noise_is_new_in_every_update_and_for_every_sample()
    {
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32);
        using SupervisedTrainer trainer = new(network, new SupervisedOptions { LearningRate = new CosineLearningRate { Peak = 0 } });
        SupervisedSample sample = TrainingSamples.One(0, Config);

        double first = trainer.Step([sample]).UnweightedLoss, second = trainer.Step([sample]).UnweightedLoss;
        double both = trainer.Evaluate([sample, sample], draw: 0).UnweightedLoss;

        Assert.NotEqual(first, second);
        Assert.NotEqual(first, both);
        Assert.Equal(first, trainer.Evaluate([sample], draw: 0).UnweightedLoss, 1e-6);
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused()
    {
        using RedirectorTransformer network = TrainedNetwork(ScalarType.Float32);
        using SupervisedTrainer trainer = new(network);
        SupervisedSample sample = TrainingSamples.One(0, Config);

        Assert.Contains("Target has 3 numbers", Assert.Throws<ArgumentException>(() => trainer.Step([sample with { Target = new float[3] }])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step([]));
        Assert.Throws<ArgumentException>(() => new SupervisedOptions { SamplesPerPass = 0, FirstLevelShare = 1, Levels = 1 }.Validated());
    }

    // Phases are not zero, so that every weight has a gradient.
    private static RedirectorTransformer TrainedNetwork(ScalarType type)
    {
        RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 3, type: type);
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            if (RedirectorKeys.IsPhaseLayer(name)) weight.copy_(arange(weight.numel(), dtype: type).view(weight.shape).sin() * 0.3);
        }

        return network;
    }
}
