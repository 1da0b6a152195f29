namespace GeoAlign.Grpo.Tests;

public class KRepeatSamplerTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "tree_sampler.safetensors");

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("lcm")]
    public void Entries_are_dealt_as_the_reference_samplers_deal_them(string tag)
    {
        int[] config = [.. Golden[$"sampler.{tag}.config"].Integers().Select(v => (int)v)];
        KRepeatSampler sampler = new(config[0], config[1], config[2], config[3], config[4] == 0 ? null : config[4]);
        int[] chosen = [.. Golden[$"sampler.{tag}.unique"].Integers().Select(v => (int)v)], order = [.. Golden[$"sampler.{tag}.shuffle"].Integers().Select(v => (int)v)];

        int[] dealt = [.. from batch in Enumerable.Range(0, sampler.Batches) from rank in Enumerable.Range(0, config[1]) from item in sampler.Deal(chosen, order, batch, rank) select item];

        Assert.Equal((config[5], config[6]), (sampler.UniqueItems, sampler.Batches));
        Assert.Equal(Golden[$"sampler.{tag}.batches"].Integers(), dealt.Select(i => (long)i));
    }

    [Fact]
    public void Every_item_of_an_epoch_appears_once_per_member_over_all_ranks() => ForAll.Seeds(50, rng =>
    {
        int ranks = rng.Next(1, 5), batch = rng.Next(1, 6), repeats = rng.Next(1, 7), wanted = rng.Next(1, 8);
        KRepeatSampler sampler = new(10_000, ranks, batch, repeats, wanted);

        int[] all = [.. from b in Enumerable.Range(0, sampler.Batches) from r in Enumerable.Range(0, ranks) from i in sampler.Draw(5, 2, b, r) select i];

        Assert.Equal(sampler.UniqueItems * repeats, all.Length);
        Assert.All(all.GroupBy(i => i), g => Assert.Equal(repeats, g.Count()));
        Assert.True(sampler.UniqueItems >= wanted);
    });

    [Fact]
    public void Epochs_differ_and_repeat_exactly()
    {
        KRepeatSampler sampler = new(100, 2, 6, 4);

        Assert.Equal(sampler.Draw(1, 3, 0, 1), sampler.Draw(1, 3, 0, 1));
        Assert.NotEqual(sampler.Draw(1, 3, 0, 1), sampler.Draw(1, 4, 0, 1));
    }

    [Fact]
    public void Numbers_that_do_not_divide_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new KRepeatSampler(100, 2, 5, 4));
        Assert.Throws<ArgumentException>(() => new KRepeatSampler(2, 2, 6, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KRepeatSampler(2, 0, 6, 4));
    }

    [Fact]
    public void Prompt_seeds_match()
    {
        string[] prompts = ["a red car", "", "Geo-Align", "相机"];

        long[] seeds = [.. prompts.Select(p => (long)PromptSeed.For(p, (long)Golden["seed.base"].Scalar))];

        Assert.Equal(Golden["seed.value"].Integers(), seeds);
    }
}
