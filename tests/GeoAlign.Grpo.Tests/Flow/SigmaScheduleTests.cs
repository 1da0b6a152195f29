namespace GeoAlign.Grpo.Tests;

public class SigmaScheduleTests
{
    public static TheoryData<string, int, double> Settings
    {
        get
        {
            TheoryData<string, int, double> data = [];
            foreach (string name in new[] { "linspace", "diffsynth", "longcat", "diffusers_static", "unipc_old", "unipc_new" })
            {
                foreach ((int steps, double shift) in new[] { (25, 3.0), (16, 5), (16, 12), (20, 3), (10, 3), (8, 1) }) data.Add(name, steps, shift);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Settings))]
    public void Each_constructor_gives_the_golden_noise_levels(string name, int steps, double shift)
    {
        double[] expected = FixtureTensors.Load("grpo", "schedules.safetensors")[$"{name}.T{steps}_shift{shift}"].Values;

        SigmaSchedule schedule = Make(name, steps, shift);

        Near.Equal(expected, schedule.Sigmas, 1e-12, 1e-10, name);
    }

    [Theory]
    [InlineData("flow_eta0.7")]
    [InlineData("flow_a1_tau0.45")]
    [InlineData("dance_eta0.3")]
    [InlineData("cps0.8")]
    public void Standard_deviations_of_every_step_match(string kind)
    {
        FixtureTensors golden = FixtureTensors.Load("grpo", "schedules.safetensors");
        StepRule rule = kind switch
        {
            "flow_eta0.7" => new FlowSdeRule(0.7),
            "flow_a1_tau0.45" => new FlowSdeRule(1, 0.45),
            "dance_eta0.3" => new DanceSdeRule(0.3),
            _ => new CpsRule(0.8),
        };
        foreach ((int steps, double shift) in new[] { (25, 3.0), (16, 5), (16, 12), (20, 3), (10, 3), (8, 1) })
        {
            SigmaSchedule schedule = SigmaSchedule.Linspace(steps, shift);

            double[] std = [.. Enumerable.Range(0, steps).Select(i => rule.At(schedule, i).Std)];

            Near.Equal(golden[$"std.{kind}.T{steps}_shift{shift}"].Values, std, 1e-12, 1e-10, $"{kind} T={steps} shift={shift}");
        }
    }

    [Fact]
    public void Every_schedule_descends_from_noise_to_exactly_zero() => ForAll.Seeds(100, rng =>
    {
        int steps = rng.Next(1, 60);
        double shift = Math.Exp(rng.NextDouble() * 4 - 1);

        foreach (string name in new[] { "linspace", "longcat", "diffusers_static", "unipc_old", "unipc_new" })
        {
            SigmaSchedule schedule = Make(name, steps, shift);
            Assert.Equal(steps, schedule.Steps);
            Assert.Equal(0, schedule[steps]);
            for (int i = 0; i < steps; i++) Assert.True(schedule[i] > schedule[i + 1], $"{name} T={steps} k={shift} i={i}");
        }
    });

    [Theory]
    [InlineData(new[] { 1.0 }, "at least 2")]
    [InlineData(new[] { 1.0, 1.0, 0.0 }, "sigmas[1]")]
    [InlineData(new[] { 1.0, double.NaN, 0.0 }, "sigmas[1]")]
    [InlineData(new[] { 1.1, 0.5, 0.0 }, "sigmas[0]")]
    [InlineData(new[] { 1.0, 0.5 }, "must be 0")]
    public void A_bad_list_is_refused_with_its_place(double[] sigmas, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => SigmaSchedule.Of(sigmas)).Message, StringComparison.Ordinal);

    [Fact]
    public void Schedules_with_equal_levels_are_equal()
    {
        Assert.Equal(SigmaSchedule.Linspace(16, 5), SigmaSchedule.DiffSynth(16, 5));
        Assert.NotEqual(SigmaSchedule.Linspace(16, 5), SigmaSchedule.Linspace(16, 3));
    }

    private static SigmaSchedule Make(string name, int steps, double shift) => name switch
    {
        "linspace" => SigmaSchedule.Linspace(steps, shift),
        "diffsynth" => SigmaSchedule.DiffSynth(steps, shift),
        "longcat" => SigmaSchedule.LongCat(steps, shift),
        "diffusers_static" => SigmaSchedule.DiffusersStatic(steps, shift),
        "unipc_old" => SigmaSchedule.UniPcOld(steps, shift),
        _ => SigmaSchedule.UniPcNew(steps, shift),
    };
}
