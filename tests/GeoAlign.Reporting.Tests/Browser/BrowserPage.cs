using System.Text.Json.Nodes;

namespace GeoAlign.Reporting.Tests.Browser;

/// <summary>A page in a headless browser.</summary>
internal sealed class BrowserPage(HeadlessChromium browser, string target, string session) : IAsyncDisposable
{
    /// <summary>Errors, warnings and uncaught exceptions of the page, in words.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. browser.EventsOf(session).Where(e => (string?)e["method"] is "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled" or "Page.javascriptDialogOpening").Select(e => e["params"]!.ToJsonString()),
    ];

    /// <summary>What the page asked for, besides itself and what it holds.</summary>
    public IReadOnlyList<string> OutsideRequests =>
    [
        .. browser.EventsOf(session).Where(e => (string?)e["method"] == "Network.requestWillBeSent").Select(e => (string)e["params"]!["request"]!["url"]!)
            .Where(u => !u.StartsWith("file:", StringComparison.Ordinal) && !u.StartsWith("data:", StringComparison.Ordinal)),
    ];

    public async Task PrepareAsync(int width, int height, bool isDark)
    {
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" }) await SendAsync($"{domain}.enable");
        await ChooseColoursAsync(isDark);
        await ResizeAsync(width, height);
    }

    public Task ChooseColoursAsync(bool isDark) =>
        SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });

    public Task ResizeAsync(int width, int height) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    public async Task GoToAsync(Uri address)
    {
        await SendAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri });
        await UntilAsync("location.protocol === 'file:' && document.documentElement?.hasAttribute('data-ready')");
        await UntilAsync("[...document.querySelectorAll('canvas[data-strip]')].every(c => c.dataset.frame !== undefined)");
        await SettleAsync();
    }

    /// <summary>Waits until the page has drawn what is due.</summary>
    public Task SettleAsync() => EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))");

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string condition)
    {
        DateTime end = DateTime.UtcNow.AddMinutes(3);
        while (!(bool)(await EvaluateAsync($"!!({condition})"))!)
        {
            if (DateTime.UtcNow > end) throw new TimeoutException($"The page never reached: {condition}. It said: {string.Join("; ", Complaints)}");
            await Task.Delay(30);
        }
    }

    /// <summary>Value of an expression of the page, awaited if it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode result = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (result["exceptionDetails"] is { } problem) throw new InvalidOperationException($"{expression}: {problem.ToJsonString()}");
        return result["result"]!["value"];
    }

    /// <summary>Scrolls an element into view and gives a point of it in the window; the fractions say where inside it.</summary>
    public async Task<(double X, double Y)> PointOfAsync(string element, double across = 0.5, double down = 0.5)
    {
        JsonNode box = (await EvaluateAsync($"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }})()"))!;
        return ((double)box[0]! + across * (double)box[2]!, (double)box[1]! + down * (double)box[3]!);
    }

    public async Task MouseAsync(string type, double x, double y, int clicks = 0, bool isDown = false, double wheel = 0)
    {
        JsonObject mouse = new() { ["type"] = type, ["x"] = x, ["y"] = y, ["clickCount"] = clicks, ["button"] = clicks > 0 ? "left" : "none", ["buttons"] = isDown ? 1 : 0 };
        if (type == "mouseWheel") (mouse["deltaX"], mouse["deltaY"]) = (0, wheel);
        await SendAsync("Input.dispatchMouseEvent", mouse);
    }

    public async Task ClickAsync(string element, int times = 1)
    {
        (double x, double y) = await PointOfAsync(element);
        for (int i = 1; i <= times; i++)
        {
            await MouseAsync("mousePressed", x, y, clicks: i, isDown: true);
            await MouseAsync("mouseReleased", x, y, clicks: i);
        }

        await SettleAsync();
    }

    public async Task DragAsync(string element, double right, double down)
    {
        (double x, double y) = await PointOfAsync(element);
        await MouseAsync("mousePressed", x, y, clicks: 1, isDown: true);
        for (int i = 1; i <= 4; i++) await MouseAsync("mouseMoved", x + right * i / 4, y + down * i / 4, isDown: true);
        await MouseAsync("mouseReleased", x + right, y + down, clicks: 1);
        await SettleAsync();
    }

    public async Task KeyAsync(string key)
    {
        foreach (string type in new[] { "keyDown", "keyUp" }) await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key });
        await SettleAsync();
    }

    /// <summary>A picture of the whole page as PNG.</summary>
    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true }))["data"]!);

    /// <summary>The page as a PDF file.</summary>
    public async Task<byte[]> PrintAsync() => Convert.FromBase64String((string)(await SendAsync("Page.printToPDF"))["data"]!);

    public async ValueTask DisposeAsync() => await browser.SendAsync("Target.closeTarget", new() { ["targetId"] = target });

    private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => browser.SendAsync(method, parameters, session);
}
