using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Reporting;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Miniature;

/// <summary>The page of a run: headline figures, curves over seeds, the same cases before and after, camera paths, scale ratios, settings.</summary>
internal static class MiniatureReport
{
    private const int ShownCases = 6;
    private const double Mm = 1000;

    /// <summary>Composes the page.</summary>
    /// <param name="outcomes">One per seed.</param>
    /// <param name="wall">Time of the whole run.</param>
    public static Report Of(IReadOnlyList<AlignmentOutcome> outcomes, TimeSpan wall)
    {
        AlignmentOutcome first = outcomes[0];
        JudgementSummary before = first.Before.Summary;
        string cases = $"{before.Clips} held-out cases, {Seeds(outcomes)}";
        double Mean(Func<JudgementSummary, double?> figure) => outcomes.Average(o => figure(o.After.Summary)) ?? double.NaN;
        string Range(Func<JudgementSummary, double?> figure) => outcomes.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; {outcomes.Min(o => figure(o.After.Summary)):0.000} to {outcomes.Max(o => figure(o.After.Summary)):0.000}");

        return new Report
        {
            Title = "GRPO repairs metric scale in a miniature world",
            Subtitle = $"A video model that follows the shape of a camera path but not its scale, before and after {first.Settings.Iterations} iterations on its self-attention layers. Errors are the judge's, which is no reward.",
            Headlines =
            [
                new("TransErr, metric, no alignment", Mm * before.TranslationErrorMetres, Mm * Mean(s => s.TranslationErrorMetres), "mm", Better.Lower) { Format = "0", Note = cases + Scaled(outcomes, s => Mm * s.TranslationErrorMetres) },
                new("RotErr", before.RotationErrorDegrees, Mean(s => s.RotationErrorDegrees), "°", Better.Lower) { Format = "0.00", Note = cases + Range(s => s.RotationErrorDegrees) },
                new("Scale of the translation", before.TranslationScale, Mean(s => s.TranslationScale), "", Better.NearestToOne) { Format = "0.00", Note = "1 is metric" + Range(s => s.TranslationScale) },
                new("Picture residual", before.ResidualRms, Mean(s => s.ResidualRms), "", Better.Lower) { Format = "0.000", Note = "distance to the room seen from the judged pose; pixels in [−1, 1]" + Range(s => s.ResidualRms) },
            ],
            Sections =
            [
                new("Held-out cases", Videos(first)) { Lead = "The same start, path and noise before and after. The first column is the room itself along the requested path." },
                new("Camera paths", Paths(first)) { Lead = "What was asked for and what the judge finds in the pictures, in metres." },
                new("Scale", new Columns(Scales(first), Errors(first))) { Lead = "Every held-out case once before and once after." },
                new("During the run", Looks(outcomes), new Details("Rewards", Rewards(outcomes)), new Details("Updates and time", Updates(outcomes)))
                {
                    Lead = "Other held-out cases, judged with the averaged weights; the band spans the seeds.",
                },
                new("Seeds", SeedTable(outcomes)),
                new("Settings", Settings(first.Settings, wall)),
            ],
            Footer = $"GeoAlign {typeof(MiniatureReport).Assembly.GetName().Version?.ToString(3)}, sample GeoAlign.Miniature.",
        };
    }

    private static string Seeds(IReadOnlyList<AlignmentOutcome> outcomes) => outcomes.Count == 1 ? "1 seed" : $"{outcomes.Count} seeds";

    private static string Scaled(IReadOnlyList<AlignmentOutcome> outcomes, Func<JudgementSummary, double> figure) => outcomes.Count == 1 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"; {outcomes.Min(o => figure(o.After.Summary)):0} to {outcomes.Max(o => figure(o.After.Summary)):0} mm");

    private static VideoGrid Videos(AlignmentOutcome outcome)
    {
        RoomRenderer renderer = new(Room.FromSeed(MiniatureNetwork.RoomSeed));
        return new VideoGrid
        {
            Columns = [new VideoColumn("true", SeriesColour.Target), new VideoColumn("base", SeriesColour.Base), new VideoColumn("tuned", SeriesColour.Tuned)],
            Rows = [.. Shown(outcome).Select(i =>
            {
                MiniatureCase item = outcome.Before.Cases[i];
                return new VideoRow($"case {item.Index}", Clip(MiniatureVideo.Truth(item, renderer)),
                    Clip(MiniatureVideo.Decode(item, outcome.Before.Latents[i], renderer)), Clip(MiniatureVideo.Decode(item, outcome.After.Latents[i], renderer)))
                {
                    Figures = ["", Figure(outcome.Before.Judgements[i]), Figure(outcome.After.Judgements[i])],
                };
            })],
            IsSmooth = true,
        };

        static string Figure(ClipJudgement j) => string.Create(CultureInfo.InvariantCulture, $"{Mm * j.TranslationErrorMetres:0} mm, {j.RotationErrorDegrees:0.0}°");
        static VideoClip Clip(VideoFrames frames) =>
            new(frames.Rgb24.Span, new FrameSize(frames.WidthPixels, frames.HeightPixels), new FrameRate(MiniatureVideo.FramesPerSecond));
    }

    private static PathView3D Paths(AlignmentOutcome outcome) => new([.. Shown(outcome).Select(i => new PathCase(
        $"case {outcome.Before.Cases[i].Index}",
        new CameraPath("requested", outcome.Before.Cases[i].Requested, SeriesColour.Target),
        new CameraPath("base", outcome.Before.Judgements[i].Estimated, SeriesColour.Base),
        new CameraPath("tuned", outcome.After.Judgements[i].Estimated, SeriesColour.Tuned))
    {
        Boxes = [Walls(outcome.Before.Cases[i])],
    })])
    {
        HorizontalFieldOfViewDegrees = 90, AspectRatio = 1,
    };

    // The room as the start camera sees it: paths are relative to that camera.
    private static SceneBox Walls(MiniatureCase item)
    {
        Vector3d half = new(Room.HalfExtentMetres(0), Room.HalfExtentMetres(1), Room.HalfExtentMetres(2));
        return new SceneBox(-half, half) { BoxToWorld = item.StartCameraToWorld.Inverse() };
    }

    // Cases spread over the base's errors, not the nicest ones.
    private static int[] Shown(AlignmentOutcome outcome)
    {
        int[] byError = [.. Enumerable.Range(0, outcome.Before.Cases.Count).OrderBy(i => outcome.Before.Judgements[i].TranslationErrorMetres)];
        int shown = Math.Min(ShownCases, byError.Length);
        return [.. Enumerable.Range(0, shown).Select(k => byError[(2 * k + 1) * byError.Length / (2 * shown)])];
    }

    private static Histogram Scales(AlignmentOutcome outcome) => new()
    {
        Title = "Scale of the translation per case",
        XLabel = "generated / requested",
        Series =
        [
            new HistogramSeries("base", Values(outcome.Before, j => j.TranslationScale)) { Colour = SeriesColour.Base },
            new HistogramSeries("tuned", Values(outcome.After, j => j.TranslationScale)) { Colour = SeriesColour.Tuned },
        ],
        Markers = [new MarkerLine(1, "metric")],
    };

    private static Histogram Errors(AlignmentOutcome outcome) => new()
    {
        Title = "TransErr per case",
        Unit = "mm",
        Series =
        [
            new HistogramSeries("base", Values(outcome.Before, j => Mm * j.TranslationErrorMetres)) { Colour = SeriesColour.Base },
            new HistogramSeries("tuned", Values(outcome.After, j => Mm * j.TranslationErrorMetres)) { Colour = SeriesColour.Tuned },
        ],
        Minimum = 0,
    };

    private static double[] Values(HeldOutResult result, Func<ClipJudgement, double?> figure) =>
        [.. result.Judgements.Select(figure).Where(v => v is not null).Select(v => v!.Value)];

    private static Columns Looks(IReadOnlyList<AlignmentOutcome> outcomes) => new(
        Look(outcomes, "TransErr", "mm", s => Mm * s.TranslationErrorMetres, includesZero: true),
        Look(outcomes, "RotErr", "°", s => s.RotationErrorDegrees, includesZero: true),
        Look(outcomes, "Scale of the translation", "", s => s.TranslationScale ?? double.NaN, includesZero: false, new MarkerLine(1, "metric")),
        Look(outcomes, "Picture residual", "", s => s.ResidualRms, includesZero: true));

    private static LineChart Look(IReadOnlyList<AlignmentOutcome> outcomes, string title, string unit, Func<JudgementSummary, double> figure, bool includesZero, params MarkerLine[] markers) => new()
    {
        Title = title, Unit = unit, IncludesZero = includesZero, Markers = markers,
        Series = [ChartSeries.OverSeeds("", [.. outcomes[0].Looks.Select(l => (double)l.Iteration)], [.. outcomes.Select(o => (IReadOnlyList<double>)[.. o.Looks.Select(l => figure(l.Summary))])]) with { Colour = SeriesColour.Tuned }],
    };

    private static Columns Rewards(IReadOnlyList<AlignmentOutcome> outcomes)
    {
        string[] names = [.. outcomes[0].Reports.SelectMany(r => r.Rewards).Select(r => r.Dimension).Distinct()];
        return new([.. names.Select(name => OverIterations(outcomes, $"Reward: {name}", "",
            report => report.Rewards.FirstOrDefault(r => r.Dimension == name)?.Mean ?? double.NaN) with { RunningMeanPoints = 6 })]);
    }

    private static Columns Updates(IReadOnlyList<AlignmentOutcome> outcomes) => new(
        OverIterations(outcomes, "Gradient norm", "", r => r.Updates[^1].GradientNorm),
        OverIterations(outcomes, "Largest |ratio − 1| before the update", "", r => r.Updates[0].MaxRatioDeviation),
        OverIterations(outcomes, "Clip fraction", "%", r => 100 * (r.Updates[^1].ClippedLow + r.Updates[^1].ClippedHigh)),
        OverIterations(outcomes, "Learning rate", "", r => r.Updates[^1].LearningRate),
        OverIterations(outcomes, "Time per iteration", "s", r => r.Seconds.Total) with { IncludesZero = true });

    private static LineChart OverIterations(IReadOnlyList<AlignmentOutcome> outcomes, string title, string unit, Func<IterationReport, double> figure)
    {
        int count = outcomes.Min(o => o.Reports.Count);
        IReadOnlyList<double>[] runs = [.. outcomes.Select(o => (IReadOnlyList<double>)[.. o.Reports.Take(count).Select(figure)])];
        return new LineChart
        {
            Title = title, Unit = unit,
            Series = [ChartSeries.OverSeeds("", [.. outcomes[0].Reports.Take(count).Select(r => r.Iteration + 1.0)], runs) with { Colour = SeriesColour.Tuned }],
        };
    }

    private static Table SeedTable(IReadOnlyList<AlignmentOutcome> outcomes)
    {
        static IReadOnlyList<TableCell> Row(string name, JudgementSummary s) =>
        [
            name, Mm * s.TranslationErrorMetres, s.RotationErrorDegrees, Mm * s.ScaleAlignedTranslationErrorMetres, s.TranslationScale, s.RotationScale, s.ResidualRms, s.Sharpness,
        ];
        return new Table
        {
            Columns =
            [
                "network", new TableColumn("TransErr") { Unit = "mm", Format = "0.0" }, new TableColumn("RotErr") { Unit = "°", Format = "0.00" },
                new TableColumn("TransErr after scaling") { Unit = "mm", Format = "0.0" }, new TableColumn("scale, translation") { Format = "0.000" },
                new TableColumn("scale, rotation") { Format = "0.000" }, new TableColumn("residual") { Format = "0.0000" }, new TableColumn("sharpness") { Format = "0.000" },
            ],
            Rows =
            [
                Row("base", outcomes[0].Before.Summary), .. outcomes.Select(o => Row($"seed {o.Settings.Seed}", o.After.Summary)),
                Row("base, second judge", outcomes[0].SecondBefore), .. outcomes.Select(o => Row($"seed {o.Settings.Seed}, second judge", o.SecondAfter)),
            ],
            Note = "Sharpness: gradient energy against the room seen from the judged pose. The second judge is a network that sees pictures only; its own errors add to what it reads.",
        };
    }

    private static KeyValues Settings(AlignmentSettings s, TimeSpan wall)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return KeyValues.Of(
            ("iterations", Text($"{s.Iterations}")), ("conditions × group", Text($"{s.Conditions} × {s.GroupSize}")), ("solver", Text($"{AlignmentSettings.Steps} steps, shift {AlignmentSettings.Shift}")),
            ("window", Text($"{s.WindowLength} steps, starts 0 to {s.LastWindowStart}")), ("noise", Text($"coefficient-preserving, η {s.NoiseScale}")),
            ("learning rate", Text($"{s.LearningRate:0.###e+0}, to {s.FinalLearningRateShare:0.##} of it")), ("λ trans, rot, picture", Text($"{s.TranslationWeight}, {s.RotationWeight}, {s.PictureWeight}")),
            ("pose reward", s.PoseReward == PoseRewardKind.Network ? "network, pictures only (ONNX)" : "photometric aligner"), ("frame weights", s.LateWeighted ? "late" : "uniform"),
            ("average of weights", Text($"{s.AverageDecay}")), ("wall time", Text($"{Durations.Text(wall)}")), ("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription));
    }
}
