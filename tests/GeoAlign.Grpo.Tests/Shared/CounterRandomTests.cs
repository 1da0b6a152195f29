using GeoAlign.Randomness;

namespace GeoAlign.Grpo.Tests;

public class CounterRandomTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), CounterRandom.Philox(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Each_part_of_the_address_changes_the_numbers_and_the_same_address_repeats_them()
    {
        CounterRandom[] addresses =
        [
            new(7, RandomPurpose.StepNoise, 1, 2, 3, 4), new(8, RandomPurpose.StepNoise, 1, 2, 3, 4), new(7UL | 1UL << 40, RandomPurpose.StepNoise, 1, 2, 3, 4),
            new(7, RandomPurpose.InitialNoise, 1, 2, 3, 4), new(7, RandomPurpose.StepNoise, 2, 2, 3, 4), new(7, RandomPurpose.StepNoise, 1, 1, 3, 4),
            new(7, RandomPurpose.StepNoise, 1, 2, 4, 4), new(7, RandomPurpose.StepNoise, 1, 2, 3, 3),
        ];

        double[] firsts = [.. addresses.Select(a => a.Uniform(0))];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
        Assert.Equal(firsts[0], new CounterRandom(7, RandomPurpose.StepNoise, 1, 2, 3, 4).Uniform(0));
        Assert.NotEqual(addresses[0].Uniform(0), addresses[0].Uniform(1));
    }

    [Fact]
    public void Prefixes_do_not_depend_on_the_length_asked_for()
    {
        CounterRandom random = new(1, RandomPurpose.InitialNoise, 5);
        double[] many = new double[101], few = new double[7];
        float[] rounded = new float[101];

        random.Normals(many);
        random.Normals(few);
        random.Normals(rounded);

        Assert.Equal(many[..7], few);
        Assert.Equal(Array.ConvertAll(many, v => (float)v), rounded);
    }

    [Fact]
    public void Uniforms_stay_inside_the_open_interval_with_the_moments_of_a_uniform()
    {
        double[] u = new double[200_000];

        new CounterRandom(3, RandomPurpose.ItemChoice).Uniforms(u);

        Assert.All(u, value => Assert.True(value is > 0 and < 1));
        Assert.InRange(u.Average(), 0.5 - 4 * Math.Sqrt(1 / 12.0 / u.Length), 0.5 + 4 * Math.Sqrt(1 / 12.0 / u.Length));
        Assert.InRange(u.Average(v => v * v), 1 / 3.0 - 0.003, 1 / 3.0 + 0.003);
    }

    [Fact]
    public void Small_uniforms_keep_their_full_precision()
    {
        double[] u = new double[200_000];
        new CounterRandom(4, RandomPurpose.ItemChoice).Uniforms(u);

        double[] small = [.. u.Where(v => v < 1e-3)];

        Assert.InRange(small.Length, 140, 260);
        Assert.True(small.Count(v => (BitConverter.DoubleToUInt64Bits(v) & 1) == 1) > small.Length / 4, "The last bit of small uniforms is never set.");
    }

    [Fact]
    public void Normals_have_the_moments_and_the_tails_of_a_standard_normal()
    {
        double[] z = new double[400_000];

        new CounterRandom(5, RandomPurpose.StepNoise).Normals(z);

        double n = z.Length;
        Assert.InRange(z.Average(), -4 / Math.Sqrt(n), 4 / Math.Sqrt(n));
        Assert.InRange(z.Average(v => v * v), 1 - 4 * Math.Sqrt(2 / n), 1 + 4 * Math.Sqrt(2 / n));
        Assert.InRange(z.Average(v => v * v * v), -4 * Math.Sqrt(15 / n), 4 * Math.Sqrt(15 / n));
        Assert.InRange(z.Average(v => v * v * v * v), 3 - 4 * Math.Sqrt(96 / n), 3 + 4 * Math.Sqrt(96 / n));
        Assert.InRange(z.Count(v => Math.Abs(v) > 3) / n, 0.0023, 0.0031);                      // 0.0027
        double lag = Enumerable.Range(0, z.Length - 1).Average(i => z[i] * z[i + 1]);
        Assert.InRange(lag, -4 / Math.Sqrt(n), 4 / Math.Sqrt(n));
    }

    [Fact]
    public void Integers_cover_their_range_evenly()
    {
        int[] counts = new int[6];
        CounterRandom random = new(6, RandomPurpose.WindowStart);

        for (uint i = 0; i < 60_000; i++) counts[random.Integer(6, i)]++;

        Assert.All(counts, c => Assert.InRange(c, 10_000 - 400, 10_000 + 400));
    }

    [Fact]
    public void Permutations_hold_every_index_once()
    {
        int[] order = new int[1000];

        new CounterRandom(9, RandomPurpose.ItemOrder, 3).Permutation(order);

        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
    }

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(0, -1, 0, 0)]
    [InlineData(0, 0, 4096, 0)]
    [InlineData(0, 0, 0, 4096)]
    public void Addresses_that_do_not_fit_are_refused(int iteration, int group, int member, int step) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(0, RandomPurpose.StepNoise, iteration, group, member, step));
}
