using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting.Tests.Example;

/// <summary>A report with every kind of block. All numbers in it are made up; it shows how a report looks and serves the tests.</summary>
internal static class MadeUpRun
{
    private const int Iterations = 120;
    private static readonly string[] Moves = ["push in", "pull out", "pan left", "pan right", "arc left", "arc right", "tilt up", "crane up"];

    /// <summary>The page of the report, made once for all tests.</summary>
    public static Lazy<Task<string>> Page { get; } = new(() => Report().ToHtmlAsync());

    /// <summary>A target and a path that end a known distance and angle apart.</summary>
    public static PathView3D TwoPoses(double metresOff, double degreesOff) => new(new PathCase(
        "two poses",
        new CameraPath("target", new([SE3.Identity, new(SO3.Exp(new(0.2, 0.4, 0)), new(0, 0, 1))]), SeriesColour.Target),
        new CameraPath("other", new([SE3.Identity, new(SO3.Exp(new(0.2, 0.4, 0)) * SO3.Exp(new(0, 0, degreesOff * Math.PI / 180)), new(metresOff, 0, 1))]))));

    public static Report Report() => new()
    {
        Title = "Example report: camera alignment of a small video model",
        Subtitle = "Every number, path and picture on this page is made up to show the blocks of a report.",
        Headlines =
        [
            new("Metric TransErr, mean", 0.183, 0.083, "m", Better.Lower) { Note = "48 held-out paths, 3 seeds: −51 % to −58 %" },
            new("Metric RotErr, mean", 4.12, 2.31, "°", Better.Lower) { Note = "48 held-out paths, 3 seeds" },
            new("Scale ratio, median", 0.64, 0.97, "", Better.NearestToOne) { Note = "1 is the right scale" },
            new("Picture quality", 0.271, 0.268, "", Better.Higher) { Note = "a reward that was not to fall" },
        ],
        Sections =
        [
            new("Training", Curves(), new Details("Update: ratio, clip fraction, time", Update()))
            {
                Lead = "Mean rewards over all rollouts of an iteration; the band spans three seeds.",
            },
            new("Held-out cases", Videos(), new Details("A large video, stored as MP4", LargeVideos())) { Lead = "The same cases, noise and target paths before and after training." },
            new("Camera paths", Paths()) { Lead = "Paths estimated from the generated videos against the target, in metres." },
            new("Scale", new Columns(Ratios(), Errors())),
            new("By move", ByMove()),
            new("Settings", Settings(), new Text("The reward estimator never saw the held-out rooms.", "Missing poses are counted, not replaced by zeros.") { IsNotice = true }),
        ],
        Footer = "Made by the tests of GeoAlign.Reporting.",
    };

    private static Columns Curves()
    {
        double[] x = [.. Enumerable.Range(1, Iterations).Select(i => (double)i)];
        double[][] Runs(double start, double end, double noise, int salt) =>
            [.. Enumerable.Range(0, 3).Select(seed => x.Select(i => end + (start - end) * Math.Exp(-i / (35 + 6 * seed)) + noise * Wave(i, salt + seed)).ToArray())];
        double[][] gap = Runs(0.268, 0.271, 0.003, 9);
        for (int i = 60; i < 70; i++) gap[0][i] = gap[1][i] = gap[2][i] = double.NaN;

        return new(
            new LineChart { Title = "Translation reward", YLabel = "negative error", Unit = "m", Series = [ChartSeries.OverSeeds("mean of 3 seeds", x, Runs(-0.19, -0.085, 0.012, 1)) with { Colour = SeriesColour.Tuned }], Markers = [new(-0.183, "base model")] },
            new LineChart { Title = "Rotation reward", YLabel = "negative error", Unit = "rad", Series = [ChartSeries.OverSeeds("mean of 3 seeds", x, Runs(-0.072, -0.040, 0.005, 4)) with { Colour = SeriesColour.Tuned }], Markers = [new(-0.072, "base model")] },
            new LineChart { Title = "Error on held-out cases", Unit = "m", Series = [new("TransErr", [0, 20, 40, 60, 80, 100, 120], [0.183, 0.141, 0.118, 0.101, 0.092, 0.087, 0.083]), new("TransErr, aligned", [0, 20, 40, 60, 80, 100, 120], [0.071, 0.066, 0.061, double.NaN, 0.055, 0.054, 0.052])], IncludesZero = true },
            new LineChart { Title = "Picture quality reward", Series = [new("mean", x, gap[0])], RunningMeanPoints = 10, Note = "No value between iterations 61 and 70: the scorer was away." });
    }

    private static Columns Update() => new(
        new LineChart { Title = "Largest |ratio − 1| before the first update", HasLogY = true, Series = [ChartSeries.OverIterations("", Enumerable.Range(1, Iterations).Select(i => (double?)(i == 7 ? 0 : 2e-8 * Math.Exp(2 * Wave(i, 3)))))], Markers = [new(1e-6, "limit")] },
        new LineChart { Title = "Clip fraction", YLabel = "share of terms", Unit = "%", Series = [ChartSeries.OverIterations("low noise", Enumerable.Range(1, Iterations).Select(i => (double?)(12 + 3 * Wave(i, 11)))), ChartSeries.OverIterations("high noise", Enumerable.Range(1, Iterations).Select(i => (double?)(5 + 2 * Wave(i, 13))))] },
        new LineChart { Title = "Time per iteration", Unit = "s", IncludesZero = true, Series = [ChartSeries.OverIterations("rollout", Enumerable.Range(1, Iterations).Select(i => (double?)(9 + Wave(i, 2)))), ChartSeries.OverIterations("score", Enumerable.Range(1, Iterations).Select(i => (double?)(3 + 0.3 * Wave(i, 5)))), ChartSeries.OverIterations("update", Enumerable.Range(1, Iterations).Select(i => (double?)(6 + 0.4 * Wave(i, 8))))] },
        new LineChart { Title = "A chart without values", Series = [] },
        new LineChart { Title = "A chart with one value", Unit = "m", Series = [new("only", [5], [0.25])] });

    public static VideoGrid Videos() => new()
    {
        Title = "Worst, median and best case of the tuned model",
        Columns = [new("true", SeriesColour.Target), new("base", SeriesColour.Base), new("tuned", SeriesColour.Tuned)],
        Rows =
        [
            .. new[] { ("arc left, fast", 4, "worst"), ("pan right, slow", 3, "median"), ("push in, medium", 0, "best"), ("crane up, medium", 7, "no base video") }.Select((c, i) => new VideoRow(
                c.Item1,
                MadeUpRoom.Film(Path(c.Item2, 1, 17), 16, 16), i == 3 ? null : MadeUpRoom.Film(Path(c.Item2, 0.6, 17), 16, 16, 0.6), MadeUpRoom.Film(Path(c.Item2, 0.95, 17), 16, 16, 0.3))
            {
                Caption = $"{c.Item3}; a room not seen in training",
                Figures = ["target", i == 3 ? "" : $"0.{21 - i} m, 4.{i}°", $"0.0{9 - 2 * i} m, 1.{8 - i}°"],
            }),
        ],
        Note = "Frames of 16 × 16 pixels, enlarged by a whole number.",
    };

    private static VideoGrid LargeVideos() => new()
    {
        Columns = [new("true", SeriesColour.Target), new("tuned", SeriesColour.Tuned)],
        Rows = [new("arc right", MadeUpRoom.Film(Path(5, 1, 16), 161, 90), MadeUpRoom.Film(Path(5, 0.9, 16), 161, 90))],
        Encoding = VideoEncoding.Mp4,
    };

    private static PathView3D Paths() => new([.. Moves.Select((move, i) => new PathCase(
        $"{move}, {(i % 2 == 0 ? "medium" : "fast")}",
        new CameraPath("target", Path(i, 1, 49), SeriesColour.Target),
        new CameraPath("base", Path(i, 0.62, 49, 0.02), SeriesColour.Base),
        new CameraPath("tuned", Path(i, 0.96, 49, 0.006), SeriesColour.Tuned))
    {
        Caption = "The base model moves too little; the tuned one keeps the metric scale.",
        Boxes = [new SceneBox(MadeUpRoom.Minimum, MadeUpRoom.Maximum)],
    })])
    {
        Title = "Estimated and target paths",
    };

    private static Histogram Ratios() => new()
    {
        Title = "Scale ratio", XLabel = "estimated / target path length", BinCount = 28, Minimum = 0.2, Maximum = 1.6, Markers = [new(1, "metric scale")],
        Series =
        [
            new("before", [.. Enumerable.Range(0, 192).Select(i => 0.64 + 0.16 * Bell(i, 1)), double.NaN]) { Colour = SeriesColour.Base },
            new("after", [.. Enumerable.Range(0, 193).Select(i => 0.97 + 0.09 * Bell(i, 2))]) { Colour = SeriesColour.Tuned },
        ],
    };

    private static Histogram Errors() => new()
    {
        Title = "Translation error", XLabel = "metric TransErr", Unit = "m", HasLogX = true,
        Series =
        [
            new("before", [.. Enumerable.Range(0, 192).Select(i => 0.17 * Math.Exp(0.5 * Bell(i, 3)))]) { Colour = SeriesColour.Base },
            new("after", [.. Enumerable.Range(0, 192).Select(i => 0.075 * Math.Exp(0.45 * Bell(i, 4)))]) { Colour = SeriesColour.Tuned },
        ],
    };

    private static Table ByMove() => new()
    {
        Title = "Held-out errors by move",
        Columns =
        [
            "move", "speed", new("cases"), new("TransErr base") { Unit = "m", Colour = SeriesColour.Base }, new("TransErr tuned") { Unit = "m", Better = Better.Lower, Colour = SeriesColour.Tuned },
            new("RotErr base") { Unit = "°", Colour = SeriesColour.Base }, new("RotErr tuned") { Unit = "°", Better = Better.Lower, Colour = SeriesColour.Tuned }, new("scale ratio tuned") { Better = Better.NearestToOne },
        ],
        Rows =
        [
            .. Moves.Select((move, i) => new TableCell[] { move, i % 2 == 0 ? "medium" : "fast", 6, 0.15 + 0.02 * i, 0.065 + 0.006 * i, 3 + 0.4 * i, i == 5 ? double.NaN : 1.7 + 0.21 * i, 0.9 + 0.02 * i }),
            new TableCell[] { "all", "", 48, 0.183, 0.083, 4.12, 2.31, 0.97 },
        ],
        SummaryRows = 1,
    };

    private static Columns Settings() => new(
        KeyValues.Of(("group size", "8"), ("denoising steps", "16"), ("SDE window", "4 steps, moves every 25 iterations"), ("learning rate", "1e-4"), ("clip range", "1e-4"), ("seed", "7, 8, 9")) with { Title = "Settings" },
        KeyValues.Of(("GeoAlign", "0.1.0"), (".NET", "10.0"), ("wall time", "36 min 12 s"), ("processor", "1 core"), ("checkpoint", "sha256 0f3a…made-up…91cc")) with { Title = "Versions and machine" });

    // A made-up move with an extent of about half a metre times the scale; wobble in metres.
    private static CameraTrajectory Path(int move, double scale, int frames, double wobble = 0)
    {
        SE3[] poses = new SE3[frames];
        for (int i = 0; i < frames; i++)
        {
            double t = scale * i / (frames - 1), s = 0.7 * t;
            Vector3d at = move switch
            {
                0 => new(0, 0, s), 1 => new(0, 0, -s), 2 => new(-s, 0, 0), 3 => new(s, 0, 0),
                4 => new(-0.9 * Math.Sin(s), 0, 0.9 - 0.9 * Math.Cos(s)), 5 => new(0.9 * Math.Sin(s), 0, 0.9 - 0.9 * Math.Cos(s)), 6 => new(0, -0.1 * t, 0), _ => new(0, -s, 0.1 * t),
            };
            Vector3d turn = move switch { 4 => new(0, s, 0), 5 => new(0, -s, 0), 6 => new(0.5 * t, 0, 0), _ => new(0, 0, 0) };
            double amplitude = wobble * Math.Min(1, 0.1 * i);
            poses[i] = new(SO3.Exp(turn + new Vector3d(0, amplitude * Wave(0.15 * i, move), 0)), at + amplitude * new Vector3d(Wave(0.15 * i, move + 20), Wave(0.15 * i, move + 40), Wave(0.15 * i, move + 60)));
        }

        return new(poses);
    }

    // Smooth made-up noise in [−1, 1].
    private static double Wave(double t, int salt) => (Math.Sin(0.9 * t + salt) + Math.Sin(0.37 * t + 2.3 * salt) + Math.Sin(2.1 * t + 0.7 * salt)) / 3;

    // Sum of twelve uniform numbers less six: about normal.
    private static double Bell(int i, int salt) => Enumerable.Range(0, 12).Sum(k => new Random(salt * 100_000 + i * 12 + k).NextDouble()) - 6;
}
