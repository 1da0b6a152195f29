using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Reporting;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>Draws conditions as a run would, and writes a picture of each, the manifest and the page.</summary>
internal sealed class DataPreview(DataConfiguration configuration, PreviewRequest request, ISourceCameraEstimator? estimator, TextWriter error)
{
    private const int SheetPictures = 12, SheetAcross = 6, SheetPictureWidth = 208, PageVideoWidth = 192;

    private readonly VideoWriter _writer = new();
    private readonly DrawSummary _summary = new();
    private readonly List<PreviewedCondition> _conditions = [];
    private readonly List<PreviewFailure> _failures = [];
    private readonly List<VideoRow> _rows = [];
    private readonly List<PathCase> _cases = [];

    /// <summary>Draws and writes everything.</summary>
    /// <param name="today">Day of new entries in the list of unreadable videos.</param>
    /// <param name="stop">Stops; finished files stay.</param>
    public async Task<PreviewResult> RunAsync(DateOnly today, CancellationToken stop)
    {
        ConditionSampler sampler = configuration.Open(new VideoReader(), today, estimator, message => error.WriteLine($"note: {message}"));
        Directory.CreateDirectory(request.Folder);
        string manifestPath = Path.Combine(request.Folder, "manifest.jsonl"), page = Path.Combine(request.Folder, "index.html");
        if (request.ReplaceManifest) File.Delete(manifestPath);
        using ManifestWriter manifest = ManifestWriter.Open(manifestPath);
        WorkProgress progress = new(error, "drawing", request.Count);
        for (int i = 0; i < request.Count; i++)
        {
            (int iteration, int group) = (request.FirstIteration + i / configuration.Groups, i % configuration.Groups);
            progress.Begin(string.Create(CultureInfo.InvariantCulture, $"iteration {iteration}, group {group}"));
            if (await DrawAsync(sampler, iteration, group, stop) is not { } condition) continue;
            manifest.Write(condition.ToManifestEntry());
            _summary.Add(condition);
            await ShowAsync(condition, stop);
        }

        IReadOnlyList<QuarantineEntry> quarantine = configuration.Quarantine is { } list
            ? ClipQuarantine.Open(Path.Combine(configuration.BaseFolder, list), today).Entries
            : [];
        PreviewResult result = new(request.WithPictures ? page : null, manifestPath, request.Seed, sampler.Clips.Videos.Count, sampler.Targets.CameraIds.Count, _conditions, _failures, _summary, quarantine);
        if (request.WithPictures) await PreviewPage.Of(result, request.ConfigurationPath, _rows, _cases, (double)configuration.Clip.Width / configuration.Clip.Height).WriteAsync(page, stop);
        return result;
    }

    // A draw that gives nothing is a finding, not the end of the preview.
    private async Task<Condition?> DrawAsync(ConditionSampler sampler, int iteration, int group, CancellationToken stop)
    {
        try
        {
            return await sampler.DrawAsync(request.Seed, iteration, group, stop);
        }
        catch (Exception failure) when (failure is VideoException or InvalidOperationException or FormatException)
        {
            _summary.AddFailure(failure);
            _failures.Add(new(iteration, group, failure.Message.ReplaceLineEndings(" ")));
            return null;
        }
    }

    private async Task ShowAsync(Condition condition, CancellationToken stop)
    {
        TargetPath target = condition.Target;
        TrajectorySpeeds speeds = target.Rescale.SpeedsAfter!;
        double rate = target.FrameRate.FramesPerSecond;
        PreviewedCondition shown = new(
            condition.Iteration, condition.Group, condition.Clip.Source.Name, condition.Clip.StartFrame, rate, condition.Prompt.Text, PreviewText.Words(condition.SourceCamera.Origin),
            target.CameraId, speeds.MaximumTranslationMetresPerFrame * rate, double.RadiansToDegrees(speeds.MaximumRotationRadiansPerFrame) * rate,
            [.. condition.Clip.Refused.Select(r => $"video {r.VideoName}: {r.Reason.ReplaceLineEndings(" ")}"), .. target.Rejected.Select(r => $"path {r.CameraId}: {r.Reason}")], null, null);
        _conditions.Add(request.WithPictures ? await DrawPicturesAsync(condition, shown, stop) : shown);
    }

    private async Task<PreviewedCondition> DrawPicturesAsync(Condition condition, PreviewedCondition shown, CancellationToken stop)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{shown.Iteration:00000}-{shown.Group:000}"), sheet = $"sheet-{name}.png", plot = $"path-{name}.svg";
        VideoClip clip = condition.Clip.Video;
        await _writer.WritePngAsync(ContactSheet.Of(clip, SheetPictures, SheetAcross, SheetPictureWidth), Path.Combine(request.Folder, sheet), stop);

        string title = string.Create(CultureInfo.InvariantCulture, $"iteration {shown.Iteration}, group {shown.Group}");
        List<CameraPath> paths = [new($"target {shown.Target}", condition.Target.Trajectory, SeriesColour.Target)];
        if (condition.SourceCamera.Path is { } source) paths.Add(new($"clip's own, {shown.SourceCamera}", source, SeriesColour.Base));
        await new PathPlot(paths) { Title = $"{title}: {shown.Video} → {shown.Target}", FramesPerSecond = shown.FramesPerSecond, AspectRatio = (double)clip.Width / clip.Height }
            .WriteSvgAsync(Path.Combine(request.Folder, plot), stop);

        string figures = string.Create(CultureInfo.InvariantCulture, $"{shown.Video}, frames {condition.Clip.SourceFrames[0]}–{condition.Clip.SourceFrames[^1]}, {shown.FramesPerSecond:0.###} per second");
        string caption = string.Create(CultureInfo.InvariantCulture,
            $"Target {shown.Target}, at most {shown.TopMetresPerSecond:0.00} m/s and {shown.TopDegreesPerSecond:0.0}°/s. Prompt: {condition.Prompt}. Camera of the clip: {shown.SourceCamera}{(condition.SourceCamera.Path is null ? $" ({condition.SourceCamera.Detail})" : "")}.{(shown.Refused.Count > 0 ? $" Refused before: {shown.Refused.Count}." : "")}");
        _rows.Add(new VideoRow(title, ClipScaling.Shrink(clip, SmallSize(clip))) { Caption = caption, Figures = [figures] });
        _cases.Add(new PathCase(title, paths) { Caption = caption });
        return shown with { Sheet = sheet, Plot = plot };
    }

    private static FrameSize SmallSize(VideoClip clip)
    {
        int width = Math.Min(PageVideoWidth, clip.Width);
        return new(width, Math.Max(1, (int)Math.Round((double)width * clip.Height / clip.Width)));
    }
}
