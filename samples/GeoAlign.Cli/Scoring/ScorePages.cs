using GeoAlign.Reporting;

namespace GeoAlign.Cli;

/// <summary>Pictures and a page of what was scored.</summary>
internal static class ScorePages
{
    /// <summary>Target and estimated path of a video; null where there is no target.</summary>
    public static PathPlot? Plot(VideoScore video)
    {
        if (video.TargetPath is not { } target) return null;
        List<CameraPath> paths = [new("target", target, SeriesColour.Target)];
        if (video.EstimatedPath is { } estimated) paths.Add(new("estimated", estimated, SeriesColour.Tuned));
        return new PathPlot(paths) { Title = video.Target is { } name ? $"{video.Name}, target {name}" : video.Name, AspectRatio = Aspect(video) };
    }

    /// <summary>Writes the plots: to one file for one video, to a folder for several.</summary>
    /// <returns>The files.</returns>
    public static async Task<IReadOnlyList<string>> WritePlotsAsync(string path, IReadOnlyList<VideoScore> videos, CancellationToken stop)
    {
        List<string> written = [];
        foreach (VideoScore video in videos)
        {
            if (Plot(video) is not { } plot) continue;
            string file = videos.Count == 1 ? path : Path.Combine(path, video.Name + ".svg");
            await PathPicture.WriteAsync(plot, file, stop);
            written.Add(file);
        }

        return written;
    }

    /// <summary>The page.</summary>
    public static Report Page(IReadOnlyList<VideoScore> videos, string settings)
    {
        ScoredDimension[] dimensions = [.. videos.SelectMany(v => v.Scores).DistinctBy(s => s.Dimension)];
        List<ReportSection> sections =
        [
            new("Scores", new Table
            {
                Columns = [new TableColumn("video"), .. dimensions.Select(d => new TableColumn(d.Dimension) { Unit = d.Unit == "1" ? "" : d.Unit, Better = Better.Higher })],
                Rows = [.. videos.Select(v => (IReadOnlyList<TableCell>)[v.Name, .. dimensions.Select(d => (TableCell)v.Scores.FirstOrDefault(s => s.Dimension == d.Dimension)?.Value)])],
            }) { Lead = "Larger is better; errors are negated." },
        ];
        string[] incidents = [.. videos.SelectMany(Incidents)];
        if (incidents.Length > 0) sections.Add(new("What is missing", new Text(incidents)));
        VideoScore[] compared = [.. videos.Where(v => v.Path is not null)];
        if (compared.Length > 0)
        {
            sections.Add(new("Metric scale", new Table
            {
                Columns =
                [
                    "video", new TableColumn("mean distance") { Unit = "m", Better = Better.Lower }, new TableColumn("mean angle") { Unit = "°", Better = Better.Lower }, new TableColumn("path length ratio") { Better = Better.NearestToOne },
                    new TableColumn("scale drift") { Better = Better.NearestToOne }, new TableColumn("RotErr") { Unit = "°", Better = Better.Lower }, new TableColumn("TransErr") { Better = Better.Lower },
                ],
                Rows = [.. compared.Select(v => (IReadOnlyList<TableCell>)[v.Name, v.Path!.MeanTranslationMetres, v.Path.MeanRotationDegrees, v.Path.PathLengthRatio, v.Path.ScaleDrift, v.Path.RotErrDegrees, v.Path.TransErr])],
            }) { Lead = "First frames aligned, no scale fitted; TransErr alone is published without scale." });
        }

        PathCase[] cases = [.. videos.Where(v => v.TargetPath is not null).Select(v => new PathCase(v.Name, Plot(v)!.Paths))];
        if (cases.Length > 0) sections.Add(new("Camera paths", new PathView3D(cases) { AspectRatio = Aspect(videos[0]) }));
        return new Report { Title = "GeoAlign scores", Subtitle = $"{Figures.Counted(videos.Count, "video", "videos")}. {settings}", Sections = sections };
    }

    private static IEnumerable<string> Incidents(VideoScore video)
    {
        if (video.Problem is { } problem) yield return $"{video.Name}: {problem}";
        foreach (ScoredDimension score in video.Scores.Where(s => (s.Reason ?? s.Warning) is not null)) yield return $"{video.Name}, {score.Dimension}: {score.Reason ?? score.Warning}";
    }

    private static double Aspect(VideoScore video) => video is { WidthPixels: { } width, HeightPixels: { } height } ? (double)width / height : 16.0 / 9;
}
