using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GeoAlign.Reporting;
using TorchSharp;

namespace GeoAlign.Miniature;

/// <summary><c>run</c>: GRPO on the base model with one or several seeds, and a report.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="defaultPreset">quick or full.</param>
    public static Command Create(string name, string defaultPreset)
    {
        AlignmentOptions options = new(defaultPreset);
        Option<int> seeds = new("--seeds") { Description = "Runs with seeds one after the other.", DefaultValueFactory = _ => 1 };
        Option<string?> folder = new("--out") { Description = "Folder of the run; an existing one goes on. Default: runs/miniature-DATE-TIME." };
        Option<string?> assets = new("--assets") { Description = "Folder of base model and estimators. Default: those that ship with the program." };
        Option<bool> diagnose = new("--diagnose") { Description = "Only say whether the rewards can teach anything: their correlation with the judge inside groups, and the spread of the metric scale." };
        Command command = new(name, "Repairs the base model by GRPO, judges it on held-out cases before, during and after, and writes a report.");
        options.AddTo(command);
        foreach (Option option in new Option[] { seeds, folder, assets, diagnose }) command.Add(option);
        command.SetAction((parsed, stop) => Stoppable.RunAsync(() => ExecuteAsync(
            options.Read(parsed), parsed.GetValue(seeds), parsed.GetValue(folder) ?? DefaultFolder(),
            parsed.GetValue(assets) is { } path ? new MiniatureAssets(path) : MiniatureAssets.Shipped, parsed.GetValue(diagnose), parsed.InvocationConfiguration.Output, stop), "stopped; the same command with the same --out goes on"));
        return command;
    }

    private static async Task<int> ExecuteAsync(
        AlignmentSettings settings, int seeds, string folder, MiniatureAssets assets, bool diagnose, TextWriter output, CancellationToken stop)
    {
        torch.set_num_threads(1);                                          // the network is too small to be shared out
        if (seeds < 1) throw new UsageException($"--seeds is {seeds}, expected at least 1");
        output.WriteLine("diagnosis, one batch of rollouts of the base model:");
        foreach (string line in (await MiniatureDiagnosis.OfAsync(settings, assets, stop)).Verdict()) output.WriteLine("  " + line);
        if (diagnose) return 0;

        Stopwatch clock = Stopwatch.StartNew();
        List<AlignmentOutcome> outcomes = [];
        for (int i = 0; i < seeds; i++)
        {
            AlignmentSettings own = settings with { Seed = settings.Seed + (ulong)i };
            string run = Path.GetFullPath(seeds == 1 ? folder : Path.Combine(folder, $"seed-{own.Seed}"));
            Directory.CreateDirectory(run);
            if (seeds > 1) output.WriteLine($"seed {own.Seed}");
            outcomes.Add(await new AlignmentRun(own, assets).ExecuteAsync(run, new ConsoleObserver(own, output), stop));
        }

        string report = Path.GetFullPath(Path.Combine(folder, "report.html"));
        await MiniatureReport.Of(outcomes, clock.Elapsed).WriteAsync(report, stop);
        foreach (AlignmentOutcome o in outcomes) output.WriteLine(Outcome(o));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done in {Durations.Text(clock.Elapsed)}"));
        output.WriteLine(report);
        return 0;
    }

    private static string Outcome(AlignmentOutcome o)
    {
        (JudgementSummary before, JudgementSummary after) = (o.Before.Summary, o.After.Summary);
        return string.Create(CultureInfo.InvariantCulture,
            $"seed {o.Settings.Seed}: TransErr {Change(before.TranslationErrorMetres, after.TranslationErrorMetres)}, RotErr {Change(before.RotationErrorDegrees, after.RotationErrorDegrees)}, scale {before.TranslationScale:0.00} → {after.TranslationScale:0.00}, picture residual {Change(before.ResidualRms, after.ResidualRms)}; by the second judge TransErr {Change(o.SecondBefore.TranslationErrorMetres, o.SecondAfter.TranslationErrorMetres)}, RotErr {Change(o.SecondBefore.RotationErrorDegrees, o.SecondAfter.RotationErrorDegrees)}, scale {o.SecondBefore.TranslationScale:0.00} → {o.SecondAfter.TranslationScale:0.00}");

        static string Change(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * (to - from) / from):+0;−0;±0} %");
    }

    private static string DefaultFolder() => Path.Combine("runs", "miniature-" + DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
}
