using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class RedirectorPolicyTests
{
    private const int Members = 3;

    [Theory]
    [InlineData(false, "sample.f32t.latents")]
    [InlineData(true, "sample.bf16t.latents")]
    public void Four_guided_Euler_steps_meet_their_golden_latents(bool roundTimestep, string golden)
    {
        using RedirectorPolicy policy = Golden(new FlowPolicyOptions { GuidanceScale = 5, RoundTimestepToBFloat16 = roundTimestep });
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        SigmaSchedule schedule = SigmaSchedule.DiffSynth(4, 5);
        float[] x = RedirectorFixture.Golden["in.latents"].Floats(), v = new float[x.Length];

        for (int step = 0; step < 4; step++)
        {
            policy.PredictVelocity(condition, schedule[step], 1, x, v);
            for (int i = 0; i < x.Length; i++) x[i] += v[i] * (float)(schedule[step + 1] - schedule[step]);
            Near.Equal(RedirectorFixture.Golden[golden].Row(step).ToArray(), x, 5e-5, what: $"latents after step {step}");
        }
    }

    [Fact]
    public void Replayed_velocities_equal_the_predicted_ones_bit_for_bit()
    {
        foreach (double guidance in new[] { 1.0, 3.0 })
        {
            using RedirectorPolicy policy = Golden(new FlowPolicyOptions { GuidanceScale = guidance });
            using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
            float[] latents = Latents(condition), predicted = new float[latents.Length], replayed = [];
            policy.PredictVelocity(condition, 0.7, Members, latents, predicted);

            policy.Backpropagate(condition, 0.7, Members, latents, (velocities, _) => replayed = velocities.ToArray());

            Assert.Equal(predicted, replayed);
        }
    }

    [Fact]
    public void A_member_alone_differs_from_the_batch_by_rounding_only()
    {
        using RedirectorPolicy policy = Golden();
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        float[] latents = Latents(condition), together = new float[latents.Length];
        int size = policy.LatentSize(condition);
        float[] alone = new float[size];
        policy.PredictVelocity(condition, 0.4, Members, latents, together);

        for (int member = 0; member < Members; member++)
        {
            policy.PredictVelocity(condition, 0.4, 1, latents.AsSpan(member * size, size), alone);
            Near.Equal(Array.ConvertAll(together[(member * size)..((member + 1) * size)], v => (double)v), alone, 2e-6,
                what: $"member {member}");
        }
    }

    [Fact]
    public void Backpropagation_gives_the_golden_gradients()
    {
        using RedirectorPolicy policy = Golden();
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        double[] target = RedirectorFixture.Golden["loss_target"].Values;
        double sigma = RedirectorFixture.Golden["in.timestep"].Scalar / 1000;

        policy.Backpropagate(condition, sigma, 1, RedirectorFixture.Golden["in.latents"].Floats(), (v, gradient) =>
        {
            for (int i = 0; i < v.Length; i++) gradient[i] = (float)(2 * (v[i] - target[i]) / v.Length);
        });

        using DisposeScope scope = NewDisposeScope();
        double sum = 0;
        foreach ((string name, Parameter weight) in policy.Network.named_parameters())
        {
            if (!RedirectorKeys.IsSelfAttention(name))
            {
                Assert.Null(weight.grad);
                continue;
            }

            double[] golden = RedirectorFixture.Golden["grad." + name].Values;
            Near.Equal(golden, RedirectorFixture.Values(weight.grad!), 1e-6, what: name);
            sum += golden.Sum(g => g * g);
        }

        Near.Equal([Math.Sqrt(sum)], [policy.GradientNorm()], 1e-5, what: "gradient norm");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void Backpropagation_agrees_with_finite_differences(double guidance)
    {
        // Double precision, so that central differences are good to some 1e-9; measured: 4e-9.
        using RedirectorFixture fixture = new(ScalarType.Float64);
        RedirectorPolicy policy = new(fixture.Network, new FlowPolicyOptions { GuidanceScale = guidance });
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        float[] latents = Latents(condition);
        float[] weightsOfLoss = [.. Enumerable.Range(0, latents.Length).Select(i => MathF.Sin(i))];
        policy.Backpropagate(condition, 0.6, Members, latents, (_, gradient) => weightsOfLoss.CopyTo(gradient));

        Random random = new(3);
        foreach ((string name, Parameter weight) in policy.Network.named_parameters())
        {
            if (!RedirectorKeys.IsSelfAttention(name)) continue;
            using DisposeScope scope = NewDisposeScope();
            long at = random.NextInt64(weight.numel());
            double expected = (Loss(weight, at, 1e-5) - Loss(weight, at, -1e-5)) / 2e-5;
            double found = RedirectorFixture.Values(weight.grad!)[at];
            Near.Equal([expected], [found], 2e-8, 2e-8, what: $"{name}[{at}]");
        }

        // The loss Σ cᵢ vᵢ of all members with one weight moved, in double precision throughout.
        double Loss(Parameter weight, long at, double change)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Tensor element = weight.view(-1).narrow(0, at, 1), before = element.clone();
            element.copy_(before + change);
            Tensor x = tensor(Array.ConvertAll(latents, v => (double)v), [Members, 16, 2, 4, 4]);
            Tensor v = policy.Network.Velocity(x, [policy.Timestep(0.6)], condition);
            if (guidance != 1)
            {
                Tensor negative = policy.Network.Velocity(x, [policy.Timestep(0.6)], condition, negative: true);
                v = negative + (v - negative) * guidance;
            }

            double loss = RedirectorFixture.Values(v).Zip(weightsOfLoss, (a, c) => a * c).Sum();
            element.copy_(before);
            return loss;
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(4.0)]
    public void Recomputed_activations_give_the_same_velocities_and_gradients(double guidance)
    {
        using RedirectorPolicy kept = Golden(new FlowPolicyOptions { GuidanceScale = guidance });
        using RedirectorPolicy recomputed = Golden(new FlowPolicyOptions { GuidanceScale = guidance, RecomputeActivations = true });
        float[][] velocities = [[], []];
        foreach ((int i, RedirectorPolicy policy) in new[] { kept, recomputed }.Index())
        {
            using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
            for (int call = 0; call < 2; call++)                                           // gradients add up in both
            {
                policy.Backpropagate(condition, 0.7, Members, Latents(condition), (v, gradient) =>
                {
                    velocities[i] = v.ToArray();
                    for (int n = 0; n < v.Length; n++) gradient[n] = MathF.Cos(n) / v.Length;
                });
            }
        }

        Assert.Equal(velocities[0], velocities[1]);
        foreach (string name in kept.TrainedWeights)
        {
            double[] expected = GradientOf(RedirectorFixture.Weights(kept.Network)[name]),
                found = GradientOf(RedirectorFixture.Weights(recomputed.Network)[name]);
            Near.Equal(expected, found, 5e-9, 1e-6, what: name);      // measured 5e-10: sums are grouped by block
        }
    }

    [Fact]
    public void Gradients_add_up_over_calls_and_are_forgotten_on_request()
    {
        using RedirectorPolicy policy = Golden();
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        Push(policy, condition);
        double once = policy.GradientNorm();
        Push(policy, condition);
        double twice = policy.GradientNorm();
        policy.ZeroGradients();

        Assert.Equal(2 * once, twice, 1e-6 * once);
        Assert.Equal(0, policy.GradientNorm());
    }

    [Fact]
    public void An_update_moves_self_attention_and_leaves_every_other_weight_as_it_was()
    {
        foreach (bool trainPhases in new[] { true, false })
        {
            using RedirectorPolicy policy = Golden(new FlowPolicyOptions { Selection = WeightSelection.SelfAttention(trainPhases) });
            using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
            Dictionary<string, double[]> before =
                policy.Network.named_parameters().ToDictionary(p => p.Item1, p => RedirectorFixture.Values(p.Item2));

            Push(policy, condition);
            policy.ApplyUpdate(1e-3, 1);

            Assert.Equal(trainPhases ? 24 : 20, policy.TrainedWeights.Count);
            Assert.Equal(2 * (4 * (28 * 28 + 28) + 2 * 28 + (trainPhases ? 2 * 8 * 28 : 0)), policy.TrainedParameterCount);
            foreach ((string name, Parameter weight) in policy.Network.named_parameters())
            {
                double[] after = RedirectorFixture.Values(weight);
                if (policy.TrainedWeights.Contains(name)) Assert.NotEqual(before[name], after);
                else Assert.Equal(before[name], after);
            }
        }
    }

    [Fact]
    public void Updates_follow_the_AdamW_formula()
    {
        AdamWOptions adam = new() { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.1 };
        using RedirectorPolicy policy = Golden(new FlowPolicyOptions { Optimizer = adam });
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        Parameter weight = RedirectorFixture.Weights(policy.Network)["blocks.1.self_attn.k.weight"];
        double[] expected = RedirectorFixture.Values(weight), mean = new double[expected.Length], square = new double[expected.Length];
        const double rate = 2e-3, scale = 0.5;

        for (int step = 1; step <= 3; step++)
        {
            policy.ZeroGradients();
            Push(policy, condition);
            double[] gradient = GradientOf(weight);
            policy.ApplyUpdate(rate, scale);
            for (int i = 0; i < expected.Length; i++)
            {
                double g = scale * gradient[i];
                mean[i] = 0.8 * mean[i] + 0.2 * g;
                square[i] = 0.95 * square[i] + 0.05 * g * g;
                double unbiasedMean = mean[i] / (1 - Math.Pow(0.8, step)), unbiasedSquare = square[i] / (1 - Math.Pow(0.95, step));
                expected[i] = expected[i] * (1 - rate * 0.1) - rate * unbiasedMean / (Math.Sqrt(unbiasedSquare) + 1e-6);
            }

            Near.Equal(expected, RedirectorFixture.Values(weight), 1e-6, what: $"weight after update {step}");
        }
    }

    [Fact]
    public void A_run_that_was_saved_and_loaded_continues_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy straight = Tiny(seed: 4);
        using RedirectorCondition condition = straight.Network.Prepare(TinyInputs());
        for (int i = 0; i < 2; i++) Step(straight, condition);
        straight.Save(folder.File("two"));
        for (int i = 0; i < 2; i++) Step(straight, condition);

        using RedirectorPolicy resumed = Tiny(seed: 4);
        using RedirectorCondition sameCondition = resumed.Network.Prepare(TinyInputs());
        Step(resumed, sameCondition);                                                      // a different past, which loading must wipe out
        resumed.ZeroGradients();
        resumed.Load(folder.File("two"));
        for (int i = 0; i < 2; i++) Step(resumed, sameCondition);

        foreach ((string name, Parameter weight) in resumed.Network.named_parameters())
            Assert.Equal(RedirectorFixture.Values(RedirectorFixture.Weights(straight.Network)[name]), RedirectorFixture.Values(weight));
    }

    [Fact]
    public void A_policy_that_never_learnt_saves_and_loads()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy policy = Tiny(seed: 4);

        policy.Save(folder.File("new"));
        policy.Load(folder.File("new"));

        using SafetensorsFile weights = SafetensorsFile.Open(Path.Combine(folder.File("new"), "self_attention.safetensors"));
        Assert.Equal(policy.TrainedWeights.Order(StringComparer.Ordinal), weights.Entries.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_saved_on_another_base_is_refused_and_nothing_changes()
    {
        using TemporaryFolder folder = new();
        using RedirectorPolicy saved = Tiny(seed: 4), other = Tiny(seed: 5);
        saved.Save(folder.Path);
        double[] before = RedirectorFixture.Values(RedirectorFixture.Weights(other.Network)["blocks.0.self_attn.q.weight"]);

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => other.Load(folder.Path));

        Assert.Contains("another base", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, RedirectorFixture.Values(RedirectorFixture.Weights(other.Network)["blocks.0.self_attn.q.weight"]));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_before_the_weights_and_is_named()
    {
        using RedirectorPolicy policy = Tiny(seed: 4);
        using RedirectorCondition condition = policy.Network.Prepare(TinyInputs());
        Parameter weight = RedirectorFixture.Weights(policy.Network)["blocks.1.self_attn.o.bias"];
        double[] before = RedirectorFixture.Values(weight);
        Push(policy, condition);
        using (DisposeScope scope = NewDisposeScope()) weight.grad!.fill_(float.PositiveInfinity);

        NonFiniteException norm = Assert.Throws<NonFiniteException>(() => policy.GradientNorm());
        Assert.Throws<NonFiniteException>(() => policy.ApplyUpdate(1e-3, 1));

        Assert.Contains("blocks.1.self_attn.o.bias", norm.Message, StringComparison.Ordinal);
        Assert.Equal(before, RedirectorFixture.Values(weight));
    }

    [Fact]
    public void Velocities_and_loss_gradients_that_are_not_finite_are_named()
    {
        using RedirectorPolicy policy = Tiny(seed: 4);
        using RedirectorCondition condition = policy.Network.Prepare(TinyInputs());
        int size = policy.LatentSize(condition);
        float[] latents = new float[2 * size], velocities = new float[2 * size];
        latents[size + 3] = float.NaN;

        NonFiniteException forward =
            Assert.Throws<NonFiniteException>(() => policy.PredictVelocity(condition, 0.5, 2, latents, velocities));
        NonFiniteException backward = Assert.Throws<NonFiniteException>(() =>
            policy.Backpropagate(condition, 0.5, 1, new float[size], (_, gradient) => gradient[9] = float.NegativeInfinity));

        Assert.Contains("of latent 1 at", forward.Message, StringComparison.Ordinal);
        Assert.Contains("d(loss)/d(velocity)[9] of latent 0", backward.Message, StringComparison.Ordinal);
        Assert.Equal(0, policy.GradientNorm());
    }

    [Fact]
    public void Guidance_without_a_negative_prompt_is_refused()
    {
        using RedirectorPolicy policy = Golden(new FlowPolicyOptions { GuidanceScale = 5 });
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs with { NegativeText = null });
        float[] x = new float[policy.LatentSize(condition)];

        Assert.Throws<ArgumentException>(() => policy.PredictVelocity(condition, 0.5, 1, x, new float[x.Length]));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        using RedirectorPolicy policy = Tiny(seed: 1);
        using RedirectorCondition condition = policy.Network.Prepare(TinyInputs());
        float[] x = new float[policy.LatentSize(condition)];

        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => policy.PredictVelocity(condition, 1.01, 1, x, x));
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => policy.PredictVelocity(condition, double.NaN, 1, x, x));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => policy.PredictVelocity(condition, 0.5, 0, x, x));
        Assert.Throws<ArgumentException>(() => policy.PredictVelocity(condition, 0.5, 2, x, x));
        Assert.Throws<ArgumentException>(() => policy.PredictVelocity(condition, 0.5, 1, x, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => policy.ApplyUpdate(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("gradientScale", () => policy.ApplyUpdate(1e-3, -1));
        Assert.Throws<ArgumentException>(
            () => new RedirectorPolicy(policy.Network, new FlowPolicyOptions { Optimizer = new AdamWOptions { Beta1 = 1 } }));
    }

    [Theory]
    [InlineData(0.995935, 996)]
    [InlineData(0.991736, 992)]
    [InlineData(0.241935, 242)]
    [InlineData(1.0, 1000)]
    [InlineData(0.0, 0)]
    public void Rounded_timesteps_have_eight_bits(double sigma, float expected)
    {
        using RedirectorPolicy rounding = new(
            RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 1), new FlowPolicyOptions { RoundTimestepToBFloat16 = true });
        using RedirectorPolicy exact = Tiny(seed: 1);

        Assert.Equal(expected, rounding.Timestep(sigma));
        Assert.Equal((float)(1000 * sigma), exact.Timestep(sigma));
    }

    [Theory]
    [InlineData(false, 1000)]
    [InlineData(true, 100)]
    public void Training_leaves_no_tensor_and_no_native_memory_behind(bool recompute, int steps)
    {
        using RedirectorPolicy policy = new(
            RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 4), new FlowPolicyOptions { RecomputeActivations = recompute });
        using RedirectorCondition condition = policy.Network.Prepare(TinyInputs());
        float[] latents = new float[policy.LatentSize(condition)], velocities = new float[latents.Length];
        Train(50);      // allocators and the runtime settle
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        // The activations of one pass take some 300 KB; a tenth of them leaking would show as 30 MB in 1,000 steps.
        const long Bound = 12 << 20;
        Assert.InRange(ResidentMemory.LeastGrowth(Bound, () => Train(steps)), long.MinValue, Bound);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Train(int count)
        {
            for (int i = 0; i < count; i++)
            {
                policy.PredictVelocity(condition, 0.5, 1, latents, velocities);
                Step(policy, condition);
            }
        }
    }

    private static RedirectorPolicy Golden(FlowPolicyOptions? options = null) => new(new RedirectorFixture().Network, options);

    private static RedirectorPolicy Tiny(ulong seed) => new(RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed));

    private static RedirectorInputs TinyInputs()
    {
        RedirectorInputs golden = RedirectorFixture.Inputs;
        return golden with { Text = golden.Text! with { Count = 5, Values = golden.Text!.Values[..100] }, NegativeText = null, Image = null };
    }

    private static float[] Latents(RedirectorCondition condition)
    {
        float[] first = RedirectorFixture.Golden["in.latents"].Floats();
        Assert.Equal(condition.Shape.Count, first.Length);
        return [.. first, .. first.Reverse(), .. first.Select(v => 0.3f * v - 0.1f)];
    }

    private static void Push(RedirectorPolicy policy, RedirectorCondition condition) =>
        policy.Backpropagate(condition, 0.8, 1, RedirectorFixture.Golden["in.latents"].Floats(), (v, gradient) =>
        {
            for (int i = 0; i < v.Length; i++) gradient[i] = v[i] + MathF.Cos(i);
        });

    private static void Step(RedirectorPolicy policy, RedirectorCondition condition)
    {
        policy.ZeroGradients();
        Push(policy, condition);
        policy.ApplyUpdate(1e-3, 1 / Math.Max(1, policy.GradientNorm()));
    }

    private static double[] GradientOf(Parameter weight)
    {
        using DisposeScope scope = NewDisposeScope();
        return RedirectorFixture.Values(weight.grad!);
    }
}
