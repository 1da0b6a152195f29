using GeoAlign.Reporting.Tests.Example;

namespace GeoAlign.Reporting.Tests.Browser;

/// <summary>One browser and the example report as a file, for all facts about pages in a browser.</summary>
public sealed class OpenedReport : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geoalign-report-").FullName;
    private Task<HeadlessChromium>? _browser;

    /// <summary>The example report.</summary>
    public string File => Path.Combine(_folder, "the report.html");

    /// <summary>Opens the example report in a window of its own.</summary>
    internal async Task<BrowserPage> OpenAsync(int width = 1200, int height = 900, bool isDark = false) =>
        await (await BrowserAsync()).OpenAsync(new Uri(File), width, height, isDark);

    /// <summary>Writes another report beside the example and opens it.</summary>
    internal async Task<BrowserPage> OpenAsync(Report report)
    {
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        await report.WriteAsync(file);
        return await (await BrowserAsync()).OpenAsync(new Uri(file));
    }

    /// <summary>Keeps a picture for people to look at, in the folder that GEOALIGN_KEEP_PICTURES names.</summary>
    internal static async Task KeepAsync(BrowserPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GEOALIGN_KEEP_PICTURES") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await page.PictureAsync());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is { IsCompletedSuccessfully: true }) await (await _browser).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Started by the first fact that runs: where there is no browser, all of them are skipped.
    private Task<HeadlessChromium> BrowserAsync() => _browser ??= StartAsync();

    private async Task<HeadlessChromium> StartAsync()
    {
        await System.IO.File.WriteAllTextAsync(File, await MadeUpRun.Page.Value);
        return await HeadlessChromium.StartAsync();
    }
}
