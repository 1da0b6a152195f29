using GeoAlign.Geometry;
using GeoAlign.Reporting;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>The page of an evaluation.</summary>
internal sealed class EvaluationReport(
    EvaluationSettings settings, EvaluationPlan plan, IReadOnlyList<CaseResult> results, EvaluationSummary summary,
    IReadOnlyList<PublishedTable> published, IReadOnlyDictionary<string, string> about)
{
    private const int ListedProblems = 200, ExtraPathCases = 24;

    private readonly string[] _methods = [.. settings.Methods.Select(m => m.Name)];
    private readonly Dictionary<(string, RetakeName), CaseResult> _byCase = results.ToDictionary(r => (r.Method, r.Name));

    /// <summary>Composes it; videos and paths of the chosen cases are read now.</summary>
    /// <param name="material">Where they come from.</param>
    /// <param name="cases">Number of worst and of best cases.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Report> ComposeAsync(ReportMaterial material, int cases, CancellationToken stop)
    {
        string ranking = results.Any(r => r.Scores[MetricCatalogue.Translation] is not null) ? MetricCatalogue.Translation : MetricCatalogue.RotErr;
        (IReadOnlyList<RetakeName> worst, IReadOnlyList<RetakeName> best) = CaseChoice.WorstAndBest(results, ranking, cases);
        int scored = results.Count(r => r.Status == CaseStatus.Scored);
        ReportSection videos = await VideosAsync(material, ranking, worst, best, stop), paths = Paths(material, [.. worst, .. best]);
        return new Report
        {
            Title = $"Evaluation {Path.GetFileName(Path.TrimEndingDirectorySeparator(settings.Output))}",
            Subtitle = $"{scored} of {results.Count} cases scored: {_methods.Length} method{(_methods.Length == 1 ? "" : "s")}, {results.Select(r => r.Video).Distinct().Count()} videos, {settings.Moves.Count} moves, speed {string.Join(", ", settings.Speeds.Select(RetakeName.SpeedText))}. Poses: {about["poses"]}.",
            Headlines = [.. Headlines()],
            Sections =
            [
                .. Notices(material.Absent),
                ByMethod(),
                ByMove(),
                .. BySpeed(),
                Distributions(),
                videos,
                paths,
                Published(),
                .. Problems(),
                Meanings(),
                new ReportSection("Settings and versions", new KeyValues([.. about])),
            ],
            Footer = about["program"],
            MaximumBytes = 64_000_000,
        };
    }

    private IEnumerable<Headline> Headlines()
    {
        foreach (string key in new[] { MetricCatalogue.RotErr, MetricCatalogue.Translation, MetricCatalogue.PathRatio, MetricCatalogue.TransErrMoving, MetricCatalogue.Flicker })
        {
            MetricDefinition metric = MetricCatalogue.Of(key);
            if (_methods.Length > 1)
            {
                if (Compared(metric) is { } compared) yield return compared;
            }
            else if (summary.ByMethod[0][key] is { } only)
            {
                yield return new Headline(metric.Title, null, only.Mean, metric.Unit, metric.Better) { Format = metric.Format, Note = $"n {only.Count}{Interval(only.Interval, metric)}" };
            }
        }
    }

    // First against last method, over the cases that both have.
    private Headline? Compared(MetricDefinition metric)
    {
        (double First, double Last)[] pairs =
        [
            .. results.Where(r => r.Method == _methods[^1] && r.Scores[metric.Key] is not null && _byCase.GetValueOrDefault((_methods[0], r.Name))?.Scores[metric.Key] is not null)
                .Select(r => (_byCase[(_methods[0], r.Name)].Scores[metric.Key]!.Value, r.Scores[metric.Key]!.Value)),
        ];
        if (pairs.Length == 0) return null;
        MethodDifference? difference = summary.Differences.FirstOrDefault(d => d.Method == _methods[^1] && d.Metric == metric.Key);
        return new Headline(metric.Title, pairs.Average(p => p.First), pairs.Average(p => p.Last), metric.Unit, metric.Better)
        {
            Format = metric.Format, Note = $"{_methods[0]} → {_methods[^1]}, {pairs.Length} common case{(pairs.Length == 1 ? "" : "s")}{(difference?.Interval is null ? "" : $"; difference{Interval(difference.Interval, metric)}")}",
        };
    }

    private static string Interval(Interval? interval, MetricDefinition metric) =>
        interval is { } i ? $", 95 % {FigureText.Number(i.Low, metric.Format)} … {FigureText.Number(i.High, metric.Format)}" : "";

    private IEnumerable<ReportSection> Notices(IReadOnlyList<string> absent)
    {
        List<string> notes = [];
        int failed = results.Count(r => r.Status == CaseStatus.Failed), missing = results.Count(r => r.Status == CaseStatus.Missing), other = results.Count(r => r.ExpectedFrames is { } e && r.Frames != e);
        int waiting = results.Count(r => r.Status == CaseStatus.Waiting), figures = results.Sum(r => r.Scores.Failed.Count);
        if (waiting > 0) notes.Add($"{Cases(waiting)} of the plan without a result yet: the evaluation was at work, or stopped, when this page was made.");
        if (figures > 0) notes.Add($"Figures that could not be computed because of an error: {figures}. results.jsonl says why; they are tried again when the evaluation is started again.");
        if (absent.Count > 0) notes.Add($"Videos and paths that cannot be shown: {absent.Count}, the first is {absent[0]}");
        if (failed > 0) notes.Add($"{Cases(failed)} failed: in no mean; the section \"Cases without a score\" names them.");
        if (missing > 0) notes.Add($"{Cases(missing)} of the plan without a video: in no mean.");
        if (other > 0) notes.Add($"{Cases(other)} with another number of frames than condition and frame rule ask for; each was compared with a target of its own length.");
        if (plan.Unplanned.Count > 0) notes.Add($"Files that belong to no case of the plan: {plan.Unplanned.Count}, the first is {plan.Unplanned[0]}.");
        if (notes.Count > 0) yield return new ReportSection("Before reading the numbers", new Text([.. notes]) { IsNotice = true });
    }

    private static string Cases(int count) => count == 1 ? "1 case" : $"{count} cases";

    private ReportSection ByMethod()
    {
        MetricDefinition[] metrics = [.. MetricCatalogue.All.Where(m => summary.ByMethod.Any(g => g[m.Key] is not null))];
        return new ReportSection("By method", new Table
        {
            Columns =
            [
                "figure", .. _methods.Select((name, i) => new TableColumn(name) { Colour = Colour(i) }), "n",
                .. _methods.Skip(1).Select(name => new TableColumn($"{name} − {_methods[0]}")),
            ],
            Rows =
            [
                .. metrics.Select(m => (IReadOnlyList<TableCell>)
                [
                    m.Label, .. summary.ByMethod.Select(g => (TableCell)FigureText.WithInterval(g[m.Key])),
                    string.Join(" / ", summary.ByMethod.Select(g => g[m.Key]?.Count ?? 0)),
                    .. _methods.Skip(1).Select(name => (TableCell)(summary.Differences.FirstOrDefault(d => d.Method == name && d.Metric == m.Key) is { } d
                        ? FigureText.WithInterval(d.Mean, d.Interval, m.Format)
                        : "n/a")),
                ]),
                ["cases scored", .. summary.ByMethod.Select(g => (TableCell)$"{g.Scored} of {g.Planned} ({g.Failed} failed, {g.Missing} missing{(g.Waiting > 0 ? $", {g.Waiting} waiting" : "")})"), "", .. _methods.Skip(1).Select(_ => (TableCell)"")],
            ],
            SummaryRows = 1,
            Note = "Mean with its 95 % interval (bootstrap over videos); n: cases that have the figure. Differences are over the cases that both methods have; an interval without 0 is a difference that the choice of videos does not explain.",
        })
        {
            Lead = "TransErr has no scale: the right shape at a third of the distance scores 0. The figures in metres and the path-length ratio show what it hides.",
        };
    }

    private ReportSection ByMove() => new("By move", GroupTable(summary.ByMove, "move", g => MoveText.Of(g.Move!.Value)) with
    {
        Note = "TransErr of pan and tilt is 0 by construction: their target does not move, so every prediction is scaled to a point. Their parasitic translation says how far the camera went astray.",
    });

    private IEnumerable<ReportSection> BySpeed()
    {
        if (settings.Speeds.Count < 2) yield break;
        yield return new ReportSection("By speed",
            GroupTable(summary.BySpeed, "speed", g => RetakeName.SpeedText(g.Speed!.Value)),
            new Columns(
                SpeedChart(MetricCatalogue.RotErr), SpeedChart(MetricCatalogue.Translation), SpeedChart(MetricCatalogue.PathRatio)));
    }

    private LineChart SpeedChart(string key)
    {
        MetricDefinition metric = MetricCatalogue.Of(key);
        return new()
        {
            Title = metric.Title, Unit = metric.Unit, XLabel = "speed",
            Series =
            [
                .. _methods.Select((name, i) =>
                {
                    (double Speed, MetricSummary Summary)[] points = [.. summary.BySpeed.Where(g => g.Method == name && g[key] is not null).OrderBy(g => g.Speed).Select(g => (g.Speed!.Value, g[key]!))];
                    return new ChartSeries(name, [.. points.Select(p => p.Speed)], [.. points.Select(p => p.Summary.Mean)])
                    {
                        Colour = Colour(i), Lower = [.. points.Select(p => p.Summary.Interval?.Low ?? double.NaN)], Upper = [.. points.Select(p => p.Summary.Interval?.High ?? double.NaN)],
                    };
                }),
            ],
        };
    }

    private static Table GroupTable(IReadOnlyList<GroupSummary> groups, string what, Func<GroupSummary, string> name)
    {
        string[] keys =
        [
            .. new[]
            {
                MetricCatalogue.RotErr, MetricCatalogue.TransErr, MetricCatalogue.Translation, MetricCatalogue.Rotation, MetricCatalogue.PathRatio,
                MetricCatalogue.ScaleDrift, MetricCatalogue.Parasitic, MetricCatalogue.Flicker, MetricCatalogue.MEt3R, MetricCatalogue.DynMEt3R,
            }.Where(key => groups.Any(g => g[key] is not null)),
        ];
        return new Table
        {
            Columns = ["method", what, .. keys.Select(key => new TableColumn(MetricCatalogue.Of(key).Title) { Unit = MetricCatalogue.Of(key).Unit }), "n", "of"],
            Rows =
            [
                .. groups.Select(g => (IReadOnlyList<TableCell>)
                [
                    g.Method, name(g),
                    .. keys.Select(key => (TableCell)(key == MetricCatalogue.TransErr && g.Move is { } move && MoveText.OnlyTurns(move) && g[key] is not null
                        ? "0 by construction"
                        : FigureText.WithInterval(g[key]))),
                    g.Scored, g.Planned,
                ]),
            ],
        };
    }

    private ReportSection Distributions() => new("Distributions", new Columns(
        Distribution(MetricCatalogue.RotErr), Distribution(MetricCatalogue.Translation)), new Columns(
        Distribution(MetricCatalogue.PathRatio) with { Markers = [new MarkerLine(1, "target")] }, Distribution(MetricCatalogue.TransErrMoving)))
    {
        Lead = "One value per case.",
    };

    private Histogram Distribution(string key)
    {
        MetricDefinition metric = MetricCatalogue.Of(key);
        return new()
        {
            Title = metric.Title, Unit = metric.Unit,
            Series = [.. _methods.Select((name, i) => new HistogramSeries(name, [.. results.Where(r => r.Method == name).Select(r => r.Scores[key]).OfType<double>()]) { Colour = Colour(i) })],
        };
    }

    private async Task<ReportSection> VideosAsync(ReportMaterial material, string ranking, IReadOnlyList<RetakeName> worst, IReadOnlyList<RetakeName> best, CancellationToken stop)
    {
        string title = MetricCatalogue.Of(ranking).Title.ToLowerInvariant();
        return new ReportSection("Worst and best cases", await GridAsync("Worst", worst), await GridAsync("Best", best))
        {
            Lead = $"Ranked by {title}, mean over the methods.",
        };

        // Without any video the figures are enough.
        async Task<ReportBlock> GridAsync(string name, IReadOnlyList<RetakeName> cases)
        {
            VideoRow[] rows = await Task.WhenAll(cases.Select(RowAsync));
            return rows.Any(r => r.Clips.Any(c => c is not null))
                ? new VideoGrid { Title = name, Columns = ["condition", .. _methods.Select((m, i) => new VideoColumn(m, Colour(i)))], Rows = rows, IsSmooth = true }
                : new Table
                {
                    Title = name, Columns = ["case", .. _methods.Select((m, i) => new TableColumn(m) { Colour = Colour(i) })],
                    Rows = [.. rows.Select(r => (IReadOnlyList<TableCell>)[r.Name, .. r.Figures.Skip(1).Select(f => (TableCell)f)])], Note = "No video of these cases is at hand.",
                };
        }

        async Task<VideoRow> RowAsync(RetakeName name)
        {
            List<VideoClip?> clips = [];
            foreach (string method in _methods) clips.Add(await material.GeneratedAsync(method, name, stop));
            clips.Insert(0, await material.ConditionAsync(name, clips.Max(c => c?.FrameCount) ?? int.MaxValue, stop));
            return new VideoRow($"{name.Video}, {MoveText.Of(name.Move)}, speed {RetakeName.SpeedText(name.Speed)}", [.. clips])
            {
                Figures = ["", .. _methods.Select(m => FigureText.OfCase(_byCase.GetValueOrDefault((m, name))))],
            };
        }
    }

    private ReportSection Paths(ReportMaterial material, IReadOnlyList<RetakeName> chosen)
    {
        RetakeName[] names = [.. chosen.Concat(Spread(results.Where(r => r.Status == CaseStatus.Scored).Select(r => r.Name).Distinct().Except(chosen).ToArray())).Distinct()];
        List<PathCase> cases = [];
        foreach (RetakeName name in names)
        {
            // Methods whose videos have other lengths, or poses of other frames, have other targets: each target stands with the methods it is for.
            List<(CameraTrajectory Target, List<CameraPath> Paths)> groups = [];
            foreach ((int i, string method) in _methods.Index())
            {
                if (_byCase.GetValueOrDefault((method, name))?.Status != CaseStatus.Scored) continue;
                if (material.Paths(method, name) is not (CameraTrajectory target, CameraTrajectory estimate)) continue;
                int at = groups.FindIndex(g => g.Target.SequenceEqual(target));
                if (at < 0)
                {
                    at = groups.Count;
                    groups.Add((target, [new CameraPath("target", target, SeriesColour.Target)]));
                }

                groups[at].Paths.Add(new CameraPath(method, estimate, Colour(i)));
            }

            string title = $"{name.Video}, {MoveText.Of(name.Move)}, speed {RetakeName.SpeedText(name.Speed)}";
            cases.AddRange(groups.Select(g => new PathCase(groups.Count == 1 ? title : $"{title}: {string.Join(", ", g.Paths.Skip(1).Select(p => p.Name))}, {g.Target.Count} poses", [.. g.Paths])));
        }

        return new ReportSection("Camera paths", new PathView3D([.. cases]) { AspectRatio = 832.0 / 480 })
        {
            Lead = "Estimated paths against the target, first poses aligned, nothing scaled. The worst and best cases come first, then a sample of the others.",
        };
    }

    private static IEnumerable<RetakeName> Spread(RetakeName[] names)
    {
        int count = Math.Min(ExtraPathCases, names.Length);
        for (int i = 0; i < count; i++) yield return names[(int)((long)i * names.Length / count)];
    }

    private ReportSection Published() => new("Published results",
    [
        .. published.Where(t => t.Comparable).Take(2).Select(PublishedBlock),
        new Details("Other published tables", [.. published.Where(t => t.Comparable).Skip(2).Concat(published.Where(t => !t.Comparable)).Select(PublishedBlock)]),
    ])
    {
        Lead = "Comparable: RotErr and TransErr of ReDirector and Geo-Align, set beside ours in the published form (float32, two decimals per video), and MEt3R, Dyn-MEt3R and VBench where the same networks were used. Not comparable: the sums of CameraCtrl, CamI2V and ReCamMaster. Only the same videos, moves, lengths and pose estimator make numbers comparable; between evaluations of one model expect differences of about 10 %.",
    };

    private ReportBlock PublishedBlock(PublishedTable table)
    {
        string[] given = [.. table.Rows.SelectMany(r => r.Values.Keys).Distinct()];
        string[] keys = table.Comparable ? [.. MetricCatalogue.All.Select(m => m.Key).Where(given.Contains)] : given;
        bool hasSpeeds = table.Rows.Any(r => r.Speed is not null);
        List<IReadOnlyList<TableCell>> rows = [];
        if (table.Comparable)
        {
            foreach (GroupSummary g in hasSpeeds ? summary.BySpeed : summary.ByMethod)
                rows.Add([$"{g.Method} (this evaluation)", .. hasSpeeds ? new TableCell[] { g.Speed } : [], .. keys.Select(k => (TableCell)g[k]?.Mean)]);
        }

        foreach (PublishedRow r in table.Rows)
            rows.Add([r.Method, .. hasSpeeds ? new TableCell[] { r.Speed } : [], .. keys.Select(k => (TableCell)(r.Values.TryGetValue(k, out double v) ? v : (double?)null))]);

        return new Table
        {
            Title = $"{table.Title}: {table.Source}",
            Columns = ["method", .. hasSpeeds ? new TableColumn[] { new("speed") { Format = "0.0" } } : [], .. keys.Select(k => table.Comparable ? ColumnOf(MetricCatalogue.Of(k)) : new TableColumn(k))],
            Rows = rows,
            Note = table.Comparable ? table.Note : $"Not comparable. {table.Note}",
        };
    }

    private static TableColumn ColumnOf(MetricDefinition m) => new(m.Title) { Unit = m.Unit, Format = "0.0000" };     // no best: the rows come from different measurements

    private IEnumerable<ReportSection> Problems()
    {
        CaseResult[] problems = [.. results.Where(r => r.Status != CaseStatus.Scored).OrderBy(r => r.Status)];
        if (problems.Length == 0) yield break;
        yield return new ReportSection("Cases without a score", new Table
        {
            Columns = ["method", "case", "what", "why"],
            Rows = [.. problems.Take(ListedProblems).Select(r => (IReadOnlyList<TableCell>)[r.Method, r.Name.ToString(), r.Status switch { CaseStatus.Failed => "failed", CaseStatus.Waiting => "waiting", _ => "no video" }, r.Reason ?? ""])],
            Note = problems.Length > ListedProblems ? $"{problems.Length - ListedProblems} more are in summary.json." : "",
        });
    }

    private static ReportSection Meanings() => new("What the figures mean", new Details("All figures", new KeyValues(
        [.. MetricCatalogue.All.Select(m => new KeyValuePair<string, string>(m.Label, m.Meaning))])));

    private SeriesColour Colour(int method) => _methods.Length switch
    {
        1 => SeriesColour.Tuned,
        _ when method == 0 => SeriesColour.Base,
        _ when method == _methods.Length - 1 => SeriesColour.Tuned,
        _ => SeriesColour.Automatic,
    };
}
