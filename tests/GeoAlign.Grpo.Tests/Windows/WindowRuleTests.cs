namespace GeoAlign.Grpo.Tests;

public class WindowRuleTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "windows.safetensors");

    [Theory]
    [InlineData("prog_default")]
    [InlineData("prog_nooverlap_roll")]
    [InlineData("prog_nooverlap_clip")]
    [InlineData("prog_stride3")]
    [InlineData("frozen")]
    [InlineData("decay")]
    [InlineData("exp_decay")]
    public void The_repository_rule_repeats_the_published_state_machine(string name)
    {
        FixtureTensor rows = Golden["repo." + name];
        long[] config = Golden[$"repo.{name}.config"].Integers();
        RepositoryWindow rule = new((int)config[2], (int)config[1], (int)config[3], config[4] == 1, (RepositoryPace)config[5],
            MaxInterval: (int)Math.Max(1, config[6]), MinInterval: (int)Math.Max(1, config[7]));

        for (int i = 0; i < rows.Shape[0]; i++)
        {
            SdeWindow window = rule.At(i, 0, (int)config[0], 0);
            Assert.Equal(((int)rows.Row(i)[0], (int)rows.Row(i)[1], i), (window.Start, window.Length, i));
        }
    }

    [Theory]
    [InlineData("T25_tau25_w4_s1", 25, 25, 4, 1)]
    [InlineData("T16_tau3_w4_s2", 16, 3, 4, 2)]
    public void The_sliding_rule_repeats_the_paper(string name, int steps, int interval, int length, int stride)
    {
        FixtureTensor rows = Golden["paper." + name];

        for (int i = 0; i < rows.Shape[0]; i++)
        {
            SdeWindow window = new SlidingWindow(length, interval, stride).At(i, 3, steps, 0);
            Assert.Equal(((int)rows.Row(i)[0], (int)rows.Row(i)[1], i), (window.Start, window.Length, i));
        }
    }

    [Fact]
    public void A_sliding_window_moves_exactly_at_its_interval_and_always_fits() => ForAll.Seeds(200, rng =>
    {
        int steps = rng.Next(2, 40), length = rng.Next(1, steps + 1), interval = rng.Next(1, 9), stride = rng.Next(0, 4);
        WindowEnd end = (WindowEnd)rng.Next(2);
        SlidingWindow rule = new(length, interval, stride, end);

        Assert.Equal(new SdeWindow(0, length), rule.At(interval - 1, 0, steps, 0));
        Assert.Equal(Math.Min(stride, end == WindowEnd.Stay || stride <= steps - length ? steps - length : 0), rule.At(interval, 0, steps, 0).Start);
        for (int i = 0; i < 200; i++)
        {
            SdeWindow window = rule.At(i, 0, steps, 0);
            Assert.True(window.Start >= 0 && window.End <= steps && window.Length == length);
            if (i % interval != 0) Assert.Equal(rule.At(i - 1, 0, steps, 0), window);
        }
    });

    [Fact]
    public void A_restarting_window_visits_every_place_in_turn()
    {
        SlidingWindow rule = new(4, 1, 3, WindowEnd.Restart);

        int[] starts = [.. Enumerable.Range(0, 8).Select(i => rule.At(i, 0, 14, 0).Start)];

        Assert.Equal([0, 3, 6, 9, 0, 3, 6, 9], starts);
    }

    [Fact]
    public void Random_windows_cover_their_range_and_depend_on_iteration_group_and_seed_only()
    {
        RandomWindow rule = RandomWindow.SingleStep(6);
        int[] starts = [.. Enumerable.Range(0, 600).Select(i => rule.At(i, 2, 16, 7).Start)];

        Assert.Equal([0, 1, 2, 3, 4, 5], starts.Distinct().Order());
        Assert.Equal(starts, Enumerable.Range(0, 600).Select(i => rule.At(i, 2, 16, 7).Start));
        Assert.NotEqual(starts, Enumerable.Range(0, 600).Select(i => rule.At(i, 3, 16, 7).Start));
        Assert.NotEqual(starts, Enumerable.Range(0, 600).Select(i => rule.At(i, 2, 16, 8).Start));
    }

    [Fact]
    public void A_shared_random_window_is_the_same_for_all_groups_and_reaches_the_last_place_that_fits()
    {
        RandomWindow rule = new(4);
        SdeWindow[] windows = [.. Enumerable.Range(0, 2000).Select(i => rule.At(i, 0, 25, 1))];

        Assert.Equal(windows, Enumerable.Range(0, 2000).Select(i => rule.At(i, 5, 25, 1)));
        Assert.Equal(21, windows.Max(w => w.Start));
        Assert.Equal(0, windows.Min(w => w.Start));
    }

    [Fact]
    public void A_plan_reads_as_stretches_of_iterations()
    {
        string plan = new SlidingWindow(4, 25, 1).Describe(60, 0, 25, 0);

        Assert.Equal(["iterations 0–24: steps 0–3", "iterations 25–49: steps 1–4", "iterations 50–59: steps 2–5"],
            plan.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_rule_that_does_not_fit_names_the_number()
    {
        Assert.Contains("Length is 26, must be in 1…25", Assert.Throws<InvalidOperationException>(() => new SlidingWindow(26).At(0, 0, 25, 0)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(new RandomWindow(3, 4, 6).Problems(25));
        Assert.NotEmpty(new RandomWindow(1, 0, 30).Problems(25));
        Assert.NotEmpty(new FrozenWindow(23, 4).Problems(25));
        Assert.NotEmpty(new RepositoryWindow(Start: 24).Problems(25));
    }

    [Fact]
    public void A_window_with_a_last_start_begins_again_after_it()
    {
        SlidingWindow rule = new(2, 1, 1, WindowEnd.Restart, LastStart: 2);

        Assert.Equal([0, 1, 2, 0, 1, 2, 0], Enumerable.Range(0, 7).Select(i => rule.At(i, 0, 8, 0).Start));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(2, rule.At(i, 0, 8, 0).Length));
        Assert.Equal(2, new SlidingWindow(2, 1, 1, WindowEnd.Stay, LastStart: 2).At(100, 0, 8, 0).Start);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    public void A_last_start_beyond_the_last_window_is_a_problem(int start) =>
        Assert.Contains("LastStart", Assert.Single(new SlidingWindow(2, LastStart: start).Problems(8)), StringComparison.Ordinal);
}
