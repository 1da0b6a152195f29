using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeoAlign.Reporting.Tests.Browser;

/// <summary>A headless browser, spoken to by the DevTools protocol over a WebSocket of this machine.</summary>
internal sealed class HeadlessChromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);    // a machine busy with a training run

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonNode>> _pending = [];
    private readonly List<JsonNode> _events = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _receiving = Task.CompletedTask, _draining = Task.CompletedTask;
    private int _lastId;

    private HeadlessChromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Starts a browser and connects to it.</summary>
    public static async Task<HeadlessChromium> StartAsync()
    {
        string profile = Directory.CreateTempSubdirectory("geoalign-browser-").FullName;
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--disable-background-networking",
            $"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank",
        ];
        Process process = Process.Start(new ProcessStartInfo(ChromiumExecutable.Find(), arguments) { RedirectStandardError = true })!;
        HeadlessChromium browser = new(process, profile);
        try
        {
            await browser._socket.ConnectAsync(await browser.AddressAsync(), CancellationToken.None).WaitAsync(Patience);
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }

        browser._receiving = browser.ReceiveAsync();
        return browser;
    }

    /// <summary>Opens a page in a window of that size and waits until its script has run.</summary>
    public async Task<BrowserPage> OpenAsync(Uri address, int width = 1200, int height = 900, bool isDark = false)
    {
        string target = (string)(await SendAsync("Target.createTarget", new() { ["url"] = "about:blank", ["newWindow"] = true }))["targetId"]!;
        string session = (string)(await SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        BrowserPage page = new(this, target, session);
        await page.PrepareAsync(width, height, isDark);
        await page.GoToAsync(address);
        return page;
    }

    /// <summary>Sends a command and waits for its result.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        TaskCompletionSource<JsonNode> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_lock) _pending[id = ++_lastId] = answer;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;

        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Events of a page so far.</summary>
    public IReadOnlyList<JsonNode> EventsOf(string session)
    {
        lock (_lock) return [.. _events.Where(e => (string?)e["sessionId"] == session)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open) await SendAsync("Browser.close");
        else _process.Kill(entireProcessTree: true);
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await Task.WhenAll(_receiving, _draining);
        _socket.Dispose();
        _process.Dispose();
        _sending.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    // The browser says on standard error: "DevTools listening on ws://127.0.0.1:PORT/devtools/browser/ID".
    private async Task<Uri> AddressAsync()
    {
        const string Announcement = "DevTools listening on ";
        List<string> said = [];
        while (await _process.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith(Announcement, StringComparison.Ordinal)) continue;
            _draining = _process.StandardError.ReadToEndAsync();               // keeps the pipe empty
            return new Uri(line[Announcement.Length..]);
        }

        throw new InvalidOperationException($"Chromium ended without opening its port:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) break;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Accept(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (WebSocketException gone)
        {
            lock (_lock)
            {
                foreach (TaskCompletionSource<JsonNode> waiting in _pending.Values) waiting.TrySetException(gone);
            }
        }
    }

    private void Accept(JsonNode message)
    {
        lock (_lock)
        {
            if (message["id"] is not { } id)
            {
                _events.Add(message);
                return;
            }

            _pending.Remove((int)id, out TaskCompletionSource<JsonNode>? waiting);
            if (message["error"] is { } error) waiting!.SetException(new InvalidOperationException(error.ToJsonString()));
            else waiting!.SetResult(message["result"]!);
        }
    }
}
