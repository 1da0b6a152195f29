namespace GeoAlign.Grpo.Tests;

/// <summary>The example of docs/grpo.md, run.</summary>
public class GuideTests
{
    [Fact]
    public async Task The_example_of_the_guide_runs()
    {
        using TemporaryFolder folder = new();
        using StringWriter console = new();
        CancellationToken stop = CancellationToken.None;
        ShiftPolicy policy = new(6);
        ToyTask data = new(), scorer = data;
        string run = folder.Path;

        GrpoOptions options = new()
        {
            Iterations = 60, Steps = 8, Shift = 3, LearningRate = 0.05,
            Window = new SlidingWindow(Length: 3, Interval: 5),
            Rollout = new RolloutOptions { GroupSize = 8 },
            Advantage = new AdvantageOptions { Weights = new Dictionary<string, double> { ["near"] = 1, ["small"] = 0.5 } },
        };
        console.Write(options.Window.Describe(options.Iterations, group: 0, options.Steps, options.Seed));

        GrpoTrainer<int> trainer = new(options, new TrainerParts<int>
        {
            Policy = policy,
            Optimizer = policy,
            Data = data,
            Scorer = scorer,
            Checkpoints = new CheckpointStore(Path.Combine(run, "checkpoints")),
            Log = new JsonlLog(Path.Combine(run, "log.jsonl")),
            Guard = new CollapseGuard("near", maxDrop: 0.5, rollBackFactor: 0.5),
        });
        TrainerState state = await trainer.RunAsync(stop);

        Assert.Equal(60, state.Iteration);
        Assert.StartsWith("iterations 0–4: steps 0–2", console.ToString(), StringComparison.Ordinal);
        Assert.Equal(60, File.ReadLines(Path.Combine(run, "log.jsonl")).Count());
    }

    [Fact]
    public void Every_line_of_the_guides_example_is_in_the_test_above()
    {
        string[] guide = File.ReadAllLines(Repository.File("docs", "grpo.md"));
        int first = Array.IndexOf(guide, "```csharp") + 1, end = Array.IndexOf(guide, "```", first);
        HashSet<string> tested = [.. File.ReadLines(Repository.File("tests", "GeoAlign.Grpo.Tests", "GuideTests.cs")).Select(l => l.Trim())];

        string[] untested = [.. guide[first..end].Select(l => l.Trim()).Where(l => l.Length > 0 && !tested.Contains(l))];

        Assert.True(end > first);
        Assert.Empty(untested);
    }

    [Fact]
    public void Every_option_and_every_report_field_is_explained()
    {
        string guide = File.ReadAllText(Repository.File("docs", "grpo.md"));
        Type[] records =
        [
            typeof(GrpoOptions), typeof(RolloutOptions), typeof(AdvantageOptions), typeof(ObjectiveOptions), typeof(UpdateOptions), typeof(CheckpointOptions),
            typeof(IterationReport), typeof(UpdateReport), typeof(RewardSummary), typeof(NetworkWork), typeof(StageSeconds),
        ];

        string[] missing = [.. records.SelectMany(r => r.GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Select(p => p.Name))
            .Distinct().Where(name => !guide.Contains($"`{name}`", StringComparison.Ordinal))];

        Assert.Empty(missing);
    }
}
