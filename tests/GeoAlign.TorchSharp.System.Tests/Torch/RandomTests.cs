using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Torch;

public class RandomTests : TorchFacts
{
    [Fact]
    public void Seed_42_gives_PyTorchs_numbers()
    {
        manual_seed(42);

        Near.Equal([0.3367, 0.1288, 0.2345, 0.2303], Values(randn(4)), 5e-5);
    }

    [Fact]
    public void Generator_has_the_stream_of_the_global_seed()
    {
        using Generator generator = new(42);

        Near.Equal([0.3367, 0.1288, 0.2345, 0.2303], Values(randn(4, generator: generator)), 5e-5);
        Assert.Equal(42, generator.initial_seed());
    }

    [Fact]
    public void Generators_do_not_disturb_each_other()
    {
        manual_seed(7);
        double[] expected = Values(randn(20));

        manual_seed(7);
        using Generator other = new(3);
        _ = randn(100, generator: other);

        Assert.Equal(expected, Values(randn(20)));
    }

    [Fact]
    public void State_brings_back_the_stream()
    {
        using Generator generator = new(5);
        _ = randn(3, generator: generator);
        Tensor state = generator.get_state();
        double[] expected = Values(rand(10, generator: generator));

        generator.set_state(state);

        Assert.Equal(ScalarType.Byte, state.dtype);
        Assert.Equal(5056, state.numel());
        Assert.Equal(expected, Values(rand(10, generator: generator)));
    }

    [Fact]
    public void Global_state_brings_back_the_stream()
    {
        Tensor state = get_rng_state();
        double[] expected = Values(randn(10));

        set_rng_state(state);

        Assert.Equal(expected, Values(randn(10)));
        torch.random.manual_seed(9);
        Assert.Equal(9, initial_seed());
        Assert.NotEqual(seed(), seed());
    }

    [Fact]
    public void Draws_have_their_distributions()
    {
        using Generator g = new(1);
        const int N = 100_000;

        // 5 standard errors around mean and variance.
        Tensor gaussian = empty(N).normal_(2, 3, generator: g);
        Assert.InRange(gaussian.mean().ToDouble(), 2 - 5 * 3 / Math.Sqrt(N), 2 + 5 * 3 / Math.Sqrt(N));
        Assert.InRange(gaussian.var().ToDouble(), 9 * (1 - 5 * Math.Sqrt(2.0 / N)), 9 * (1 + 5 * Math.Sqrt(2.0 / N)));
        Tensor uniform = empty(N).uniform_(-1, 3, generator: g);
        Assert.InRange(uniform.mean().ToDouble(), 1 - 5 * 4 / Math.Sqrt(12.0 * N), 1 + 5 * 4 / Math.Sqrt(12.0 * N));
        Assert.True(uniform.min().ToDouble() >= -1 && uniform.max().ToDouble() < 3);
        Tensor coins = empty(N).bernoulli_(0.3, generator: g);
        Assert.InRange(coins.mean().ToDouble(), 0.3 - 5 * Math.Sqrt(0.21 / N), 0.3 + 5 * Math.Sqrt(0.21 / N));
        Tensor exponential = empty(N).exponential_(2, generator: g);
        Assert.InRange(exponential.mean().ToDouble(), 0.5 - 5 * 0.5 / Math.Sqrt(N), 0.5 + 5 * 0.5 / Math.Sqrt(N));
        Tensor whole = empty(1000).random_(3, 6, generator: g);
        Assert.Equal([3, 4, 5], Values(whole).Distinct().Order());
        Tensor integers = randint(10, 13, new long[] { 1000 }, generator: g);
        Assert.Equal([10, 11, 12], Values(integers).Distinct().Order());
        Assert.Equal(ScalarType.Int64, integers.dtype);
        Assert.Equal([0, 1], Values(randint(2, new[] { 100 }, generator: g)).Distinct().Order());
        Assert.Equal([0, 1, 2, 3, 4], Values(randperm(5, generator: g)).Order());
        Assert.Equal([2], Values(multinomial(tensor([0f, 0f, 1f]), 1, generator: g)));
        Assert.Equal([0, 1], Values(bernoulli(tensor([0f, 1f]), generator: g)));
        Assert.Equal([3, 4], torch.normal(1, 0.5, [3L, 4L], generator: g).shape);
        Assert.Equal([5], Values(torch.normal(tensor([5.0]), tensor([0.0]), generator: g)));
    }
}
