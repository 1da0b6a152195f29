using System.Text.Json;
using System.Text.Json.Nodes;
using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Reporting;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>The page a run leaves behind.</summary>
internal static class RunReport
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Composes the page.</summary>
    /// <param name="run">The run's folder, with its log and its settings.</param>
    /// <param name="notes">Sentences a reader must know before looking at numbers.</param>
    /// <param name="videos">Condition, generated before and generated after training; null where there is none yet.</param>
    /// <param name="paths">Named camera paths of the preview, the first of them the target; none where they are not known.</param>
    /// <param name="fieldOfViewDegrees">Horizontal field of view of the cameras.</param>
    public static Report Of(
        RunFolder run, IReadOnlyList<string> notes, (VideoClip? Condition, VideoClip? Before, VideoClip? After) videos,
        IReadOnlyList<(string Name, CameraTrajectory Path)> paths, double fieldOfViewDegrees)
    {
        IReadOnlyList<IterationReport> log = JsonlLog.Read(run.Log);
        string[] dimensions = [.. log.SelectMany(r => r.Rewards).Select(r => r.Dimension).Distinct()];
        return new Report
        {
            Title = $"GeoAlign run {Path.GetFileName(run.Root)}",
            Subtitle = $"{log.Count} iterations",
            Sections =
            [
                .. notes.Count == 0 ? Array.Empty<ReportSection>() : [new ReportSection("Notes", new Text([.. notes]) { IsNotice = true })],
                new ReportSection("Videos", new VideoGrid
                {
                    Columns = ["condition", new VideoColumn("before training", SeriesColour.Base), new VideoColumn("after training", SeriesColour.Tuned)],
                    Rows = [new VideoRow("preview", videos.Condition, videos.Before, videos.After)],
                }) { Lead = "Generated from the same noise without noise in the steps." },
                new ReportSection("Rewards", new Columns([.. dimensions.Select(name => Chart(log, name, Unit(name), r => r.Rewards.FirstOrDefault(w => w.Dimension == name)?.Mean))]))
                {
                    Lead = "Mean over the rollouts of an iteration; 0 is best.",
                },
                new ReportSection("Updates", new Columns(
                    Chart(log, "Gradient norm before clipping", "", r => r.Updates.Count == 0 ? null : r.Updates[0].GradientNorm),
                    Chart(log, "Largest |ρ − 1| before the first update", "", r => r.Updates.Count == 0 ? null : r.Updates[0].MaxRatioDeviation) with { Markers = [new MarkerLine(1e-6, "limit")] },
                    new LineChart
                    {
                        Title = "Time per iteration", Unit = "s", IncludesZero = true,
                        Series =
                        [
                            ChartSeries.OverIterations("rollout", log.Select(r => (double?)r.Seconds.Rollout)), ChartSeries.OverIterations("score", log.Select(r => (double?)r.Seconds.Score)),
                            ChartSeries.OverIterations("update", log.Select(r => (double?)r.Seconds.Update)),
                        ],
                    })),
                .. paths.Count == 0 ? Array.Empty<ReportSection>() : [new ReportSection("Camera paths", new PathView3D(new PathCase("preview", [.. paths.Select((p, i) =>
                    new CameraPath(p.Name, p.Path.RelativeToFirst(), i == 0 ? SeriesColour.Target : SeriesColour.Automatic))]))
                {
                    HorizontalFieldOfViewDegrees = fieldOfViewDegrees, AspectRatio = videos.Condition is { } shown ? (double)shown.Width / shown.Height : 16.0 / 9,
                }) { Lead = "The target, and what the pose estimator reads in the videos; metres." }],
                new ReportSection("Settings", new KeyValues([.. Settings(run)])),
            ],
        };
    }

    /// <summary>Composes the page of a run again, finished or not, from what its folder holds.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="InvalidDataException">It is no folder of a run.</exception>
    public static async Task<Report> OfFolderAsync(string folder, CancellationToken stop)
    {
        RunFolder run = RunFolder.Existing(folder);
        string notes = run.At("notes.txt"), paths = run.At("camera_paths.json");
        ReCamMasterCameras? cameras = File.Exists(paths) ? ReCamMasterCameras.Read(paths) : null;
        double fieldOfView = JsonNode.Parse(File.ReadAllText(run.At("config.json")))!["settings"]?["fieldOfViewDegrees"]?.GetValue<double>() ?? 60;
        return Of(
            run, File.Exists(notes) ? File.ReadAllLines(notes) : [], (await ClipAsync("condition.mp4"), await ClipAsync("before.mp4"), await ClipAsync("after.mp4")),
            cameras is null ? [] : [.. cameras.CameraIds.Select(id => (id, cameras.Trajectory(id)))], fieldOfView);

        async Task<VideoClip?> ClipAsync(string name) => File.Exists(run.At(name)) ? await new VideoReader().ReadAsync(run.At(name), cancellationToken: stop) : null;
    }

    /// <summary>Keeps what <see cref="OfFolderAsync"/> cannot read elsewhere: the notes, and the paths as one more camera file.</summary>
    public static void Keep(RunFolder run, IReadOnlyList<string> notes, IReadOnlyList<(string Name, CameraTrajectory Path)> paths)
    {
        File.WriteAllLines(run.At("notes.txt"), notes);
        (string Name, CameraTrajectory Path)[] whole = [.. paths.Where(p => p.Path.Count == paths[0].Path.Count)];      // the format holds paths of one length
        ReCamMasterCameras.Write(run.At("camera_paths.json"), whole.Select(p => KeyValuePair.Create(p.Name, p.Path)));
    }

    private static LineChart Chart(IReadOnlyList<IterationReport> log, string title, string unit, Func<IterationReport, double?> figure) => new()
    {
        Title = title, Unit = unit, Series = [ChartSeries.OverIterations("", log.Select(figure)) with { Colour = SeriesColour.Tuned }],
    };

    private static string Unit(string dimension) => dimension switch { "trans" => "−m", "rot" => "−rad", _ => "" };

    private static IEnumerable<KeyValuePair<string, string>> Settings(RunFolder run)
    {
        foreach ((string key, JsonNode? value) in JsonNode.Parse(File.ReadAllText(run.At("config.json")))!["settings"]!.AsObject())
            yield return new(key, value?.ToJsonString(Plain) ?? "none");
    }
}
