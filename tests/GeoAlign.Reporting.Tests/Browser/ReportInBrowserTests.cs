using System.Text.Json.Nodes;
using GeoAlign.Reporting.Tests.Example;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting.Tests.Browser;

public class ReportInBrowserTests(OpenedReport report) : IClassFixture<OpenedReport>
{
    private const string Chart = "document.querySelector('[data-block=line]')";
    private const string Ratios = "document.querySelector('[data-block=histogram]')";
    private const string Case = "document.querySelectorAll('.case')[2]";
    private const string Space = "document.querySelector('.paths canvas')";
    private const string Table = "document.querySelector('[data-block=table]')";

    [ChromiumFact]
    public async Task It_opens_from_a_file_without_complaints_or_requests_and_everything_is_drawn()
    {
        await using BrowserPage page = await report.OpenAsync();

        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await page.SettleAsync();
        await page.UntilAsync("[...document.querySelectorAll('video')].every(v => v.videoWidth > 0)");
        JsonNode charts = (await page.EvaluateAsync("[...document.querySelectorAll('.chart')].map(c => c.querySelectorAll('path, .dot').length || c.querySelector('.empty')?.textContent)"))!;
        JsonNode colours = (await page.EvaluateAsync(
            "[...document.querySelectorAll('canvas')].map(c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size)"))!;

        Assert.Equal(11, charts.AsArray().Count);
        Assert.Equal("no values", charts.AsArray().Single(c => c!.GetValueKind() == System.Text.Json.JsonValueKind.String)!.GetValue<string>());
        Assert.DoesNotContain(charts.AsArray(), c => c is null);
        Assert.Equal(12, colours.AsArray().Count);
        Assert.All(colours.AsArray(), c => Assert.True((int)c! > 8, $"a canvas has {c} colours"));
        Assert.Empty(page.Complaints);
        Assert.Empty(page.OutsideRequests);
    }

    [ChromiumFact]
    public async Task It_fits_wide_and_narrow_windows_in_light_and_dark()
    {
        await using BrowserPage page = await report.OpenAsync();
        List<string> backgrounds = [], spaces = [];
        foreach ((bool isDark, string name) in new[] { (false, "light"), (true, "dark") })
        {
            await page.ChooseColoursAsync(isDark);
            foreach (int width in new[] { 1200, 390 })
            {
                await page.ResizeAsync(width, 900);
                // Charts in closed details are drawn when they are opened.
                await page.UntilAsync("[...document.querySelectorAll('.chart svg')].filter(s => s.clientWidth > 0 && !s.closest('details:not([open])')).every(s => [...s.querySelectorAll('path')].every(p => p.getBBox().x + p.getBBox().width <= s.clientWidth + 1))");
                await OpenedReport.KeepAsync(page, $"{name}-{width}");

                Assert.Equal(width, (int)(await page.EvaluateAsync("document.documentElement.scrollWidth"))!);
            }

            backgrounds.Add((string)(await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))!);
            spaces.Add(await PixelsAsync(page));
        }

        Assert.NotEqual(backgrounds[0], backgrounds[1]);
        Assert.NotEqual(spaces[0], spaces[1]);                                 // the canvas follows the colours too
        Assert.Empty(page.Complaints);
    }

    [ChromiumFact]
    public async Task Pointer_and_arrow_keys_read_values_off_charts_and_the_legend_hides_curves()
    {
        await using BrowserPage page = await report.OpenAsync();

        (double x, double y) = await page.PointOfAsync($"{Chart}.querySelector('svg')", 0.999);
        await page.MouseAsync("mouseMoved", x, y);
        string last = await ReadAsync(page, Chart);
        await page.EvaluateAsync($"{Chart}.querySelector('.plot').focus()");
        await page.KeyAsync("Home");
        string first = await ReadAsync(page, Chart);
        await page.KeyAsync("Escape");

        Assert.Matches(@"^iteration 120mean of 3 seeds−0\.08[0-9]*\u00a0m \(", last);
        Assert.Matches(@"^iteration 1mean of 3 seeds−0\.1[0-9]*\u00a0m \(", first);
        Assert.True((bool)(await page.EvaluateAsync($"{Chart}.querySelector('.readout').hidden"))!);

        (x, y) = await page.PointOfAsync($"{Ratios}.querySelector('svg')", 0.55);
        await page.MouseAsync("mouseMoved", x, y);
        Assert.Matches(@"^0\.95 to 1before0 of 192, median 0\.6[0-9]*after[0-9]+ of 193, median 0\.9[0-9]*$", await ReadAsync(page, Ratios));
        await page.ClickAsync($"{Ratios}.querySelector('.legend button')");
        Assert.Equal(1, (int)(await page.EvaluateAsync($"{Ratios}.querySelectorAll('.bars').length"))!);
    }

    [ChromiumFact]
    public async Task Drag_wheel_keys_case_and_frame_change_the_camera_view_and_a_double_click_restores_it()
    {
        await using BrowserPage page = await report.OpenAsync();
        List<string> pictures = [await PixelsAsync(page)];
        (double x, double y) = await page.PointOfAsync(Space);

        await page.DragAsync(Space, 120, 40);
        pictures.Add(await PixelsAsync(page));
        await page.MouseAsync("mouseWheel", x, y, wheel: -240);
        await page.SettleAsync();
        pictures.Add(await PixelsAsync(page));
        await page.EvaluateAsync($"{Space}.focus()");
        await page.KeyAsync("ArrowLeft");
        pictures.Add(await PixelsAsync(page));
        await page.ClickAsync(Space, times: 2);
        Assert.Equal(pictures[0], await PixelsAsync(page));

        await page.ClickAsync("document.querySelector('[data-view=top]')");
        pictures.Add(await PixelsAsync(page));
        await page.ClickAsync("document.querySelector('[data-view=room]')");
        pictures.Add(await PixelsAsync(page));
        await page.EvaluateAsync("(() => { const s = document.querySelector('.paths select'); s.selectedIndex = 4; s.dispatchEvent(new Event('change')); })()");
        await page.SettleAsync();
        pictures.Add(await PixelsAsync(page));
        await page.EvaluateAsync("(() => { const s = document.querySelector('.paths input'); s.value = 10; s.dispatchEvent(new Event('input')); })()");
        await page.SettleAsync();
        pictures.Add(await PixelsAsync(page));

        Assert.Equal(pictures.Count, pictures.Distinct().Count());
        Assert.Equal("11/49", (string)(await page.EvaluateAsync("document.querySelector('.paths .bar output').textContent"))!);
        Assert.Empty(page.Complaints);
    }

    [ChromiumFact]
    public async Task Distances_from_the_target_are_those_of_the_poses()
    {
        await using BrowserPage page = await report.OpenAsync(new Report { Title = "t", Sections = [new("s", MadeUpRun.TwoPoses(metresOff: 0.25, degreesOff: 30))] });

        string words = (string)(await page.EvaluateAsync("document.querySelectorAll('.distances output')[1].textContent"))!;

        Assert.Equal("0.25 m, 30° off", words);
    }

    [ChromiumFact]
    public async Task The_slider_moves_all_videos_of_a_case_to_exactly_that_frame()
    {
        await using BrowserPage page = await report.OpenAsync();

        await page.EvaluateAsync($"(() => {{ const s = {Case}.querySelector('input'); s.value = 11; s.dispatchEvent(new Event('input')); }})()");
        await page.SettleAsync();
        JsonNode seen = (await page.EvaluateAsync($"[...{Case}.querySelectorAll('canvas')].map(c => [...c.getContext('2d').getImageData(0, 0, 16, 16).data])"))!;

        VideoRow row = MadeUpRun.Videos().Rows[2];
        for (int c = 0; c < 3; c++)
        {
            byte[] rgba = [.. seen[c]!.AsArray().Select(v => (byte)(int)v!)];
            Assert.Equal(row.Clips[c]!.Frame(11).ToArray(), rgba.Where((_, i) => i % 4 < 3));
        }

        Assert.Equal("12/17", (string)(await page.EvaluateAsync($"{Case}.querySelector('output').textContent"))!);
    }

    [ChromiumFact]
    public async Task Videos_in_view_play_in_step_until_they_are_paused()
    {
        await using BrowserPage page = await report.OpenAsync();
        await page.PointOfAsync(Case);

        string frames = $"[...{Case}.querySelectorAll('canvas')].map(c => c.dataset.frame).join()";
        string start = (string)(await page.EvaluateAsync(frames))!;
        await page.UntilAsync($"{frames} !== '{start}'");
        string[] moved = ((string)(await page.EvaluateAsync(frames))!).Split(',');
        await page.ClickAsync("document.querySelector('.videos .all')");
        string stopped = (string)(await page.EvaluateAsync(frames))!;
        await Task.Delay(400);

        Assert.Single(moved.Distinct());
        Assert.Equal(stopped, (string)(await page.EvaluateAsync(frames))!);
        Assert.Equal("Play all", (string)(await page.EvaluateAsync("document.querySelector('.videos .all').textContent"))!);
    }

    [ChromiumFact]
    public async Task A_click_on_a_heading_sorts_and_missing_values_stay_last()
    {
        await using BrowserPage page = await report.OpenAsync();
        string column = $"[...{Table}.querySelectorAll('tbody tr')].map(r => r.cells[6].textContent).join(' ')";
        string heading = $"{Table}.querySelectorAll('th button')[6]";
        string before = (string)(await page.EvaluateAsync(column))!;

        await page.ClickAsync(heading);
        string up = (string)(await page.EvaluateAsync(column))!;
        await page.ClickAsync(heading);
        string down = (string)(await page.EvaluateAsync(column))!;
        await page.ClickAsync(heading);

        Assert.Equal("1.70 1.91 2.12 2.33 2.54 2.96 3.17 n/a", up);
        Assert.Equal("3.17 2.96 2.54 2.33 2.12 1.91 1.70 n/a", down);
        Assert.Equal(before, (string)(await page.EvaluateAsync(column))!);
        Assert.StartsWith("all", (string)(await page.EvaluateAsync($"{Table}.querySelector('tfoot').textContent"))!, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Hostile_text_is_shown_and_never_run()
    {
        const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
        await using BrowserPage page = await report.OpenAsync(new Report
        {
            Title = Hostile,
            Sections = [new(Hostile, new LineChart { Title = Hostile, Series = [new(Hostile, [1, 2], [3, 4])], Markers = [new(3.5, Hostile)] }, new Text(Hostile))],
        });

        (double x, double y) = await page.PointOfAsync($"{Chart}.querySelector('svg')");
        await page.MouseAsync("mouseMoved", x, y);

        Assert.Equal(Hostile, (string)(await page.EvaluateAsync("document.title"))!);
        Assert.Equal(Hostile, (string)(await page.EvaluateAsync("document.querySelector('h1').textContent"))!);
        Assert.Contains(Hostile, await ReadAsync(page, Chart), StringComparison.Ordinal);
        Assert.Equal(0, (int)(await page.EvaluateAsync("document.images.length"))!);
        Assert.Equal(2, (int)(await page.EvaluateAsync("document.scripts.length"))!);
        Assert.Empty(page.Complaints);
    }

    [ChromiumFact]
    public async Task It_prints_with_folded_parts_opened_and_folds_them_again()
    {
        await using BrowserPage page = await report.OpenAsync(isDark: true);
        await page.EvaluateAsync("addEventListener('beforeprint', () => window.opened = document.querySelectorAll('details[open]').length)");

        byte[] pdf = await page.PrintAsync();
        if (Environment.GetEnvironmentVariable("GEOALIGN_KEEP_PICTURES") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "print.pdf"), pdf);

        Assert.Equal("%PDF"u8.ToArray(), pdf[..4]);
        Assert.Equal(2, (int)(await page.EvaluateAsync("window.opened"))!);
        Assert.Equal(0, (int)(await page.EvaluateAsync("document.querySelectorAll('details[open]').length"))!);
    }

    private static async Task<string> ReadAsync(BrowserPage page, string figure)
    {
        await page.UntilAsync($"!{figure}.querySelector('.readout').hidden");
        return (string)(await page.EvaluateAsync($"{figure}.querySelector('.readout').textContent"))!;
    }

    // What the canvas shows.
    private static async Task<string> PixelsAsync(BrowserPage page) =>
        (string)(await page.EvaluateAsync($"{Space}.toDataURL()"))!;
}
