using System.Globalization;
using System.Reflection;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>The whole evaluation: plan, scores, tables, report.</summary>
internal static class Evaluation
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What is scored.</param>
    /// <param name="options">How poses are found and what is shown.</param>
    /// <param name="output">Tables, or JSON.</param>
    /// <param name="messages">Plan and progress.</param>
    /// <param name="stop">Stops; what is done is kept.</param>
    /// <returns>Exit code.</returns>
    public static async Task<int> RunAsync(EvaluationSettings settings, EvaluateOptions options, TextWriter output, TextWriter messages, CancellationToken stop)
    {
        EvaluationPlan plan = EvaluationPlan.Make(settings.Methods, settings.Conditions, settings.Videos, settings.Moves, settings.Speeds);
        foreach (string line in PlanText.Of(plan)) await messages.WriteLineAsync(line);
        if (options.PlanOnly)
        {
            if (options.Json) await output.WriteLineAsync(JsonOutput.Of(PlanDocument.Of(plan)));
            return plan.Cases.Any(c => c.IsMissing) ? ExitCodes.InPart : ExitCodes.Done;
        }

        EvaluationCache cache = new(settings.Cache);
        IPathSource? source = PathSources.Open(options, cache);
        using IDisposable? opened = source as IDisposable;
        if (source is null && plan.Cases.FirstOrDefault(c => c is { Video: not null, Poses: null }) is { } unposed)
            throw new UsageException($"{unposed} has a video and no ready poses; give --poses, --pose-model or --vipe");

        using NetworkSet networks = NetworkSet.Open(options.Networks, options);
        CaseScorer scorer = new(settings, cache, source, new NetworkScores(networks, cache, options.FieldOfViewDegrees));
        ProgressLine progress = new(messages, plan.Cases.Count, overwrites: messages == Console.Error && !Console.IsErrorRedirected);
        SortedDictionary<string, string> about = About(settings, options, source);
        new EvaluationRecord(settings, plan, about, options.ReportCases).Write();
        IReadOnlyList<CaseResult> results = await EvaluationRun.ExecuteAsync(settings, plan, scorer, cache, progress, stop);
        EvaluationSummary summary = EvaluationSummary.Of(results, new ClusterBootstrap(settings.Seed, settings.Resamples));
        byte[] json = ResultFiles.Write(settings, plan, results, summary, about);
        if (options.Report) await (await EvaluationPage.OfFolderAsync(settings.Output, stop)).WriteAsync(settings.At(EvaluationPage.FileName), stop);
        if (options.Json) await output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(json));
        else await output.WriteAsync(ConsoleTables.Of(summary, results));
        await messages.WriteLineAsync($"written: {settings.Output}");
        return results.All(r => r.Status == CaseStatus.Scored) ? ExitCodes.Done : results.Any(r => r.Status == CaseStatus.Scored) ? ExitCodes.InPart : ExitCodes.Failed;
    }

    /// <summary>Settings and versions, for files and the report.</summary>
    public static SortedDictionary<string, string> About(EvaluationSettings settings, EvaluateOptions options, IPathSource? source) => new(StringComparer.Ordinal)
    {
        ["program"] = $"GeoAlign {typeof(Evaluation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}",
        ["runtime"] = Environment.Version.ToString(),
        ["time"] = DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture),
        ["poses"] = source?.Title ?? "ready files",
        ["pose source identity"] = source?.Identity ?? "content of the files",
        ["methods"] = string.Join("; ", settings.Methods.Select(m => $"{m.Name} (videos {m.Videos ?? "none"}, poses {m.Poses ?? "estimated"}{(m.Scenes is null ? "" : $", scenes {m.Scenes}")}, frames {m.MaximumFrames?.ToString(CultureInfo.InvariantCulture) ?? "not limited"})")),
        ["conditions"] = settings.Conditions ?? "none",
        ["moves"] = string.Join(", ", settings.Moves.Select(MoveText.Of)),
        ["speeds"] = string.Join(", ", settings.Speeds.Select(RetakeName.SpeedText)),
        ["motion"] = settings.Motion == Geometry.RetimedMotion.SameSpeed ? "same speed of each frame (as published results)" : "same total motion",
        ["confidence intervals"] = $"95 %, percentile bootstrap over videos, {settings.Resamples} resamples, seed {settings.Seed}",
        ["networks"] = options.Networks.Count == 0 ? "none: figures that need one are not computed" : string.Join("; ", options.Networks),
        ["options"] = $"stride {options.PoseStride}, execution provider {options.ExecutionProvider}",
    };
}
