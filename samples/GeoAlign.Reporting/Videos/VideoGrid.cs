using System.Globalization;
using GeoAlign.Reporting.Html;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting;

/// <summary>Cases as rows of videos: the truth, the base model, the tuned one. The videos of a row loop in step and share a slider.</summary>
public sealed record VideoGrid : ReportBlock
{
    /// <summary>The columns, from the left.</summary>
    public required IReadOnlyList<VideoColumn> Columns { get; init; }

    /// <summary>The cases, from the top.</summary>
    public required IReadOnlyList<VideoRow> Rows { get; init; }

    /// <summary>How the videos are stored.</summary>
    public VideoEncoding Encoding { get; init; }

    /// <summary>Whether small videos are enlarged smoothly at first; otherwise their pixels are shown as squares. The page has a switch.</summary>
    public bool IsSmooth { get; init; }

    /// <summary>Largest enlargement of a pixel.</summary>
    public int MaximumEnlargement { get; init; } = 12;

    internal override async Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumEnlargement, 1);
        foreach (VideoRow row in Rows)
        {
            if (row.Clips.Count != Columns.Count) throw new ArgumentException($"The case '{row.Name}' of '{Title}' has {row.Clips.Count} clips, expected one per column ({Columns.Count}).");
            if (row.Figures.Count != 0 && row.Figures.Count != Columns.Count) throw new ArgumentException($"The case '{row.Name}' of '{Title}' has {row.Figures.Count} figures, expected none or one per column ({Columns.Count}).");
        }

        VideoClip[] clips = [.. Rows.SelectMany(r => r.Clips).OfType<VideoClip>()];
        bool isSmall = clips.Length > 0 && clips.All(c => c.Width <= 64 && Columns.Count <= 5);
        html.Append($"<div class=\"videos{(isSmall ? " small" : "")}{(Columns.Count == 1 ? " single" : "")}{(IsSmooth ? " smooth" : "")}\" data-block=videos data-enlargement={MaximumEnlargement}>");
        html.Heading(Title);
        if (Rows.Count == 0) html.Append($"<p class=none>no videos</p>");
        else html.Append($"<div class=bar><button type=button class=all>Pause all</button><button type=button class=look aria-pressed={(IsSmooth ? "true" : "false")}>Smooth</button></div>");
        html.Append($"<div class=cases>");
        foreach (VideoRow row in Rows) await AppendRowAsync(html, row, cancellationToken);
        html.Append($"</div>");
        html.Note(Note);
        html.Append($"</div>\n");
    }

    private async Task AppendRowAsync(HtmlWriter html, VideoRow row, CancellationToken cancellationToken)
    {
        string slider = html.NextId("frame");
        int frames = row.Clips.Max(c => c?.FrameCount ?? 0);
        double rate = row.Clips.OfType<VideoClip>().FirstOrDefault()?.FrameRate.FramesPerSecond ?? 1;
        html.Append($"<article class=case data-frames={frames} data-rate={rate.ToString("G7", CultureInfo.InvariantCulture)}><h4>{row.Name}</h4>");
        if (row.Caption.Length > 0) html.Append($"<p class=caption>{row.Caption}</p>");
        html.Append($"<div class=cells>");
        for (int c = 0; c < Columns.Count; c++)
        {
            string mark = Columns[c].Colour == SeriesColour.Automatic ? "" : $"mark {Tones.For([Columns[c].Colour])[0]}";
            html.Append($"<figure>");
            if (row.Clips[c] is { } clip) await AppendClipAsync(html, clip, $"{row.Name}: {Columns[c].Name}", cancellationToken);
            else html.Append($"<div class=absent>no video</div>");
            html.Append($"<figcaption><span class=\"{mark}\">{Columns[c].Name}</span>");
            if (row.Figures.Count > 0) html.Append($"<small>{row.Figures[c]}</small>");
            html.Append($"</figcaption></figure>");
        }

        html.Append($"</div>");
        if (frames > 0)
            html.Append($"<div class=bar><button type=button class=play aria-label=\"Play or pause: {row.Name}\" aria-pressed=true><i></i></button><label for={slider} class=spoken>Frame of {row.Name}</label><input id={slider} type=range min=0 max={frames - 1} value={frames - 1}><output>{frames}/{frames}</output></div>");
        html.Append($"</article>");
    }

    private async Task AppendClipAsync(HtmlWriter html, VideoClip clip, string label, CancellationToken cancellationToken)
    {
        bool isStrip = Encoding == VideoEncoding.Strip || (Encoding == VideoEncoding.Automatic && VideoStrip.Suits(clip));
        if (isStrip)
        {
            VideoStrip strip = VideoStrip.Of(clip);
            html.Append($"<canvas role=img aria-label=\"{label}\" width={clip.Width} height={clip.Height} data-frames={clip.FrameCount} data-across={strip.FramesAcross} data-strip=\"data:image/png;base64,");
            html.AppendMarkup(Convert.ToBase64String(strip.Png));
            html.Append($"\"></canvas>");
            return;
        }

        html.Append($"<video aria-label=\"{label}\" width={clip.Width} height={clip.Height} data-frames={clip.FrameCount} muted loop autoplay playsinline preload=auto src=\"data:video/mp4;base64,");
        html.AppendMarkup(Convert.ToBase64String(await EncodedVideo.Mp4Async(clip, cancellationToken)));
        html.Append($"\"></video>");
    }
}
