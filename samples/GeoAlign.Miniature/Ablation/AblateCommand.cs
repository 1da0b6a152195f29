using System.CommandLine;
using TorchSharp;

namespace GeoAlign.Miniature;

/// <summary><c>ablate</c>: the same run with one thing changed at a time.</summary>
internal static class AblateCommand
{
    public static Command Create()
    {
        AlignmentOptions options = new("quick");
        Option<int> seeds = new("--seeds") { Description = "Seeds of every variant.", DefaultValueFactory = _ => 2 };
        Option<string> folder = new("--out") { Description = "Folder for ablation.md and ablation.html.", DefaultValueFactory = _ => Path.Combine("runs", "miniature-ablation") };
        Option<string?> assets = new("--assets") { Description = "Folder of base model and estimators. Default: those that ship with the program." };
        Option<string[]> only = new("--only") { Description = "Variants to run, by the beginning of their name; may be given several times.", AllowMultipleArgumentsPerToken = true };
        Command command = new("ablate", "Runs the alignment with one thing changed at a time and writes a table.") { seeds, folder, assets, only };
        options.AddTo(command);
        command.SetAction((parsed, stop) => ExecuteAsync(
            options.Read(parsed), parsed.GetValue(seeds), parsed.GetValue(folder)!, parsed.GetValue(only) ?? [],
            parsed.GetValue(assets) is { } path ? new MiniatureAssets(path) : MiniatureAssets.Shipped, parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> ExecuteAsync(
        AlignmentSettings settings, int seeds, string folder, string[] only, MiniatureAssets assets, TextWriter output, CancellationToken stop)
    {
        torch.set_num_threads(1);
        Ablation[] chosen = [.. Ablation.All.Where(a => only.Length == 0 || only.Any(name => a.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))];
        if (chosen.Length == 0) throw new UsageException($"--only names no variant; there are: {string.Join(", ", Ablation.All.Select(a => a.Name))}.");
        List<AblationResult> results = [];
        foreach (Ablation ablation in chosen)
        {
            for (int i = 0; i < seeds; i++)
            {
                AlignmentSettings own = ablation.Change(settings with { Seed = settings.Seed + (ulong)i, EvaluateEvery = int.MaxValue });
                output.WriteLine($"{ablation.Name}, seed {own.Seed}");
                AlignmentOutcome outcome = await new AlignmentRun(own, assets).ExecuteAsync(null, new ConsoleObserver(own, output), stop);
                results.Add(Result(ablation, outcome));
                await WriteAsync(results, settings, folder, stop);
            }
        }

        output.WriteLine(Path.GetFullPath(Path.Combine(folder, "ablation.md")));
        return 0;
    }

    private static AblationResult Result(Ablation ablation, AlignmentOutcome outcome)
    {
        double[] seconds = [.. outcome.Reports.Select(r => r.Seconds.Total).Order()];
        return new AblationResult(
            ablation, outcome.Settings.Seed, outcome.Before.Summary, outcome.After.Summary,
            outcome.Reports.Average(r => (double)r.Network.InForwardPasses), seconds[seconds.Length / 2]);
    }

    private static async Task WriteAsync(List<AblationResult> results, AlignmentSettings settings, string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "ablation.md"), AblationTable.Markdown(results, settings), stop);
        await AblationTable.Page(results, settings).WriteAsync(Path.Combine(folder, "ablation.html"), stop);
    }
}
