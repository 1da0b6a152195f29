using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>A report: a title, headline figures and sections of blocks. It becomes one HTML file that needs no network and no other file.</summary>
public sealed record Report
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>One line under the title: what was run, on what, when.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The figures a reader should take away, largest first.</summary>
    public IReadOnlyList<Headline> Headlines { get; init; } = [];

    /// <summary>The parts of the page, from the top.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>Last line of the page, such as the version and the command that made it.</summary>
    public string Footer { get; init; } = "";

    /// <summary>Largest file to write, in bytes; a larger page is refused with the sizes of its sections. Default 24 MB.</summary>
    public long MaximumBytes { get; init; } = 24_000_000;

    /// <summary>The page as text.</summary>
    /// <exception cref="ReportTooLargeException">The page would be larger than <see cref="MaximumBytes"/>.</exception>
    /// <exception cref="Sampling.FfmpegNotFoundException">A large video must be encoded, and ffmpeg is not installed.</exception>
    public Task<string> ToHtmlAsync(CancellationToken cancellationToken = default) => ReportPage.ComposeAsync(this, cancellationToken);

    /// <summary>Writes the page under a temporary name and renames it, so that the file is whole whenever it exists. Makes the folder.</summary>
    /// <param name="path">The HTML file; an existing one is replaced.</param>
    /// <param name="cancellationToken">Stops; nothing is left behind.</param>
    /// <returns>Size of the file in bytes.</returns>
    /// <exception cref="ReportTooLargeException">The page would be larger than <see cref="MaximumBytes"/>.</exception>
    /// <exception cref="Sampling.FfmpegNotFoundException">A large video must be encoded, and ffmpeg is not installed.</exception>
    public async Task<long> WriteAsync(string path, CancellationToken cancellationToken = default)
    {
        string html = await ToHtmlAsync(cancellationToken);
        return await WholeFile.WriteAsync(path, (stream, stop) => stream.WriteAsync(HtmlWriter.Encoding.GetBytes(html), stop).AsTask(), cancellationToken);
    }
}
