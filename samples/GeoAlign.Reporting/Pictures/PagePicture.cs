using System.Diagnostics;
using System.Globalization;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>A picture of a page, made by headless Chromium.</summary>
public static class PagePicture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Saves what a window of that size shows of a page in light colours, once it has drawn itself; videos stand still at their last frame.</summary>
    /// <param name="htmlPath">The page's file.</param>
    /// <param name="pngPath">The picture; an existing one is replaced, in one step.</param>
    /// <param name="widthPixels">Width of the window and of the picture.</param>
    /// <param name="heightPixels">Height of both.</param>
    /// <param name="cancellationToken">Stops the browser; nothing is left behind.</param>
    /// <exception cref="ChromiumNotFoundException">No browser is installed.</exception>
    /// <exception cref="FileNotFoundException">There is no such page.</exception>
    /// <exception cref="InvalidOperationException">The browser made no picture; the message holds what it said.</exception>
    public static async Task CaptureAsync(string htmlPath, string pngPath, int widthPixels, int heightPixels, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        if (!File.Exists(htmlPath)) throw new FileNotFoundException($"There is no page '{htmlPath}' to make a picture of.", htmlPath);

        string browser = ChromiumExecutable.Find();
        string scratch = Directory.CreateTempSubdirectory("geoalign-picture-").FullName;
        try
        {
            string taken = Path.Combine(scratch, "page.png");
            string said = await RunAsync(browser, Arguments(htmlPath, taken, scratch, widthPixels, heightPixels), cancellationToken);
            if (!File.Exists(taken)) throw new InvalidOperationException($"{browser} made no picture of '{htmlPath}'. It said:{Environment.NewLine}{said}");
            byte[] png = await File.ReadAllBytesAsync(taken, cancellationToken);
            await WholeFile.WriteAsync(pngPath, (stream, stop) => stream.WriteAsync(png, stop).AsTask(), cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    // no-sandbox: Chromium refuses to run as root or in many containers with it, and the page is our own and may fetch nothing.
    private static string[] Arguments(string htmlPath, string picture, string scratch, int width, int height) =>
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--force-prefers-reduced-motion",
        $"--user-data-dir={Path.Combine(scratch, "profile")}",
        string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
        "--virtual-time-budget=2000", $"--screenshot={picture}", new Uri(Path.GetFullPath(htmlPath)).AbsoluteUri,
    ];

    private static async Task<string> RunAsync(string browser, string[] arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{browser} did not start.");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return await output + await errors;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{browser} took longer than {Patience.TotalSeconds:0} s to make a picture.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
